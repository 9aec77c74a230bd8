"""The pieces of a season in which a placement is made better: children who compete for the same places."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Set

from scheduler.variables.placement import PlacementVariables

SIZES = (80, 160, 320, 640)
"""So many children are decided anew at once, in one wave after the other."""


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
        shared = Counter((one, other) for row in places.values() for one in row for other in row)
        self._near = {
            venue: sorted(self._by_venue, key=lambda other: (-shared[venue, other], other))
            for venue in self._by_venue
        }

    def waves(self) -> Iterator[list[Set[str]]]:
        """Wave upon wave of pieces, wider and wider: classes, then venues with ever more neighbours."""
        yield [self._drawn(row, SIZES[0]) for _, row in sorted(self._by_class.items())]
        while True:
            for size in SIZES:
                yield [self._around(venue, size) for venue in self._seeds(size)]

    def _seeds(self, size: int) -> list[str]:
        """Venues to start from, fewer for larger pieces, each time others."""
        venues = sorted(self._by_venue)
        self._dice.shuffle(venues)
        return venues[: max(1, len(venues) * SIZES[0] // size)]

    def _around(self, venue: str, size: int) -> Set[str]:
        """So many children of a venue and of those nearest by the children they share."""
        found = set[str]()
        for near in self._near[venue]:
            found |= self._drawn(self._by_venue[near] - found, size - len(found))
            if len(found) >= size:
                break
        return found

    def _drawn(self, children: Set[str], most: int) -> Set[str]:
        """At most so many of the children, drawn by lot, with the siblings they are bound to."""
        drawn = sorted(children)
        if len(drawn) > most:
            drawn = self._dice.sample(drawn, most)
        return {member for child in drawn for member in self._bound.get(child, {child})}
