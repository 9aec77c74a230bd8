"""Solving the timetable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.cpsat import Goal, Infeasible, Solution, solve_levels
from scheduler.solver.door import Answer, Clock, Contradiction, Request, Stop
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import Built, build
from scheduler.variables.model import Variable


def solve(request: Request) -> Answer:
    """Sessions and trips for every class that runs; raises Contradiction or NoPlanInTime."""
    clock = Clock(request.limits)
    built = build(request)
    goals = built.goals(request)
    try:
        start = _as_before(request, built)
        solution = solve_levels(built.model, goals, request.limits, clock, "timetable", start=start)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: build(request, keep).model)
        raise Contradiction("timetable", conflict) from None
    solution = _without_slack(request, built, goals, solution, clock)
    plan = request.so_far.with_(
        sessions=decisions.sessions(request, built.x, solution),
        trips=decisions.trips(request, built.x, solution),
    )
    return Answer(plan, solution.stage("timetable", clock))


def _as_before(request: Request, built: Built) -> Mapping[Variable, int] | None:
    """The previous plan as a first solution."""
    if request.previous is None:
        return None
    x, before = built.x, request.previous
    same = {id(x.lesson(session)) for session in before.sessions}
    same |= {id(x.outing(outing)) for outing in before.trips}
    return {held: int(id(held) in same) for held in built.decisions}


def _without_slack(
    request: Request, built: Built, goals: Sequence[Goal], solution: Solution, clock: Clock
) -> Solution:
    """The same decisions, the variables that only measure them as low as they can be.

    An unproven solution may count more than its decisions cost.
    """
    if not solution.levels[-1].gap:
        return solution
    for held in built.decisions:
        built.model.require(held == solution[held])
    limits = replace(request.limits, workers=1, stop=Stop(), report=lambda progress: None, reproducible=True)
    tight = solve_levels(built.model, goals[-1:], limits, clock, "timetable")
    level = solution.levels[-1]
    value = tight.levels[-1].value
    gap = round(abs(value - level.bound) / max(1.0, abs(value)), 6)
    levels = (*solution.levels[:-1], level.model_copy(update={"value": value, "gap": gap}))
    return Solution(tight.values, levels, solution.stopped)
