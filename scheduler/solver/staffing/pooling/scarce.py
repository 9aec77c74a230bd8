"""What a week must miss at least: the asks alone for which few people can be had, all over a city.

Must gaps hang on few: spare teachers and first-aiders, whom many venues could call on. What many could do is
left out, so that branch and bound decides in seconds, for hundreds of classes at once, where the few are
missed least. Leaving asks out only loosens: no roster misses less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from scheduler.solver.door import Clock, Limits
from scheduler.solver.staffing.pooling.flow import Flow
from scheduler.solver.staffing.pooling.places import Cell, Places

PLENTY = 4.0
"""An ask for which so many times as many people can be had is left out; who could be at several venues that
day counts for a part at each."""

WHOLE, ROUNDING = 0.99, 1e-6
"""Numbers of gaps are whole: nearer than one need no bound be."""

FIRST = 0.4
"""Of the time, for the scarcest asks at most."""

MOMENT, ENDLESS = 0.1, 10**12


def fewest(
    places: Places,
    cells: Sequence[Cell],
    limits: Limits,
    clock: Clock,
    seconds: float,
    *,
    locked: bool = True,
) -> int:
    """How many adults the scarce must asks of some cells of a week miss at least."""
    flow = _flow(places, cells, PLENTY, None, locked)
    _, bound = flow.best(flow.cost(1), limits, clock, seconds, within=WHOLE)
    return max(0, ceil(bound - ROUNDING * (1 + bound))) if abs(bound) < ENDLESS else 0


def called(
    places: Places,
    cells: Sequence[Cell],
    limits: Limits,
    clock: Clock,
    seconds: float,
    shares: Mapping[tuple[str, str], int],
) -> list[int]:
    """Choices by which the must asks of some cells miss little: first the scarce ones; then twice as many,
    among these choices and those that their relaxation uses. None if none were found in time."""
    end = clock.left - seconds
    flow = _flow(places, cells, PLENTY, shares, locked=True)
    first = flow.best(flow.cost(1), limits, clock, FIRST * seconds, within=WHOLE)[0] or []
    flow = _flow(places, cells, 2 * PLENTY, shares, locked=True)
    cost = flow.cost(1)
    used, _ = flow.relaxed(cost, limits, clock, max(MOMENT, clock.left - end))
    if used is None:
        return first
    left = max(MOMENT, clock.left - end)
    return flow.best(cost, limits, clock, left, among={*used, *first}, within=WHOLE)[0] or first


def _flow(
    places: Places,
    cells: Sequence[Cell],
    plenty: float,
    shares: Mapping[tuple[str, str], int] | None,
    locked: bool,
) -> Flow:
    """The must asks without plenty of people, and all choices that count for them."""
    pools, kept = places.pools, _scarce(places, cells, plenty)
    ones = {one for number in kept for one in pools.demands[number].choices}
    # a lock may be met by any of its person's duties
    ones |= {one for one in places.choices(cells) if pools.choices[one].person in pools.locks.asking}
    flow = Flow(pools, sorted(ones), shares=shares, locked=locked)
    flow.ask(pools.demands[number] for number in kept)
    return flow


def _scarce(places: Places, cells: Sequence[Cell], plenty: float) -> list[int]:
    """The must demands without plenty of people; those of aides hang on others', and are left out."""
    pools = places.pools
    at: dict[tuple[str, date], set[str]] = defaultdict(set)
    for one in places.choices(cells):
        choice = pools.choices[one]
        at[choice.person, choice.pool[1]].add(choice.pool[0])
    found = []
    for number in places.demands(cells):
        demand = pools.demands[number]
        if demand.strength == "must" and not demand.beyond:
            people = {pools.choices[one].person for one in demand.choices}
            supply = sum(1 / len(at[person, demand.pool[1]]) for person in people)
            if supply < plenty * (demand.number - demand.present):
                found.append(number)
    return found
