"""Solving the timetable."""

from __future__ import annotations

from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.levels import Infeasible
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import build
from scheduler.solver.timetable.search import search
from scheduler.solver.timetable.start import start


def solve(request: Request) -> Answer:
    """Sessions and trips for every class that runs; raises Contradiction or NoPlanInTime."""
    clock = Clock(request.limits)
    built = build(request)
    goals = built.goals(request)
    try:
        first = start(request, built)
        solution = search(built, goals, request.limits, clock, first)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: build(request, keep).model)
        raise Contradiction("timetable", conflict) from None
    plan = request.so_far.with_(
        sessions=decisions.sessions(request, built.x, solution),
        trips=decisions.trips(request, built.x, solution),
    )
    return Answer(plan, solution.stage("timetable", clock))
