"""The pieces of a season in which a placement is made better: children who compete for the same places."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Set

from scheduler.variables.placement import PlacementVariables

MOST = 130
"""So many children are decided anew at once; more take longer than they gain."""


class Pieces:
    """Children by the class they could be in, by the venue, and by two venues that many of them share."""

    def __init__(self, x: PlacementVariables, seed: int) -> None:
        """Tell who could be where."""
        self._dice = random.Random(seed)  # noqa: S311 - nothing here is secret
        self._bound = {child: frozenset(unit.members) for unit in x.units for child in unit.members}
        self._by_class: dict[str, set[str]] = {}
        self._by_venue: dict[str, set[str]] = {}
        places: dict[str, set[str]] = {}
        for child, week in x.child_weeks:
            for class_, literal in x.seats(child, week).items():
                if not isinstance(literal, int):
                    venue = x.scenario.class_[class_].venue
                    self._by_class.setdefault(class_, set()).add(child)
                    self._by_venue.setdefault(venue, set()).add(child)
                    places.setdefault(child, set()).add(venue)
        shared = Counter(
            (one, other) for found in places.values() for one in found for other in found if one < other
        )
        self._pairs = sorted(shared, key=lambda pair: (-shared[pair], pair))

    def waves(self) -> Iterator[list[Set[str]]]:
        """Wave upon wave of pieces, wider and wider: first classes, then venues and pairs of venues."""
        yield [self._cut(row) for _, row in sorted(self._by_class.items())]
        while True:
            yield [self._cut(row) for _, row in sorted(self._by_venue.items())]
            pairs = self._pairs[: 2 * len(self._by_venue)]
            yield [self._cut(self._by_venue[one] | self._by_venue[other]) for one, other in pairs]

    def _cut(self, children: Set[str]) -> Set[str]:
        """At most so many of the children, drawn by lot, with the siblings they are bound to."""
        drawn = sorted(children)
        if len(drawn) > MOST:
            drawn = self._dice.sample(drawn, MOST)
        return {member for child in drawn for member in self._bound.get(child, {child})}
