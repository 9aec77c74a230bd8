"""The fewest gaps of a wide season: its pools filled week by week, then mended.

First each week as its relaxation leads (`guiding.py`). Where somebody is still missing, some venues and weeks
are decided together again, held against all that was decided before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random

from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.staffing.asked import missed
from scheduler.solver.staffing.flow import Flow
from scheduler.solver.staffing.guiding import Guide
from scheduler.solver.staffing.places import Cell, Places
from scheduler.solver.staffing.pools import Demand, Pool
from scheduler.solver.staffing.sharing import few_days, shared

PIECE = 4_000
"""Choices of a piece that is quickly decided."""

PIECE_SECONDS = 6.0
"""What a piece may take at most."""

SHARING, GUIDING = 0.12, 0.85
"""Of the time: for people's days in each week, and of the rest for the first roster, at most."""

AGAIN = 2
"""How many weeks are decided once more."""

FAILURES = 12
"""Pieces without success, at most one for each place that misses somebody, after which all is left."""

MOMENT = 0.1


class Filling:
    """The choices taken, and what is missing; `bound` is what `sharing` says of all gaps of a season."""

    def __init__(self, places: Places, limits: Limits, clock: Clock) -> None:
        """Nothing is taken yet."""
        self._places, self._pools = places, places.pools
        self._limits, self._clock = limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - no secret
        self.weight = 1 + max((places.soft(places.of(places.venues, (w,))) for w in places.weeks), default=0)
        self.bound = 0.0
        self.taken: dict[str, set[int]] = defaultdict(set)
        self.missing: dict[Cell, int] = {cell: self._missing_in(cell) for cell in places.cells}

    def fill(self, until: float, guided: Callable[[], None]) -> None:
        """Fill the pools as well as may be until no more than `until` of the time is left; `guided` is called
        when every week was decided once, and one processor is enough from then on."""
        clock, whole = self._clock, self._clock.left - until
        shares, self.bound = shared(self._places, self._limits, clock, SHARING * whole)
        left = self._guided(shares, until + (1 - GUIDING) * (clock.left - until))
        guided()
        self._sweep(left, shares, until)
        self._again(until)
        self._mend(until)

    def _guided(self, shares: Mapping[Cell, int], until: float) -> list[str]:
        """Every week by itself, some at once; the weeks for which time was too short."""
        weeks, limits, clock = self._places.weeks, self._limits, self._clock
        workers = 1 if limits.reproducible else max(1, min(2, limits.workers))
        guide = Guide(self._places, shares, self.weight, limits, clock)
        begun = 0

        def decided(week: str) -> list[int] | None:
            nonlocal begun
            seconds = workers * (clock.left - until) / (len(weeks) - begun)
            begun += 1
            if seconds <= MOMENT or limits.stop.requested:
                return None
            left = clock.left - until
            return guide.week(week, min(seconds, left), left)

        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(decided, weeks))
        for week, taken in zip(weeks, found, strict=True):
            if taken is not None:
                self._take(self._places.of(self._places.venues, (week,)), taken)
        return [week for week, taken in zip(weeks, found, strict=True) if taken is None]

    def _sweep(self, weeks: Iterable[str], shares: Mapping[Cell, int], until: float) -> None:
        """A first roster of weeks that were not led to one, some venues at a time."""
        pieces = [
            piece for week in weeks for piece in self._split(self._places.of(self._places.venues, (week,)))
        ]
        for number, piece in enumerate(pieces):
            left = self._clock.left - until
            if left <= MOMENT or self._limits.stop.requested:
                return
            self._anew(piece, 3 * left / (len(pieces) - number + 2), shares)

    def _split(self, cells: Iterable[Cell]) -> Iterator[list[Cell]]:
        piece: list[Cell] = []
        for cell in cells:
            if piece and self._places.size([*piece, cell]) > PIECE:
                yield piece
                piece = []
            piece.append(cell)
        if piece:
            yield piece

    def _again(self, until: float) -> None:
        """The weeks that miss most once more, with all the days that others left over of people's shares."""
        limited, places, clock = few_days(self._pools), self._places, self._clock
        cells = {week: places.of(places.venues, (week,)) for week in places.weeks}
        short = {week: sum(self.missing[cell] for cell in here) for week, here in cells.items()}
        weeks = [week for week in sorted(short, key=lambda week: -short[week]) if short[week]][:AGAIN]
        for number, week in enumerate(weeks if limited else ()):
            seconds = (clock.left - until) / (len(weeks) - number)
            if seconds <= MOMENT or self._limits.stop.requested:
                return
            shares = {(who, week): most - self._days(who, week) for who, most in limited.items()}
            guide = Guide(places, shares, self.weight, self._limits, clock)
            taken = guide.week(week, seconds, clock.left - until)
            if taken is not None:
                self._try(cells[week], places.choices(cells[week]), taken)

    def _days(self, person: str, but: str) -> int:
        """On how many days somebody is called on in other weeks."""
        days = {self._pools.choices[one].pool[1] for one in self.taken.get(person, ())}
        free = days.difference(self._pools.stands(person))
        return sum(self._places.week_of(day) != but for day in free)

    def _mend(self, until: float) -> None:
        failed, places = 0, self._places
        while self._clock.left > until + MOMENT and not self._limits.stop.requested:
            short = {cell: amount for cell, amount in self.missing.items() if amount}
            if not short or failed >= min(len(short), FAILURES):
                return
            ((venue, week),) = self._dice.choices(list(short), list(short.values()))
            piece = places.bunch(venue, [week] if failed < len(short) else places.weeks, PIECE)
            better = self._anew(piece, min(PIECE_SECONDS, self._clock.left - until))
            failed = 0 if better else failed + 1

    def _anew(
        self, piece: Collection[Cell], seconds: float, shares: Mapping[Cell, int] | None = None
    ) -> bool:
        """Decide some cells anew, less missing than now; whether that could be done."""
        ones = self._places.choices(piece)
        beside = self._beside(ones, set(piece))
        flow = Flow(self._pools, [*ones, *beside], standing=beside, shares=shares)
        flow.ask(self._pools.demands[number] for number in self._places.demands(piece))
        found, _ = flow.best(flow.cost(self.weight), self._limits, self._clock, seconds)
        return found is not None and self._try(piece, ones, set(found).difference(beside))

    def _try(self, piece: Collection[Cell], ones: Iterable[int], found: Iterable[int]) -> bool:
        """Take other choices in some cells if less is missing then."""
        before = [one for one in ones if one in self.taken[self._pools.choices[one].person]]
        was = sum(self.missing[cell] for cell in piece)
        self._take(piece, found)
        if sum(self.missing[cell] for cell in piece) < was:
            return True
        self._take(piece, before)
        return False

    def _take(self, piece: Collection[Cell], found: Iterable[int]) -> None:
        """Take these choices in some cells, and no others there."""
        for one in self._places.choices(piece):
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
        for number in self._places.demands([cell]):
            demand = self._pools.demands[number]
            taken = sum(one in self.taken[self._pools.choices[one].person] for one in demand.choices)
            others = found[demand.pool]
            others.append((demand, missed(demand, demand.present + taken, others)))
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
            if self._places.cell_of[other] not in piece
        ]
