"""Solving the timetable: as one model, or where none would hold it, district after district."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.domain.plan import Level, Plan
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Limits, Progress, Request
from scheduler.solver.levels import Infeasible, Solution, gap
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.apart import Apart
from scheduler.solver.timetable.build import SOFT, build
from scheduler.solver.timetable.districts import District, districts
from scheduler.solver.timetable.search import search
from scheduler.solver.timetable.start import start


def solve(request: Request) -> Answer:
    """Sessions and trips for every class that runs; raises Contradiction or NoPlanInTime."""
    clock = Clock(request.limits)
    # replanning most of the season stands as it is
    parts = districts(request) if request.previous is None else []
    if len(parts) > 1:
        try:
            return _district_by_district(request, parts, clock)
        except Infeasible:
            pass  # what the season allows as a whole may be impossible once parts of it are settled
    return _undivided(request, clock)


def _undivided(request: Request, clock: Clock) -> Answer:
    try:
        return _as_one_model(request, clock)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: build(request, keep).model)
        raise Contradiction("timetable", conflict) from None


def _as_one_model(request: Request, clock: Clock) -> Answer:
    built = build(request)
    goals = built.goals(request)
    solution = search(built, goals, request.limits, clock, start(request, built))
    plan = request.so_far.with_(
        sessions=decisions.sessions(request, built.x, solution),
        trips=decisions.trips(request, built.x, solution),
    )
    return Answer(plan, solution.stage("timetable", clock))


def _district_by_district(request: Request, parts: Sequence[District], clock: Clock) -> Answer:
    """Each district in its share of the time, and meanwhile what they cost at least."""
    limits = request.limits
    apart = Apart(request, parts)
    if not limits.reproducible:
        apart.begin(limits, clock)
    try:
        plan = _in_turn(request, parts, clock)
    except Infeasible:
        apart.end(0.0)
        raise
    if limits.reproducible:
        apart.reckon(limits, clock)
    apart.end(clock.left)
    cost = _cost(request, plan)
    level = Level(name=SOFT, value=cost, bound=apart.least, gap=gap(cost, apart.least))
    return Answer(plan, Solution((), (level,), limits.stop.requested).stage("timetable", clock))


def _in_turn(request: Request, parts: Sequence[District], clock: Clock) -> Plan:
    """Each district beside those before it, which stand."""
    plan, left = request.so_far, sum(part.size for part in parts)
    for part in parts:
        seconds = clock.left * part.size / left
        limits = replace(request.limits, seconds=seconds, report=_unbounded(request.limits))
        own = replace(request.part, venues=part.venues, away=part.away)
        plan = _as_one_model(replace(request, so_far=plan, limits=limits, part=own), Clock(limits)).plan
        left -= part.size
        if limits.reproducible:
            clock.spend(seconds)
        gc.collect()  # a district's model is large, and full of circles
    return plan


def _cost(request: Request, plan: Plan) -> float:
    """What the rules count in the whole season."""
    book = request.rulebook
    counted = (
        book.weight(rule) * sum(found.amount for found in rule.check(request.scenario, plan))
        for rule in book.of_stage("timetable", hard=False)
        if book.weight(rule)
    )
    return round(sum(counted), 6)


def _unbounded(limits: Limits) -> Callable[[Progress], None]:
    """Reports of a district without its bound, which is none of the season's."""
    return lambda progress: limits.report(replace(progress, bound=None))
