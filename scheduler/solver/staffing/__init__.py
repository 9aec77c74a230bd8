"""Staffing: who is on duty where.

First the gaps alone (and, replanning, the changes), week by week. Then the soft rules, with the gaps held:
parts of the season by themselves for a good roster, and the whole season for the bound. A wide season is
decided piece by piece by branch and bound, and bounded by its linear relaxation (`wide.py`), a city's by
pools of posts and by parts (`city.py`); people of both exchange posts first (`annealing.py`).
"""

from __future__ import annotations

from typing import Literal

from scheduler.domain.plan import Level, Stage
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.goals import Infeasible, gap
from scheduler.solver.levels import solve_goal
from scheduler.solver.staffing.model.improve import Roster, improved
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.shortage import Start, fewest_gaps
from scheduler.solver.staffing.wide import best_roster

Status = Literal["optimal", "feasible", "stopped"]

AT_ONCE = 2_500
"""Duties up to which one search holds the whole season."""

PARTS_SHARE = 0.5
"""Of the time then left for parts of the season by themselves, at most."""


def solve(request: Request) -> Answer:
    """Fill the posts of the running classes: fewest `must` gaps, then fewest soft ones, then (replanning)
    fewest changes, then the least weighted cost of the soft rules.

    Raises Contradiction or NoPlanInTime.
    """
    clock = Clock(request.limits)
    task = Task(request)
    if len(task.possible) > AT_ONCE:
        found = best_roster(task, clock)
        if found is not None:
            levels = _as_they_ended(task, found.roster, found.levels)
            return Answer(task.plan_of(found.roster), _stage(request, clock, levels))
    try:
        start = fewest_gaps(task, clock)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: task.build(keep).model)
        raise Contradiction("staffing", conflict) from None
    roster = improved(task, clock, start.roster, clock.left * (1 - PARTS_SHARE))
    roster, soft = _least_cost(task, clock, start, roster)
    levels = _as_they_ended(task, roster, (*start.levels, soft))
    return Answer(task.plan_of(roster), _stage(request, clock, levels))


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
    bound = min(bound, cost)
    return roster, Level(name="soft", value=cost, bound=bound, gap=gap(cost, bound))


def _as_they_ended(task: Task, roster: Roster, levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """The levels with the roster's own values: deciding for the soft rules may have closed a gap, too. No
    bound is less true for that."""
    found = []
    for level, value in zip(levels, (*task.levels(roster), levels[-1].value), strict=True):
        bound = min(level.bound, value)
        found.append(Level(name=level.name, value=value, bound=bound, gap=gap(value, bound)))
    return tuple(found)


def _stage(request: Request, clock: Clock, levels: tuple[Level, ...]) -> Stage:
    proven = all(level.gap == 0 for level in levels)
    stopped = request.limits.stop.requested
    status: Status = "optimal" if proven else "stopped" if stopped else "feasible"
    return Stage(name="staffing", status=status, seconds=clock.elapsed, levels=levels)
