"""The soft rules in pooled form: siblings, friends, same venue, distance, small classes, aides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import floor, gcd
from typing import TYPE_CHECKING

from benchmarks.placing.program import less, ones
from scheduler.domain.demand import AIDE
from scheduler.domain.units import families, sibling_wish
from scheduler.rules import Rulebook

if TYPE_CHECKING:
    from benchmarks.placing.formulation import Formulation

Amount = tuple[int, int]
"""A variable and how much each unit of it counts."""

THOUSAND = 1000


def soft_terms(model: Formulation, rulebook: Rulebook) -> tuple[int, dict[int, int]]:
    """The weighted cost in whole numbers, and by what to divide it."""
    found: dict[int, int] = defaultdict(int)
    for name, amounts in (
        ("siblings_together", _siblings),
        ("friends_together", _friends),
        ("same_venue", _venues),
        ("short_way", _ways),
        ("small_classes", _small),
        ("aides_spread", _aides),
    ):
        if name in rulebook.by_id:
            weight = round(rulebook.weight(rulebook.by_id[name]) * THOUSAND)
            free = float(getattr(rulebook.by_id[name], "free_km", 0.0))
            for x, amount in amounts(model, free) if weight else ():
                found[x] += weight * amount
    common = gcd(THOUSAND, *found.values()) if found else THOUSAND
    return THOUSAND // common, {x: cost // common for x, cost in found.items()}


def _siblings(model: Formulation, _: float) -> Iterator[Amount]:
    """parted >= placed - together, for both; together at a venue <= either there."""
    scenario = model.pooled.scenario
    for rows in families(scenario).values():
        if sibling_wish(scenario, rows) != "prefer":
            continue
        for a, b in combinations((row.id for row in rows), 2):
            for week in scenario.wanted_weeks(a):
                if week in scenario.wanted_weeks(b):
                    mine, theirs = model.at(a, week), model.at(b, week)
                    together = _meeting(model, mine, theirs)
                    parted = model.program.boolean()
                    for there in (mine, theirs):
                        placed = ones(x for xs in there.values() for x in xs)
                        model.program.row({**less(placed, ones(together)), parted: -1}, high=0)
                    yield parted, 1


def _meeting(model: Formulation, mine: dict[str, list[int]], theirs: dict[str, list[int]]) -> list[int]:
    """One variable for each venue (or pool) both could be in, at most what either is there."""
    found = []
    for place in sorted(set(mine) & set(theirs)):
        met = model.program.boolean()
        model.program.at_most(met, mine[place])
        model.program.at_most(met, theirs[place])
        found.append(met)
    return found


def _friends(model: Formulation, _: float) -> Iterator[Amount]:
    """alone >= placed + a friend placed - 1 - friends met in the same pool."""
    scenario = model.pooled.scenario
    friends: dict[str, list[str]] = defaultdict(list)
    for a, b in scenario.friendships:
        friends[a].append(b)
        friends[b].append(a)
    for child, others in sorted(friends.items()):
        for week in scenario.wanted_weeks(child):
            mine = _by_pool(model, child, week)
            circles = [
                _by_pool(model, other, week) for other in others if week in scenario.wanted_weeks(other)
            ]
            circles = [circle for circle in circles if circle]
            if not mine or not circles:
                continue
            around: dict[str, list[int]] = defaultdict(list)
            for circle in circles:
                for pool, xs in circle.items():
                    around[pool] += xs
            placed = ones(x for xs in mine.values() for x in xs)
            met = ones(_meeting(model, mine, around))
            alone = model.program.boolean()
            for circle in circles:
                # two friends may be two members of one party, sharing variables
                there = ones(x for xs in circle.values() for x in xs)
                total = less(less(placed, met), {x: -n for x, n in there.items()})
                total[alone] = -1
                model.program.row(total, high=1)
            yield alone, 1


def _by_pool(model: Formulation, child: str, week: str) -> dict[str, list[int]]:
    seats = model.pooled.seats_of(child, week)
    return {str(pool): [model.xs[n] for n in numbers] for pool, numbers in seats.items()}


def _venues(model: Formulation, _: float) -> Iterator[Amount]:
    """For two weeks: changed >= placed in both - 1 - at one venue in both - placed in between."""
    scenario = model.pooled.scenario
    for row in scenario.processed:
        if row.stay != "weeks":
            continue
        at = {week: found for week in scenario.wanted_weeks(row.id) if (found := model.at(row.id, week))}
        weeks = list(at)
        for (i, a), (j, b) in combinations(enumerate(weeks), 2):
            if len({*at[a], *at[b]}) < 2:
                continue
            same = _meeting(model, at[a], at[b])
            changed = model.program.boolean()
            total = ones(x for week in (a, b) for xs in at[week].values() for x in xs)
            between = [x for week in weeks[i + 1 : j] for xs in at[week].values() for x in xs]
            total = less(less(total, ones(same)), ones(between))
            model.program.row({**total, changed: -1}, high=1)
            yield changed, 1


def _ways(model: Formulation, free_km: float) -> Iterator[Amount]:
    """Whole km beyond the free ones, each child-week."""
    scenario = model.pooled.scenario
    far: dict[tuple[str, str], int] = {}
    for column, x in zip(model.pooled.columns, model.xs, strict=True):
        for child, _ in column.pools:
            key = (child, column.venue)
            if key not in far:
                km = scenario.distance_km(scenario.child[child], scenario.venue[column.venue])
                far[key] = 0 if km is None else max(0, floor(km - free_km + 1e-9))
            if far[key]:
                yield x, far[key]


def _small(model: Formulation, _: float) -> Iterator[Amount]:
    """short >= minimum of one class - children, where anybody is in the pool."""
    for pool in model.pooled.pools:
        for week in model.pooled.scenario.weeks:
            held = model.held(pool.index, week)
            if pool.optional or pool.minimum < 2 or not held:
                continue
            runs, short = model.program.boolean(), model.program.whole(pool.minimum - 1)
            model.program.row({**ones(held), runs: -pool.seats}, high=0)
            model.program.row({**ones(held), runs: -pool.minimum, short: 1}, low=0)
            yield short, 1


def _aides(model: Formulation, _: float) -> Iterator[Amount]:
    """over >= children with an aide - classes of the pool."""
    needing = {row.id for row in model.pooled.scenario.processed if AIDE in row.needs}
    held: dict[tuple[int, str], list[int]] = defaultdict(list)
    for column, x in zip(model.pooled.columns, model.xs, strict=True):
        for child, pool in column.pools:
            if child in needing:
                held[pool, column.week].append(x)
    for (pool, _week), xs in held.items():
        classes = len(model.pooled.pools[pool].classes)
        if len(xs) > classes:
            over = model.program.whole(len(xs) - classes)
            model.program.row({**ones(xs), over: -1}, high=classes)
            yield over, 1
