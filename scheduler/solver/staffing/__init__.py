"""Staffing: who is on duty where.

First the gaps alone (and, replanning, the changes): nearly a flow, proven in seconds. Then the soft rules,
with the gaps held: parts of the season by themselves for a good roster, and the whole season for the bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scheduler.domain.plan import Level, Stage
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.cpsat import Infeasible, solve_goal, solve_levels
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.staffing.greedy import first_roster
from scheduler.solver.staffing.improve import Roster, improved, without_extras
from scheduler.solver.staffing.task import Task

Status = Literal["optimal", "feasible", "stopped"]

GAPS_SHARE = 0.5
"""Of the stage's time for the gaps, at most."""

PARTS_SHARE = 0.5
"""Of the time then left for parts of the season by themselves, at most."""


@dataclass(frozen=True)
class _Start:
    """A roster that is best in the levels before the soft rules, and these levels."""

    roster: Roster
    levels: tuple[Level, ...]


def solve(request: Request) -> Answer:
    """Fill the posts of the running classes: fewest `must` gaps, then fewest soft ones, then (replanning)
    fewest changes, then the least weighted cost of the soft rules.

    Raises Contradiction or NoPlanInTime.
    """
    clock = Clock(request.limits)
    task = Task(request)
    try:
        start = _fewest_gaps(task, clock)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: task.build(keep).model)
        raise Contradiction("staffing", conflict) from None
    roster = improved(task, clock, start.roster, clock.left * (1 - PARTS_SHARE))
    roster, soft = _least_cost(task, clock, start, roster)
    return Answer(task.plan_of(roster), _stage(request, clock, (*start.levels, soft)))


def _fewest_gaps(task: Task, clock: Clock) -> _Start:
    """A roster with the fewest gaps (and changes); a simple one will do where it has none."""
    request = task.request
    built = task.build()
    if request.previous is None:
        simple = frozenset(first_roster(built.x, task.posts)) | task.known
    else:
        simple = frozenset(duty for duty in request.previous.duties if duty in built.x.on_duty)
    if not any(task.levels(simple)) and not task.breaks_rules(simple):
        names = (goal.name for goal in task.goals(built))
        return _Start(simple, tuple(Level(name=name, value=0, bound=0, gap=0) for name in names))
    limits = replace(request.limits, seconds=clock.left * GAPS_SHARE)
    goals = tuple(task.goals(built))
    part = Clock(limits)
    first = built.completed(simple, built.model.total(goal.expression for goal in goals))
    solution = solve_levels(built.model, goals, limits, part, "staffing", start=first)
    clock.spend(limits.seconds - part.left if limits.reproducible else 0.0)
    roster = built.roster(solution)
    reached = tuple(round(level.value) for level in solution.levels)
    if task.levels(simple) == reached and not task.breaks_rules(simple):
        roster = simple
    lean = without_extras(task, roster)
    return _Start(lean if task.levels(lean) <= task.levels(roster) else roster, solution.levels)


def _least_cost(task: Task, clock: Clock, start: _Start, roster: Roster) -> tuple[Roster, Level]:
    """The best roster of the whole season found in the time left, and its proven bound."""
    built = task.build()
    task.hold(built, [level.value for level in start.levels])
    goal = task.soft_goal(built)
    first = built.completed(roster, goal.expression)
    solution = solve_goal(
        built.model, goal, task.request.limits, clock, "staffing", seconds=clock.left, start=first
    )
    bound = 0.0
    if solution is not None:
        roster, bound = built.roster(solution), solution.levels[0].bound
    # the rules' own checks say what the roster costs: an unproven solution may carry slack
    cost = task.cost(roster)
    gap = round(max(0.0, cost - bound) / max(1.0, cost), 6)
    return roster, Level(name="soft", value=cost, bound=min(bound, cost), gap=gap)


def _stage(request: Request, clock: Clock, levels: tuple[Level, ...]) -> Stage:
    proven = all(level.gap == 0 for level in levels)
    stopped = request.limits.stop.requested
    status: Status = "optimal" if proven else "stopped" if stopped else "feasible"
    return Stage(name="staffing", status=status, seconds=clock.elapsed, levels=levels)
