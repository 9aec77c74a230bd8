"""How few adults a season must miss, district by district and week by week.

Each district's week by itself, as if its people were called on nowhere else, bounds what it misses; the sum
of these bounds is one of the season. Where fewer must gaps are proven than the roster has, what is said of
soft ones beside so few says nothing of them beside more; so they are bounded once more, with a must gap
counting for little.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import ceil

from scheduler.solver.door import Clock, Limits
from scheduler.solver.staffing.flow import Flow
from scheduler.solver.staffing.places import Cell, Places
from scheduler.solver.staffing.sharing import EXCHANGE

DISTRICT = 40_000
"""Choices of a district in a week: some hundred classes."""

QUICK = 12_000
"""Choices of which whole numbers are found at once, so that no relaxation is needed before."""

RELAXING = 0.5
"""Of the time, for relaxations at most."""

MOMENT, ROUNDING, ENDLESS = 0.1, 1e-6, 10**12


class Proof:
    """What a season misses at least."""

    def __init__(
        self, places: Places, limits: Limits, clock: Clock, *, workers: int = 2, known: float = 0.0
    ) -> None:
        """Take over what is `known` of all gaps together (`sharing.py`). So many searches go on at once,
        unless reproducible."""
        self._places, self._limits, self._clock = places, limits, clock
        self._workers = 1 if limits.reproducible else max(1, min(limits.workers, workers))
        self._pieces = [
            cells
            for venues in places.districts(DISTRICT)
            for week in places.weeks
            if (cells := places.of(venues, (week,)))
        ]
        self._weight = 1 + max(map(places.soft, self._pieces), default=0)
        self.must = 0.0
        self._total = 0.0
        self._exchanged = known

    def prove(self, until: float) -> None:
        """Bound the gaps, until `until` is left: by relaxations, then by whole numbers."""
        quick = max(map(self._places.size, self._pieces), default=0) <= QUICK
        if not self._exchanged and not quick:
            end = until + (1 - RELAXING) * (self._clock.left - until)
            self._exchanged = sum(self._bounds(EXCHANGE, end, whole=False))
        found = self._bounds(self._weight, until, whole=True)
        self.must = float(
            sum(
                max(0, ceil((bound - self._places.soft(piece)) / self._weight - ROUNDING))
                for piece, bound in zip(self._pieces, found, strict=True)
            )
        )
        self._total = sum(found)

    def soft(self, must: float) -> float:
        """The fewest soft gaps where at most so many must gaps are left."""
        return max(0.0, self._total - self._weight * must, ceil(self._exchanged - EXCHANGE * must - ROUNDING))

    def _bounds(self, weight: int, until: float, *, whole: bool) -> list[float]:
        """What each piece costs at least, a must gap counting for so many soft ones."""
        begun = 0

        def bound(piece: list[Cell]) -> float:
            nonlocal begun
            seconds = self._workers * (self._clock.left - until) / (len(self._pieces) - begun)
            begun += 1
            if seconds <= MOMENT or self._limits.stop.requested:
                return 0.0
            return self._bound(piece, weight, min(seconds, self._clock.left - until), whole=whole)

        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(bound, self._pieces))

    def _bound(self, piece: list[Cell], weight: int, seconds: float, *, whole: bool) -> float:
        places, end = self._places, self._clock.left - seconds
        flow = Flow(places.pools, places.choices(piece))
        flow.ask(places.pools.demands[number] for number in places.demands(piece))
        if not self._limits.reproducible:
            seconds = self._clock.left - end
        search = flow.best if whole else flow.relaxed
        _, bound = search(flow.cost(weight), self._limits, self._clock, seconds)
        return float(ceil(bound - ROUNDING * (1 + bound))) if 0 < bound < ENDLESS else 0.0
