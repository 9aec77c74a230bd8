"""On how many days of each week those are called on who can come to so many of the season only.

Weeks can then be decided one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from ortools.math_opt.python import mathopt

from scheduler.solver.branching import solved
from scheduler.solver.door import Clock, Limits
from scheduler.solver.relaxation import FIRST_ORDER_STEPS
from scheduler.solver.staffing.flow import Flow
from scheduler.solver.staffing.places import Places
from scheduler.solver.staffing.pools import Pools

EXCHANGE = 3
"""Soft gaps that a must gap counts for where all are bounded at once, beside any number of must gaps."""

EXACT = 1e-3
"""How near to the best, as a share, the relaxation is solved: days are whole afterwards."""

Shares = dict[tuple[str, str], int]
"""Days by person and week."""


def shared(places: Places, limits: Limits, clock: Clock, seconds: float) -> tuple[Shares, float]:
    """The shares by which least is missing, by a relaxation of the whole season (where time is too short for
    it, as people offer); and what it says any roster's gaps come to at least, 0 where it was not needed."""
    pools = places.pools
    limited = few_days(pools)
    if not limited:
        return {}, 0.0
    worth, bound = _wanted(places, limited, limits, clock, seconds)
    if worth is None:
        worth = {
            (person, day): 1.0
            for person in limited
            for day in pools.days[person]
            if day not in pools.stands(person)
        }
    weeks: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (person, day), value in worth.items():
        weeks[person][places.week_of(day)] += value
    shares = {
        (person, week): days
        for person, wanted in weeks.items()
        for week, days in _whole(wanted, limited[person], _free(places, person)).items()
    }
    return shares, bound


def few_days(pools: Pools) -> dict[str, int]:
    """On how many days those may be called on who can come to more than that."""
    return {person: most for person in pools.days if (most := _most(pools, person)) is not None}


def _most(pools: Pools, person: str) -> int | None:
    """How many days of the season somebody may be called on; None if on all they can come to."""
    most, stands = pools.task.scenario.person[person].max_days, pools.stands(person)
    if most is None or len({*pools.days[person], *stands}) <= most:
        return None
    return max(0, most - len(stands))


def _free(places: Places, person: str) -> Counter[str]:
    """The days of each week on which a person could be called."""
    stands = places.pools.stands(person)
    return Counter(places.week_of(day) for day in places.pools.days[person] if day not in stands)


def _whole(wanted: Mapping[str, float], most: int, free: Mapping[str, int]) -> dict[str, int]:
    """Whole days in proportion, all of them, no week with more than it has."""
    total = sum(wanted.values())
    scale = most / total if total > 0 else 0.0
    found = {week: min(free[week], int(value * scale + EXACT)) for week, value in wanted.items()}
    while sum(found.values()) < most:
        open_ = [week for week in sorted(free) if found.get(week, 0) < free[week]]
        best = max(open_, key=lambda week: wanted.get(week, 0.0) * scale - found.get(week, 0))
        found[best] = found.get(best, 0) + 1
    return found


def _wanted(
    places: Places, limited: Mapping[str, int], limits: Limits, clock: Clock, seconds: float
) -> tuple[dict[tuple[str, date], float] | None, float]:
    """How much the relaxation calls on these people each day, and its bound."""
    pools = places.pools
    flow = Flow(pools, range(len(pools.choices)))
    flow.ask(pools.demands)
    parameters = mathopt.SolveParameters(threads=1)
    if limits.reproducible:
        parameters.iteration_limit = int(seconds * FIRST_ORDER_STEPS) + 1
        clock.spend(seconds)
    else:
        parameters.time_limit = timedelta(seconds=max(0.1, seconds))
    criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative = criteria.eps_optimal_absolute = EXACT
    cost = flow.cost(EXCHANGE)
    proto = flow.matrix.proto(flow.least, flow.most, cost, whole=False)
    result = solved(proto, parameters, limits, mathopt.SolverType.PDLP)
    point, bound = flow.read(result, cost)
    if point is None:
        return None, bound
    return {key: point.get(one, 0.0) for key, one in flow.day.items() if key[0] in limited}, bound
