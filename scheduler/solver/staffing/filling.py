"""The fewest gaps of a wide season: its pools filled district by district and week by week.

Each district's week solved by itself, as if its people were called on nowhere else, bounds what it misses;
the sum of these bounds is one of the season. The same solutions, held against what was decided before, make
the roster; where somebody is missing beyond the bound, some venues and weeks are decided together again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from math import ceil
from random import Random
from typing import NamedTuple

from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.staffing.flow import Flow, over
from scheduler.solver.staffing.pools import Demand, Pool, Pools

DISTRICT, PIECE = 40_000, 4_000
"""Choices of a district in a week (some hundred classes), and of a piece that is quickly decided."""

PIECE_SECONDS = 6.0
"""What a piece may take at most."""
SWEEPING, MENDING = 0.55, 0.25
"""Of the time: for the first roster of large districts at most, and for mending at least."""
FAILURES = 3
"""Pieces without success, for each place that misses somebody, after which it is left as it is."""
MOMENT, ROUNDING, ENDLESS = 0.1, 1e-6, 10**12

Cell = tuple[str, str]
"""A venue in a week."""


class Bounds(NamedTuple):
    """What a district misses at least, of each strength, where the season misses the fewest."""

    must: float
    soft: float


class Filling:
    """The choices taken, and what is missing."""

    def __init__(self, pools: Pools, limits: Limits, clock: Clock) -> None:
        """Sort choices and demands by venue and week."""
        self._pools, self._limits, self._clock = pools, limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - no secret
        self.week_of = pools.task.scenario.week_of
        self._choices: dict[Cell, list[int]] = defaultdict(list)
        self._cell_of: list[Cell] = []
        for one, choice in enumerate(pools.choices):
            cell = (choice.pool[0], self.week_of(choice.pool[1]))
            self._choices[cell].append(one)
            self._cell_of.append(cell)
        self._demands: dict[Cell, list[int]] = defaultdict(list)
        for number, demand in enumerate(pools.demands):
            self._demands[demand.pool[0], self.week_of(demand.pool[1])].append(number)
        self.cells = sorted({*self._choices, *self._demands})
        self.weeks = [week for week in pools.task.scenario.weeks if any(week == w for _, w in self.cells)]
        self.districts = list(self._districts())
        pieces = [self._cells(district, (week,)) for district in self.districts for week in self.weeks]
        self.weight = 1 + max((sum(map(self._soft, piece)) for piece in pieces), default=0)
        self._shares = self._shared()
        self.taken: dict[str, set[int]] = defaultdict(set)
        self.missing: dict[Cell, int] = {cell: self._missing_in(cell) for cell in self.cells}
        self.bounds: list[Bounds] = []

    def fill(self, until: float) -> None:
        """Fill the pools until the bound is reached or no more than `until` of the time is left."""
        whole = self._clock.left - until
        self._sweep(until + (1 - SWEEPING) * whole)
        self.prove(until + MENDING * whole)
        self._mend(until)

    def prove(self, until: float) -> None:
        """Decide each district's week as a whole, which bounds the gaps, until `until` is left."""
        cells = [(d, week) for d in range(len(self.districts)) for week in self.weeks]
        least = [[0.0, 0.0] for _ in self.districts]
        for number, (district, week) in enumerate(cells):
            seconds = (self._clock.left - until) / (len(cells) - number)
            if seconds <= MOMENT or self._limits.stop.requested:
                break
            piece = self._cells(self.districts[district], (week,))
            bound = self._whole(piece, seconds)
            most = sum(self._soft(cell) for cell in piece)
            least[district][0] += max(0, ceil((bound - most) / self.weight - ROUNDING))
            least[district][1] += max(0.0, bound)
        # of the sum, what the season's must gaps do not explain are soft ones
        self.bounds = [Bounds(must, total - self.weight * must) for must, total in least]

    @property
    def must(self) -> float:
        """The fewest must gaps of the season."""
        return sum(bound.must for bound in self.bounds)

    def soft(self, must: float) -> float:
        """The fewest soft gaps where so many must gaps are left."""
        return sum(bound.soft for bound in self.bounds) - self.weight * (must - self.must)

    def _mend(self, until: float) -> None:
        failed, least = 0, sum(bound.must * self.weight + bound.soft for bound in self.bounds)
        while self._clock.left > until + MOMENT and not self._limits.stop.requested:
            places = {cell: amount for cell, amount in self.missing.items() if amount}
            if sum(places.values()) <= least + ROUNDING or failed >= FAILURES * len(places):
                return
            ((venue, week),) = self._dice.choices(list(places), list(places.values()))
            piece = self._bunch(venue, [week] if failed < len(places) else self.weeks)
            better = self._anew(piece, min(PIECE_SECONDS, self._clock.left - until))
            failed = 0 if better else failed + 1

    def _sweep(self, until: float) -> None:
        """A first roster of weeks too large to be sure of one otherwise, some venues at a time."""
        pieces = [
            piece
            for week in self.weeks
            for district in self.districts
            if self._size(self._cells(district, (week,))) > 2 * PIECE
            for piece in self._split(self._cells(district, (week,)))
        ]
        for number, piece in enumerate(pieces):
            left = self._clock.left - until
            if left <= MOMENT or self._limits.stop.requested:
                return
            self._anew(piece, 3 * left / (len(pieces) - number + 2), self._shares)

    def _split(self, cells: Iterable[Cell]) -> Iterator[list[Cell]]:
        piece: list[Cell] = []
        for cell in cells:
            if piece and self._size([*piece, cell]) > PIECE:
                yield piece
                piece = []
            piece.append(cell)
        if piece:
            yield piece

    def _size(self, cells: Iterable[Cell]) -> int:
        return sum(len(self._choices.get(cell, ())) for cell in cells)

    def _whole(self, piece: Collection[Cell], seconds: float) -> float:
        """Decide a district's week as if its people were called on nowhere else, which bounds what is missing
        there; taken is what of it can be, if that is better."""
        ones = [one for cell in piece for one in self._choices.get(cell, ())]
        found, bound = self._solve(piece, ones, (), seconds)
        if found is not None:
            self._try(piece, ones, self._fitting(found, self._beside(ones, set(piece))))
        return bound

    def _try(self, piece: Collection[Cell], ones: Iterable[int], found: Iterable[int]) -> bool:
        """Take other choices in some cells if less is missing then."""
        before = [one for one in ones if one in self.taken[self._pools.choices[one].person]]
        was = sum(self.missing[cell] for cell in piece)
        self._take(piece, found)
        if sum(self.missing[cell] for cell in piece) < was:
            return True
        self._take(piece, before)
        return False

    def _anew(
        self, piece: Collection[Cell], seconds: float, shares: Mapping[Cell, int] | None = None
    ) -> bool:
        """Decide some cells anew, less missing than now; whether that could be done."""
        ones = [one for cell in piece for one in self._choices.get(cell, ())]
        found, _ = self._solve(piece, ones, self._beside(ones, set(piece)), seconds, shares)
        inside = set(ones)
        return found is not None and self._try(piece, ones, [one for one in found if one in inside])

    def _solve(
        self,
        piece: Collection[Cell],
        ones: list[int],
        beside: Collection[int],
        seconds: float,
        shares: Mapping[Cell, int] | None = None,
    ) -> tuple[list[int] | None, float]:
        flow = Flow(self._pools, [*ones, *beside], standing=beside, shares=shares)
        flow.ask(self._pools.demands[number] for cell in piece for number in self._demands.get(cell, ()))
        cost = dict.fromkeys(flow.misses["soft"], 1.0)
        cost |= dict.fromkeys(flow.misses["must"], float(self.weight))
        found, bound = flow.best(cost, self._limits, self._clock, seconds)
        return found, float(ceil(bound - ROUNDING * (1 + abs(bound)))) if abs(bound) < ENDLESS else 0.0

    def _take(self, piece: Iterable[Cell], found: Iterable[int]) -> None:
        """Take these choices in some cells, and no others there."""
        for cell in piece:
            for one in self._choices.get(cell, ()):
                self.taken[self._pools.choices[one].person].discard(one)
        for one in found:
            self.taken[self._pools.choices[one].person].add(one)
        for cell in piece:
            self.missing[cell] = self._missing_in(cell)
        misses = sum(amount // self.weight for amount in self.missing.values())
        self._limits.report(Progress("staffing", "must_gaps", misses, None))

    def _missing_in(self, cell: Cell) -> int:
        """What a cell's demands miss, a must gap weighing more than all soft ones."""
        found = defaultdict[Pool, list[tuple[Demand, int]]](list)
        for number in self._demands.get(cell, ()):
            demand = self._pools.demands[number]
            taken = sum(one in self.taken[self._pools.choices[one].person] for one in demand.choices)
            short = demand.number + demand.beyond - demand.present - taken
            if demand.beyond:
                short -= over(demand, found[demand.pool])
            found[demand.pool].append((demand, min(demand.number, max(0, short))))
        return sum(
            amount * (self.weight if demand.strength == "must" else 1)
            for pool in found.values()
            for demand, amount in pool
        )

    def missing_in(self, cell: Cell, must: int) -> int:
        """What a cell misses, a must gap counting for so many."""
        amount = self.missing.get(cell, 0)
        return amount // self.weight * must + amount % self.weight

    def _beside(self, ones: Iterable[int], piece: Collection[Cell]) -> list[int]:
        """What the people of a piece are taken for elsewhere."""
        return [
            other
            for person in dict.fromkeys(self._pools.choices[one].person for one in ones)
            for other in sorted(self.taken.get(person, ()))
            if self._cell_of[other] not in piece
        ]

    def _fitting(self, found: Iterable[int], beside: Iterable[int]) -> list[int]:
        """What of some choices can be taken: of people taken nowhere else in the week, and on no more days of
        it than their share."""
        choices, kept = self._pools.choices, list[int]()
        elsewhere = {(choices[one].person, self.week_of(choices[one].pool[1])) for one in beside}
        days: dict[tuple[str, str], set[date]] = defaultdict(set)
        for one in sorted(found):
            choice = choices[one]
            day, key = choice.pool[1], (choice.person, self.week_of(choice.pool[1]))
            full = len(days[key] - {day}) >= self._shares.get(key, ENDLESS)
            if key not in elsewhere and (not full or day in days[key]):
                days[key].add(day)
                kept.append(one)
        return kept

    def _shared(self) -> dict[tuple[str, str], int]:
        """How many days of each week those may be called on who can come to so many of the season only: as
        many as they offer in it, in proportion."""
        found: dict[tuple[str, str], int] = {}
        for person, days in self._pools.days.items():
            most = self._pools.task.scenario.person[person].max_days
            stands = self._pools.stands(person)
            free = Counter(self.week_of(day) for day in days if day not in stands)
            total = sum(free.values())
            if most is None or total + len(stands) <= most:
                continue
            most, so_far, given = max(0, most - len(stands)), 0, 0
            for week in sorted(free):
                so_far += free[week]
                found[person, week] = so_far * most // total - given
                given = so_far * most // total
        return found

    # ---- places ---------------------------------------------------------------------------------

    def _soft(self, cell: Cell) -> int:
        demands = (self._pools.demands[number] for number in self._demands.get(cell, ()))
        return sum(demand.number for demand in demands if demand.strength == "soft")

    def _cells(self, venues: Iterable[str], weeks: Iterable[str]) -> list[Cell]:
        every = self._choices.keys() | self._demands.keys()
        return [cell for week in weeks for venue in venues if (cell := (venue, week)) in every]

    def _around(self, venue: str) -> list[str]:
        scenario = self._pools.task.scenario
        venues = dict.fromkeys(name for name, _ in self.cells)
        return sorted(venues, key=lambda name: (name != venue, scenario.travel_minutes(venue, name), name))

    def _districts(self) -> Iterator[list[str]]:
        """Near venues together, so many that a week of them is quickly decided."""
        left = dict.fromkeys(name for name, _ in self.cells)
        while left:
            district: list[str] = []
            size = 0
            for venue in self._around(next(iter(left))):
                if venue not in left:
                    continue
                size += max(len(self._choices.get((venue, week), ())) for week in self.weeks)
                if district and size > DISTRICT:
                    break
                district.append(venue)
                del left[venue]
            yield district

    def _bunch(self, venue: str, weeks: Collection[str]) -> list[Cell]:
        """The cells of a venue and its next ones, so many choices at most."""
        found: list[Cell] = []
        size = 0
        for name in self._around(venue):
            here = self._cells((name,), weeks)
            size += sum(len(self._choices.get(cell, ())) for cell in here)
            if found and size > PIECE:
                break
            found += here
        return found
