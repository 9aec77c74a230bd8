"""How few adults a season must miss, region by region and week by week.

Each region's week by itself, as if its people were called on nowhere else, bounds what it misses; the sum
of these bounds is one of the season. Small ones are decided in whole numbers. Of others the scarce asks are
(`scarce.py`), which bounds the must gaps; with so many of these known, the relaxation of everything, a must
gap counting for little, bounds soft ones beside any number of must gaps.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import ceil

from scheduler.solver.door import Clock, Limits
from scheduler.solver.staffing.pooling.flow import Flow
from scheduler.solver.staffing.pooling.guiding import REGION
from scheduler.solver.staffing.pooling.places import Cell, Places
from scheduler.solver.staffing.pooling.promising import EXCHANGE
from scheduler.solver.staffing.pooling.scarce import fewest

QUICK = 12_000
"""Choices of a week of which whole numbers are found at once."""

SCARCE = 0.6
"""Of the time, for the scarce asks at most."""

MOMENT, ROUNDING, ENDLESS = 0.1, 1e-6, 10**12


class Proof:
    """What a season misses at least."""

    def __init__(self, places: Places, limits: Limits, clock: Clock, *, workers: int = 2) -> None:
        """Nothing is proven yet. So many searches go on at once, unless reproducible."""
        self._places, self._limits, self._clock = places, limits, clock
        self._workers = 1 if limits.reproducible else max(1, min(limits.workers, workers))
        regions = places.districts(REGION)
        self._pieces = [
            cells for venues in regions for week in places.weeks if (cells := places.of(venues, (week,)))
        ]
        self._whole = len(regions) == 1  # else a lock may be met in another region
        self._weight = 1 + max(map(places.soft, self._pieces), default=0)
        self.must = 0.0
        self._total = 0.0
        self._exchanged = 0.0

    def prove(self, until: float) -> None:
        """Bound the gaps, until `until` is left."""
        if max(map(self._places.size, self._pieces), default=0) <= QUICK:
            self._prove_whole(until)
        else:
            self._prove_scarce(until)

    def soft(self, must: float) -> float:
        """The fewest soft gaps where at most so many must gaps are left."""
        return max(0.0, self._total - self._weight * must, ceil(self._exchanged - EXCHANGE * must - ROUNDING))

    def reached_by(self, must: int, soft: int) -> bool:
        """Whether fewer gaps than these are proven impossible by now."""
        return must <= self.must and soft <= self.soft(must)

    def _prove_whole(self, until: float) -> None:
        found = self._each(self._in_whole_numbers, until)
        self.must = float(
            sum(
                max(0, ceil((bound - self._places.soft(piece)) / self._weight - ROUNDING))
                for piece, bound in zip(self._pieces, found, strict=True)
            )
        )
        self._total = sum(found)

    def _prove_scarce(self, until: float) -> None:
        """Must gaps of the scarce asks, then everything beside so many."""
        end = until + (1 - SCARCE) * (self._clock.left - until)
        known = self._each(self._of_scarce, end)
        self.must = sum(known)
        least = {id(piece): int(bound) for piece, bound in zip(self._pieces, known, strict=True)}

        def beside(piece: list[Cell], seconds: float) -> float:
            return self._beside(piece, least[id(piece)], seconds)

        self._exchanged = sum(self._each(beside, until))

    def _each(self, bound_of: Callable[[list[Cell], float], float], until: float) -> list[float]:
        """A bound of each piece, 0 for those for which time is too short."""
        begun = 0

        def bound(piece: list[Cell]) -> float:
            nonlocal begun
            seconds = self._workers * (self._clock.left - until) / (len(self._pieces) - begun)
            begun += 1
            if seconds <= MOMENT or self._limits.stop.requested:
                return 0.0
            return bound_of(piece, min(seconds, self._clock.left - until))

        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(bound, self._pieces))

    def _of_scarce(self, piece: list[Cell], seconds: float) -> float:
        places, limits, clock = self._places, self._limits, self._clock
        return float(fewest(places, piece, limits, clock, seconds, locked=self._whole))

    def _beside(self, piece: list[Cell], least: int, seconds: float) -> float:
        """What a piece misses at least, a must gap counting for `EXCHANGE`, with so many of these."""
        left = self._clock.left
        flow = self._flow(piece)
        flow.miss(least)
        seconds -= 0 if self._limits.reproducible else left - self._clock.left
        return max(0.0, flow.bound(flow.cost(EXCHANGE), self._limits, self._clock, seconds))

    def _in_whole_numbers(self, piece: list[Cell], seconds: float) -> float:
        """What a piece costs at least, a must gap outweighing all soft ones."""
        end = self._clock.left - seconds
        flow = self._flow(piece)
        if not self._limits.reproducible:
            seconds = self._clock.left - end
        _, bound = flow.best(flow.cost(self._weight), self._limits, self._clock, seconds)
        return float(ceil(bound - ROUNDING * (1 + bound))) if 0 < bound < ENDLESS else 0.0

    def _flow(self, piece: list[Cell]) -> Flow:
        places = self._places
        flow = Flow(places.pools, places.choices(piece), locked=self._whole)
        flow.ask(places.pools.demands[number] for number in places.demands(piece))
        return flow
