"""The pieces of a season in which a placement is made better: children who compete for the same places."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from scheduler.variables.placement import PlacementVariables

SIZES = (80, 160, 320, 640)
"""So many children are decided anew at once, in one wave after the other."""


@dataclass(frozen=True)
class Piece:
    """Children who are decided anew, among the places of these venues: what else they could have is looked at
    in other pieces, and would drag the constraints of half a city into this one."""

    children: Set[str]
    venues: Set[str]


class Pieces:
    """Children who are at a venue, or could be and lack a week, with those of the venues that many share."""

    def __init__(self, x: PlacementVariables, seed: int) -> None:
        """Tell who could be where."""
        self._x = x
        self._dice = random.Random(seed)  # noqa: S311 - nothing here is secret
        self._bound = {child: frozenset(unit.members) for unit in x.units for child in unit.members}
        self._by_venue: dict[str, set[str]] = {}
        self._at: dict[str, set[str]] = {}
        places: dict[str, set[str]] = {}
        for child, week in x.child_weeks:
            for class_, literal in x.seats(child, week).items():
                if not isinstance(literal, int):
                    venue = x.scenario.class_[class_].venue
                    self._by_venue.setdefault(venue, set()).add(child)
                    places.setdefault(child, set()).add(venue)
        shared = Counter((one, other) for row in places.values() for one in row for other in row)
        self._near = {
            venue: sorted(self._by_venue, key=lambda other: (-shared[venue, other], other))
            for venue in self._by_venue
        }

    def see(self, seats: Mapping[tuple[str, str], str]) -> None:
        """Take note of who is where now."""
        self._at = {venue: set() for venue in self._by_venue}
        for child, week in self._x.child_weeks:
            class_ = seats.get((child, week))
            if class_ is not None:
                self._at.setdefault(self._x.scenario.class_[class_].venue, set()).add(child)
            else:
                for other in self._x.venues(child, week):
                    self._at.setdefault(other, set()).add(child)

    def waves(self) -> Iterator[list[Piece]]:
        """Wave upon wave of pieces, wider and wider: venues with ever more neighbours."""
        while True:
            for size in SIZES:
                yield [self._around(venue, size) for venue in self._seeds(size)]

    def _seeds(self, size: int) -> list[str]:
        """Venues to start from, fewer for larger pieces, each time others."""
        venues = sorted(self._by_venue)
        self._dice.shuffle(venues)
        return venues[: max(1, len(venues) * SIZES[0] // size)]

    def _around(self, venue: str, size: int) -> Piece:
        """So many children of a venue and of those nearest by the children they share."""
        found, venues = set[str](), set[str]()
        for near in self._near[venue]:
            found |= self._drawn(self._at.get(near, set()) - found, size - len(found))
            venues.add(near)
            if len(found) >= size:
                break
        return Piece(found, venues)

    def _drawn(self, children: Set[str], most: int) -> Set[str]:
        """At most so many of the children, drawn by lot, with the siblings they are bound to."""
        drawn = sorted(children)
        if len(drawn) > most:
            drawn = self._dice.sample(drawn, most)
        return {member for child in drawn for member in self._bound.get(child, {child})}
