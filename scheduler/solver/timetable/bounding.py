"""What no timetable costs less than: the season summed, loosely and then in whole numbers where it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil, inf
from threading import Event, Thread

from scheduler.solver.branching import Search
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import ENDLESS, Row, Rows, step
from scheduler.solver.summing import Summing, Sums
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.departing import Least, least_of_trips
from scheduler.solver.timetable.pricing.apart import Apart
from scheduler.solver.timetable.weekly import Weekly

WEEKS = (0.15, 0.15)
"""The parts of the time left that a wide season's bound by weeks takes, loosely and then in whole numbers."""

RELAXED = 0.2
"""The part of the time left that the relaxation of a season that is not wide may take."""

WIDE = 8000
"""Seasons of more decisions are bounded by sums."""

PRICED = 8000
"""Seasons of more decisions are then bounded by prices, unless runs are to repeat or something of them
stands."""

BY_DAY = 300_000
"""Of more decisions than so many the days' sums are neither solved in minutes nor kept in 4 GB."""

DAYS, WHOLE, GROWTH = (42_000, 26.0), (42_000, 56.0), 1.4
"""So many decisions took so many seconds, summed by days and as they are; how that grows with their
number."""

ASIDE = 0.7
"""The part of the time left that days' sums may take beside the search for a better timetable."""

TRIPS = 0.03
"""The part of the time left that is spent on the trips alone."""

LAST = 0.85
"""The part of the time then left for their blocks in whole numbers."""

ROUNDING = 1e-3
"""How far rounding may lead a bound astray, as a share of what all costs are multiples of."""

PATIENCE = 0.5
"""Seconds after which who waits for a bound looks whether it is still wanted."""

USED = 0.01
"""What of a lesson's sum makes it likely."""


@dataclass(frozen=True)
class _Summed:
    """A season's sums, and the prices of a solution of them."""

    weekly: Weekly
    summing: Summing
    duals: Sequence[float] = ()


