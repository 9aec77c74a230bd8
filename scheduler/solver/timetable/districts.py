"""Districts of a season too wide for one model: venues near each other, and whose day a specialist's day is.

A specialist who may teach in several districts is lent to one of them each day, in turn by how much there is
to teach in each; so no district takes away what the next ones live on, and nobody travels more for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import NamedTuple

from scheduler.solver.door import Request
from scheduler.variables.lessons import Offer

UNDIVIDED = 300_000
"""Seasons of no more decisions are one model."""

MOST = 220_000
"""Decisions of a district at most, where its venues allow: about a hundred classes over four weeks."""

Lent = tuple[str, date]
"""A specialist and a day."""


class District(NamedTuple):
    """Some venues, about how many decisions they have, and the specialists' days lent to districts that come
    after it; what those before it have left is free."""

    venues: frozenset[str]
    size: int
    away: frozenset[Lent]


def districts(request: Request) -> list[District]:
    """The districts of what is to be decided; a single one where one model holds it all."""
    teaching = _Teaching(request)
    total = sum(teaching.sizes.values())
    if total <= UNDIVIDED:
        return [District(frozenset(teaching.sizes), total, frozenset())]
    parts = request.scenario.near_together(teaching.sizes, ceil(total / ceil(total / MOST)))
    at = {venue: number for number, part in enumerate(parts) for venue in part}
    lent = _lent(teaching, at)
    return [
        District(
            frozenset(part),
            sum(teaching.sizes[venue] for venue in part),
            frozenset(key for key, other in lent.items() if other > number),
        )
        for number, part in enumerate(parts)
    ]


class _Teaching:
    """How many lessons each venue is offered, and by whom on which day."""

    def __init__(self, request: Request) -> None:
        offer = Offer(request.scenario, request.so_far)
        self.sizes: Counter[str] = Counter()
        self.by: dict[Lent, Counter[str]] = defaultdict(Counter)
        self.asked: dict[Lent, set[str]] = defaultdict(set)
        asked = {(row.class_, row.date) for row in request.scenario.lock.values() if row.kind == "session"}
        for class_, day in offer.shifts:
            venue = request.scenario.class_[class_].venue
            if not request.is_free(venue, day=day):
                continue
            is_asked = not asked.isdisjoint(((class_, day), (class_, None), (None, day), (None, None)))
            for lesson in offer.lessons(class_, day):
                self.sizes[venue] += 1
                if lesson.teacher is not None:
                    self.by[lesson.teacher, day][venue] += 1
                    if is_asked:
                        self.asked[lesson.teacher, day].add(venue)


def _lent(teaching: _Teaching, at: Mapping[str, int]) -> dict[Lent, int]:
    """The district to which each specialist's day is lent, where there is a choice; a day that locks of
    several districts may ask for is left to whoever comes first."""
    found: dict[Lent, int] = {}
    due: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (teacher, day), by_venue in sorted(teaching.by.items()):
        offered: Counter[int] = Counter()
        for venue, number in by_venue.items():
            offered[at[venue]] += number
        asked = {at[venue] for venue in teaching.asked.get((teacher, day), ())}
        if len(offered) == 1 or len(asked) > 1:
            continue
        owed = due[teacher]
        total = sum(offered.values())
        for district, number in offered.items():
            owed[district] += number / total
        chosen = max(sorted(asked or offered), key=owed.__getitem__)
        owed[chosen] -= 1
        found[teacher, day] = chosen
    return found
