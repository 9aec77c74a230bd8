"""Staffing: who is on duty where.

First the gaps alone (and, replanning, the changes), week by week. Then the soft rules, with the gaps held:
parts of the season by themselves for a good roster, and the whole season for the bound.
"""

from __future__ import annotations

from typing import Literal

from scheduler.domain.plan import Level, Stage
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.levels import Infeasible, solve_goal
from scheduler.solver.staffing.improve import Roster, improved
from scheduler.solver.staffing.shortage import Start, fewest_gaps
from scheduler.solver.staffing.task import Task

Status = Literal["optimal", "feasible", "stopped"]

PARTS_SHARE = 0.5
"""Of the time then left for parts of the season by themselves, at most."""


def solve(request: Request) -> Answer:
    """Fill the posts of the running classes: fewest `must` gaps, then fewest soft ones, then (replanning)
    fewest changes, then the least weighted cost of the soft rules.

    Raises Contradiction or NoPlanInTime.
    """
    clock = Clock(request.limits)
    task = Task(request)
    try:
        start = fewest_gaps(task, clock)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: task.build(keep).model)
        raise Contradiction("staffing", conflict) from None
    roster = improved(task, clock, start.roster, clock.left * (1 - PARTS_SHARE))
    roster, soft = _least_cost(task, clock, start, roster)
    return Answer(task.plan_of(roster), _stage(request, clock, (*start.levels, soft)))


def _least_cost(task: Task, clock: Clock, start: Start, roster: Roster) -> tuple[Roster, Level]:
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