@dataclass
class Bounds:
    """The least that any timetable costs as far as is proven, and the decisions that one of that cost would
    be likely to take."""

    built: Built
    goal: Goal
    rows: Rows
    linear: Linear
    known: float = inf
    """What the best timetable known costs: a bound beyond it is refuted, and forgotten."""
    likely: Set[int] = field(default_factory=frozenset)
    trips: Least | None = None
    apart: Apart | None = None
    """The bound by prices, where there may be one."""
    _told: set[float] = field(default_factory=set)
    _began: Event = field(default_factory=Event)
    found: Mapping[int, int] | None = None
    """A solution of the whole that came to light on the way."""

    @property
    def is_wide(self) -> bool:
        """Whether the season is too large to be bounded as it is."""
        return len(self.built.decisions) > WIDE

    @property
    def _is_priced(self) -> bool:
        return len(self.built.decisions) > PRICED

    @cached_property
    def _whole(self) -> Search:
        """The season as it is."""
        whole = self.linear.piece(range(len(self.built.model.cp.proto.variables)), None)
        if self.trips is not None:
            whole.hold(*self.trips)
        return whole

    @cached_property
    def step(self) -> int:
        """All costs are multiples of so much, the constant apart."""
        return step(self.goal.cost[1])

    def learn(self, bound: float) -> None:
        """No timetable costs less than so much, the constant apart."""
        if bound > -inf:
            whole = ceil(bound / self.step - ROUNDING) * self.step
            self._told.add((self.goal.cost[0] + whole) / self.goal.scale)

    @property
    def least(self) -> float:
        """The best bound that nothing refutes; nothing costs less than 0."""
        told = [*self._told, self.apart.least if self.apart else 0.0]
        return max((one for one in told if 0 <= one <= self.known), default=0.0)

    def first(self, limits: Limits, clock: Clock) -> None:
        """A quick and modest bound, from which the search may begin."""
        if limits.stop.requested:
            return
        self.trips = least_of_trips(self.built, self.goal, self.linear, limits, clock, TRIPS * clock.left)
        if self.is_wide:
            summed = self._by_sums(limits, clock, WEEKS[0] * clock.left, by_day=False)
            self._by_blocks(summed, limits, clock, WEEKS[1] * clock.left)
            return
        found = self._whole.relaxed(self.goal.cost[1], limits, RELAXED * clock.left)
        if found is not None:
            self.learn(found.bound)
            indices = (held.index for held in self.built.decisions)
            self.likely = {one for one in indices if found.point[one] > USED}

    def better(
        self, limits: Limits, clock: Clock, seconds: float, values: Sequence[int] | None = None
    ) -> None:
        """A better one: branch and bound on the whole, from these values; of a wide season by prices. Where
        these may not be, its days summed, unless it is too wide for that, or the time too short; then the
        relaxation of the season as it is where there is time enough, else the days in blocks."""
        if limits.stop.requested:
            return
        if not self.is_wide:
            found = self._whole.best(self.goal.cost[1], limits, clock, seconds, known=values)
            self.learn(found.bound)
            self.found = found.values
        elif self._is_priced and self.apart is not None and not limits.reproducible:
            self.apart.beside(limits, clock, seconds)
        elif len(self.built.decisions) <= BY_DAY and self._expected(DAYS) <= ASIDE * seconds:
            summed = self._by_sums(limits, clock, ASIDE * seconds, by_day=True)
            if not limits.reproducible and self._expected(WHOLE) <= ASIDE * clock.left:
                self._by_interior_points(limits, clock.left)
            else:
                self._by_blocks(summed, limits, clock, LAST * clock.left)

    def beside(
        self,
        limits: Limits,
        clock: Clock,
        values: Sequence[int] | None = None,
        *,
        from_first: bool = False,
    ) -> Thread:
        """Begin to look for a better one (the first one too, if so asked), from these values, while something
        else is done; what is found is told here bit by bit."""
        alone = replace(limits, workers=1)

        def look() -> None:
            try:
                if from_first:
                    self.first(alone, clock)
            finally:
                self._began.set()
            self.better(alone, clock, clock.left, values)

        thread = Thread(target=look, daemon=True)
        thread.start()
        return thread

    def await_first(self, thread: Thread | None, limits: Limits, clock: Clock) -> None:
        """Wait until a thread that looks for bounds has found the first one."""
        while thread is not None and not (self._began.wait(PATIENCE) or limits.stop.requested):
            if not thread.is_alive() or clock.left <= 0:
                return

    def _expected(self, measured: tuple[int, float]) -> float:
        """About how many seconds something takes."""
        return measured[1] * float((len(self.built.decisions) / measured[0]) ** GROWTH)

    def _by_interior_points(self, limits: Limits, seconds: float) -> None:
        """The relaxation of the season as it is."""
        if limits.stop.requested:
            return
        relaxation = Relaxation(self.built.model, self.linear)
        if self.trips is not None:
            relaxation.require(Row((), tuple(self.trips.terms), self.trips.bound, ENDLESS))
        self.learn(relaxation.by_interior_points(self.goal.cost[1], limits, seconds).bound)

    def _by_sums(self, limits: Limits, clock: Clock, seconds: float, *, by_day: bool) -> _Summed:
        """Loosely, in any numbers, in so many seconds."""
        summed = self._summed(by_day=by_day)
        found = summed.summing.least(
            self.goal.cost[1], limits, clock, min(seconds, clock.left), whole=False, quickly=not by_day
        )
        self._learn(summed, found)
        return replace(summed, duals=found.duals)

    def _by_blocks(self, summed: _Summed, limits: Limits, clock: Clock, seconds: float) -> None:
        """Each specialist's own part of the sums in whole numbers, in so many seconds."""
        if summed.duals and not limits.stop.requested:
            blocks = summed.summing.blocks(summed.weekly.block_of)
            self._learn(summed, Sums(blocks.bound(summed.duals, limits, clock, seconds), None))

    def _summed(self, *, by_day: bool) -> _Summed:
        weekly = Weekly(self.built, by_day=by_day)
        summing = Summing(self.built.model, self.rows, weekly.groups, weekly.family)
        if self.trips is not None:
            summing.hold(*self.trips)
        return _Summed(weekly, summing)

    def _learn(self, summed: _Summed, found: Sums) -> None:
        self.learn(found.bound)
        if found.sizes is not None:
            sizes, groups = found.sizes, summed.weekly.groups
            indices = (held.index for held in self.built.decisions)
            self.likely = {one for one in indices if sizes.get(groups[one], 0.0) > USED}
