"""The fewest gaps of a wide season: its pools filled week by week, then mended.

First each week as `guiding.py` decides it. Where somebody is still missing, some venues of a week are decided
together again, whatever borders there were before, held against all else that was decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.pooling.asked import missed
from scheduler.solver.staffing.pooling.at_once import AtOnce
from scheduler.solver.staffing.pooling.dealing import dealt
from scheduler.solver.staffing.pooling.flow import Flow
from scheduler.solver.staffing.pooling.guiding import Guide
from scheduler.solver.staffing.pooling.places import Cell, Places
from scheduler.solver.staffing.pooling.pools import Demand, Pool
from scheduler.solver.staffing.pooling.promising import Promises

PIECE = 4_000
"""Choices of a piece that is quickly decided without a relaxation that leads."""

MENDED, GROWING, WIDEST = 10_000, 1.5, 40_000
"""Choices of a piece that mends: at first, how much more where nothing gets better by it, and at most."""

PIECE_SECONDS = 6.0
"""What branch and bound of a piece may take at most."""

PROMISING, GUIDING = 0.1, 0.7
"""Of the time: for people's days in each week, and of the rest for the first roster, at most."""

MUST = 10
"""How much more often a cell is tried again for a must gap than for a soft one."""

MOMENT, HALF = 0.1, 0.5


class Filling:
    """The choices taken, and what is missing."""

    def __init__(self, places: Places, limits: Limits, clock: Clock) -> None:
        """Nothing is taken yet."""
        self._places, self._pools = places, places.pools
        self._limits, self._clock = limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - no secret
        self.weight = 1 + max((places.soft(places.of(places.venues, (w,))) for w in places.weeks), default=0)
        self.taken: dict[str, set[int]] = defaultdict(set)
        self.missing: dict[Cell, int] = {cell: self._missing_in(cell) for cell in places.cells}

    def fill(
        self,
        until: float,
        guided: Callable[[], None] = lambda: None,
        enough: Callable[[int, int], bool] = lambda must, soft: False,
    ) -> None:
        """Fill the pools as well as may be until no more than `until` of the time is left, or so many must
        and soft gaps are `enough`; `guided` is called when every week was decided once, and one processor is
        enough from then on."""
        clock, whole = self._clock, self._clock.left - until
        promises = Promises(self._places, self._limits, clock, PROMISING * whole)
        self._guided(promises, until + (1 - GUIDING) * (clock.left - until))
        guided()
        left = self._at_once()
        self._sweep(left, promises, until)
        self._mend(until, enough)

    @property
    def roster(self) -> Roster:
        """What is taken, dealt to the classes of each pool."""
        return dealt(self._pools, (one for taken in self.taken.values() for one in taken))

    def _guided(self, promises: Promises, until: float) -> None:
        """Every week of every region by itself, some at once; as far as the time goes."""
        places, limits, clock = self._places, self._limits, self._clock
        workers = 1 if limits.reproducible else max(1, min(2, limits.workers))
        guide = Guide(places, promises, self.weight, limits, clock)
        tasks = [(region, week) for region in range(len(guide.regions)) for week in places.weeks]
        begun = 0

        def decided(task: tuple[int, str]) -> list[int] | None:
            nonlocal begun
            seconds = workers * (clock.left - until) / (len(tasks) - begun)
            begun += 1
            if seconds <= MOMENT or limits.stop.requested:
                return None
            return guide.week(*task, min(seconds, clock.left - until))

        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(decided, tasks))
        for (region, week), taken in zip(tasks, found, strict=True):
            if taken is not None:
                self._take(places.of(guide.regions[region], (week,)), taken)

    def _at_once(self) -> list[Cell]:
        """A roster of the cells to which nobody was called so far, whatever time is left; these cells."""
        called = {self._places.cell_of[one] for ones in self.taken.values() for one in ones}
        cells = [cell for cell, amount in self.missing.items() if amount and cell not in called]
        if cells:
            quick = AtOnce(self._pools, self.taken)
            quick.fill(self._places.demands(cells))
            self._take(cells, quick.found)
        return cells

    def _sweep(self, cells: Iterable[Cell], promises: Promises, until: float) -> None:
        """A better roster of cells that were not led to one, some venues at a time."""
        pieces = list(self._split(cells))
        for number, piece in enumerate(pieces):
            left = self._clock.left - until
            if left <= MOMENT or self._limits.stop.requested:
                return
            flow, ones, beside = self._flow(piece, promises)
            seconds = 3 * left / (len(pieces) - number + 2)
            found, _ = flow.best(flow.cost(self.weight), self._limits, self._clock, seconds)
            if found is not None:
                self._try(piece, ones, set(found).difference(beside))

    def _split(self, cells: Iterable[Cell]) -> Iterator[list[Cell]]:
        piece: list[Cell] = []
        for cell in cells:
            if piece and self._places.size([*piece, cell]) > PIECE:
                yield piece
                piece = []
            piece.append(cell)
        if piece:
            yield piece

    def _mend(self, until: float, enough: Callable[[int, int], bool]) -> None:
        """Pieces around the cells that miss most, wider ones when no more gets better by them."""
        size, tried = float(MENDED), set[Cell]()
        while self._clock.left > until + MOMENT and not self._limits.stop.requested:
            if enough(*self._missed()):
                return
            short = {
                cell: self.missing_in(cell, MUST)
                for cell, amount in self.missing.items()
                if amount and cell not in tried
            }
            if not short:
                size, tried = size * GROWING, set()
                if size > WIDEST or not any(self.missing.values()):
                    return
                continue
            ((venue, week),) = self._dice.choices(list(short), list(short.values()))
            piece = self._places.bunch(venue, [week], int(size))
            if self._anew(piece, until):
                tried.difference_update(piece)
            else:
                tried.add((venue, week))

    def _anew(self, piece: Collection[Cell], until: float) -> bool:
        """Decide some cells of a week anew, less missing than now; whether that could be done. Only where the
        relaxation says so is there anything to be found, and it says where."""
        flow, ones, beside = self._flow(piece)
        cost, limits, clock = flow.cost(self.weight), self._limits, self._clock
        was = sum(self.missing[cell] for cell in piece)
        used, bound = flow.relaxed(cost, limits, clock, clock.left - until)
        if used is None or bound > was - HALF:
            return False
        now = (one for one in ones if one in self.taken[self._pools.choices[one].person])
        seconds = min(PIECE_SECONDS, clock.left - until)
        found, _ = flow.best(cost, limits, clock, seconds, among={*used, *now, *beside})
        return found is not None and self._try(piece, ones, set(found).difference(beside))

    def _flow(
        self, piece: Collection[Cell], promises: Promises | None = None
    ) -> tuple[Flow, list[int], list[int]]:
        """What may be decided in some cells, the choices there, and what their people do elsewhere."""
        ones = self._places.choices(piece)
        beside = self._beside(ones, set(piece))
        shares = None if promises is None else promises.shares
        flow = Flow(self._pools, [*ones, *beside], standing=beside, shares=shares)
        flow.ask(self._pools.demands[number] for number in self._places.demands(piece))
        return flow, ones, beside

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
        self._limits.report(Progress("staffing", "must_gaps", self._missed()[0], None))

    def _missed(self) -> tuple[int, int]:
        """What is missing for must and for soft asks."""
        must = sum(amount // self.weight for amount in self.missing.values())
        return must, sum(amount % self.weight for amount in self.missing.values())

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
