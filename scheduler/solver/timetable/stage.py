"""Solving the timetable: as one model, or where none would hold it, district after district."""

from __future__ import annotations

from collections import Counter

from scheduler.domain.plan import Level, Plan
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Request
from scheduler.solver.goals import Infeasible, Solution, gap
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.bounding import PRICED
from scheduler.solver.timetable.build import SOFT, build
from scheduler.solver.timetable.districts import districts, is_wide, sizes
from scheduler.solver.timetable.divided import Divided
from scheduler.solver.timetable.pricing.apart import Apart
from scheduler.solver.timetable.search import search
from scheduler.solver.timetable.start import best_first_plan, start


def solve(request: Request) -> Answer:
    """Sessions and trips for every class that runs; raises Contradiction or NoPlanInTime."""
    clock = Clock(request.limits)
    if request.previous is not None:  # replanning most of the season stands as it is
        return _undivided(request, request.previous, clock)
    offered = sizes(request)
    apart = Apart(request) if request.is_anew else None
    if apart is not None and offered.total() > PRICED:
        apart.begin(request.limits, clock)
    try:
        return _anew(request, offered, clock, apart)
    finally:
        if apart is not None:
            apart.end()


def _anew(request: Request, offered: Counter[str], clock: Clock, apart: Apart | None) -> Answer:
    """A season of which so many decisions are `offered` at each venue, bounded `apart` meanwhile."""
    wide = is_wide(offered.total(), request.limits.seconds)
    first = best_first_plan(request, offered.total(), clock, in_haste=wide)
    if wide and len(districts(request, offered)) > 1:
        try:
            return _district_by_district(request, first, offered, clock, apart)
        except Infeasible:
            pass  # what the season allows as a whole may be impossible beside what stands of it
    return _undivided(request, first, clock, apart)


def _undivided(request: Request, first: Plan, clock: Clock, apart: Apart | None = None) -> Answer:
    """As one model, from a first plan."""
    try:
        built = build(request)
        goals = built.goals(request)
        solution = search(built, goals, request.limits, clock, start(built, first), apart)
    except Infeasible:
        conflict = smallest_conflict(lambda keep: build(request, keep).model)
        raise Contradiction("timetable", conflict) from None
    plan = request.so_far.with_(
        sessions=decisions.sessions(request, built.x, solution),
        trips=decisions.trips(request, built.x, solution),
    )
    return Answer(plan, solution.stage("timetable", clock))


def _district_by_district(
    request: Request, first: Plan, offered: Counter[str], clock: Clock, apart: Apart | None
) -> Answer:
    """From a first plan each district beside the others, and meanwhile what the season costs at least."""
    limits, season = request.limits, Divided(request, first, offered, clock)
    season.improve()
    if apart is not None:
        apart.end()
    cost, least = season.cost, 0.0 if apart is None else apart.least
    level = Level(name=SOFT, value=cost, bound=least, gap=gap(cost, least))
    return Answer(season.plan, Solution((), (level,), limits.stop.requested).stage("timetable", clock))
