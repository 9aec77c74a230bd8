"""What no timetable costs less than: the season summed, loosely and then in whole numbers where it can be."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from math import floor, inf
from threading import Thread

from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import Goal
from scheduler.solver.rows import Rows
from scheduler.solver.summing import Summing, Sums
from scheduler.solver.timetable.build import Built
from scheduler.solver.timetable.departing import Least, least_of_trips
from scheduler.solver.timetable.weekly import Weekly

WEEKS, DAYS = (0.05, 0.05), (0.4, 0.1)
"""The parts of the time left that are spent on the bound by weeks and by days, each loosely and then in whole
numbers."""

WIDE = 8000
"""Of more decisions than so many the sums are solved in whole numbers only block by block."""

BY_DAY = 300_000
"""Of more decisions than so many the days' sums are neither solved in minutes nor kept in 4 GB."""

MEASURED, GROWTH = (42_000, 26.0), 1.4
"""So many decisions summed by days took so many seconds; how that grows with their number."""

ASIDE = 0.7
"""The part of the time left that days' sums may take beside the search for a better timetable."""

TRIPS = 0.03
"""The part of the time left that is spent on the trips alone."""

LAST = 0.85
"""The part of the time then left for their blocks in whole numbers."""

USED = 0.01
"""What of a lesson's sum makes it likely."""


@dataclass
class Bounds:
    """The least that any timetable costs as far as is known, and the decisions that one of that cost would
    be likely to take."""

    built: Built
    goal: Goal
    rows: Rows
    least: float = 0.0
    likely: Set[int] = field(default_factory=frozenset)
    trips: Least | None = None

    def find(self, limits: Limits, clock: Clock) -> None:
        """By weeks, then by days."""
        self._trips(limits, clock)
        self._small(limits, clock, by_day=False)
        self._small(limits, clock, by_day=True)

    def by_weeks(self, limits: Limits, clock: Clock) -> None:
        """Of a wide season: a quick and modest bound, from which the search for hours may begin."""
        self._trips(limits, clock)
        self._wide(limits, clock, WEEKS[0] * clock.left, WEEKS[1], by_day=False)

    def beside(self, limits: Limits, clock: Clock) -> Thread | None:
        """Begin to look for a wide season's bound by days while something else is done; None if it is too
        wide for that, or the time too short. What is found is told here bit by bit."""
        number = len(self.built.decisions)
        expected = MEASURED[1] * (number / MEASURED[0]) ** GROWTH
        if number > BY_DAY or expected > ASIDE * clock.left or limits.stop.requested:
            return None
        alone = replace(limits, workers=1)
        thread = Thread(
            target=lambda: self._wide(alone, clock, ASIDE * clock.left, LAST, by_day=True), daemon=True
        )
        thread.start()
        return thread

    def _small(self, limits: Limits, clock: Clock, *, by_day: bool) -> None:
        if limits.stop.requested:
            return
        weekly, summing = self._summed(by_day=by_day)
        for whole, share in zip((False, True), DAYS if by_day else WEEKS, strict=True):
            cost = self.goal.cost[1]
            found = summing.least(cost, limits, clock, share * clock.left, whole=whole)
            self._learn(weekly, found)
            if found.bound == -inf:
                break  # nor will it be found in whole numbers

    def _wide(self, limits: Limits, clock: Clock, seconds: float, then: float, *, by_day: bool) -> None:
        """Loosely in so many seconds; then each specialist's own part in whole numbers, in a part of the time
        then left."""
        weekly, summing = self._summed(by_day=by_day)
        cost = self.goal.cost[1]
        found = summing.least(
            cost, limits, clock, min(seconds, clock.left), whole=False, first_order=not by_day
        )
        self._learn(weekly, found)
        if found.duals and not limits.stop.requested:
            blocks = summing.blocks(weekly.block_of)
            bound = blocks.bound(found.duals, limits, clock, then * clock.left)
            self._learn(weekly, Sums(bound, None))

    def _trips(self, limits: Limits, clock: Clock) -> None:
        if not limits.stop.requested:
            self.trips = least_of_trips(self.built, self.goal, self.rows, limits, clock, TRIPS * clock.left)

    def _summed(self, *, by_day: bool) -> tuple[Weekly, Summing]:
        weekly = Weekly(self.built, by_day=by_day)
        summing = Summing(self.built.model, self.rows, weekly.groups, weekly.family)
        if self.trips is not None:
            summing.hold(*self.trips)
        return weekly, summing

    def _learn(self, weekly: Weekly, found: Sums) -> None:
        if found.bound > -inf:
            bound = floor(self.goal.cost[0] + found.bound) / self.goal.scale
            self.least = max(self.least, bound)
        if found.sizes is not None:
            sizes = found.sizes
            indices = (held.index for held in self.built.decisions)
            self.likely = {one for one in indices if sizes.get(weekly.groups[one], 0.0) > USED}
