"""What no timetable of a wide season costs less than, reckoned beside its search.

At prices (`prices.py`) each specialist and each class decides apart, and so do trips, whose places and buses
are few (`departing.py`).
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import cast

import numpy as np

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request, Stop
from scheduler.solver.process import Process
from scheduler.solver.timetable.departing import Alone
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.solver.timetable.pricing.prices import PACE, Climb, Market
from scheduler.variables.lessons import Departure
from scheduler.variables.offer import Offer

TRIPS = ((0.1, 0.01), (0.4, 0.02), (1.0, 0.06))
"""When trips are decided at the prices by then, and how long at most, as parts of the time."""

ENOUGH = 2000
"""After so many steps more of them gain next to nothing."""

MOST = 1_000
"""Classes up to which there is memory for it: of 389 the prices take 0.8 GB."""

LATE = 2.0
"""Seconds that the end of a bound's search may be waited for; it is asked to be done so much earlier."""

ROUNDING = 1e-6
"""How far rounding may lead a bound astray, as a share of it."""


class Apart:
    """The least cost of a season, reckoned at better and better prices."""

    def __init__(self, request: Request, *, here: bool = False) -> None:
        """Nothing is reckoned yet: 0 is a bound. `here`: no other process is to reckon."""
        self._request = request
        # written out before any search: a scenario remembers what it is asked, so that while one thread asks
        # it no other can write it out
        is_narrow = len(request.scenario.classes) <= MOST
        is_possible = is_narrow and request.is_anew and not request.limits.reproducible
        self._given = pickle.dumps((request.scenario, request.so_far)) if is_possible and not here else b""
        self.least = 0.0
        self._stop = Stop()
        self._thread: Thread | None = None
        self._clock: Clock | None = None

    def begin(self, limits: Limits, clock: Clock) -> None:
        """Begin, in a thread; not where runs are to repeat, nor where memory is short."""
        if not self._given:
            return
        limits.stop.call(self._stop.request)
        alone, self._clock = replace(limits, workers=1, stop=self._stop), clock
        self._thread = Thread(target=lambda: self._look(alone, clock, clock.left), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """No longer look for what is still to come, but for what must be about to come at the limit."""
        is_over = self._clock is not None and self._clock.left <= LATE
        if self._thread is not None and is_over and not self._stop.requested:
            self._thread.join(LATE)
        self._stop.request()
        if self._thread is not None:
            self._thread.join(LATE)

    def beside(self, limits: Limits, clock: Clock, seconds: float) -> None:
        """The same by a process of its own, in so many seconds; where it has begun, wait so long for it."""
        if self._thread is None:
            self._look(limits, clock, seconds)
        else:
            self._thread.join(seconds)

    def _look(self, limits: Limits, clock: Clock, seconds: float) -> None:
        """Some hundred small steps a second would each wait for the search, were they made by a thread. Here
        where there can be no other process."""
        end = time.time() + seconds - LATE
        process = self._process(end) if self._given else None
        if process is None:
            self.reckon(limits, clock, seconds)
            return
        for stop in (limits.stop, self._stop):
            stop.call(process.end)
        for found in process.told():
            self.least = max(self.least, cast("float", found))
        for stop in (limits.stop, self._stop):
            stop.forget(process.end)
        if not process.went_well():
            self.reckon(limits, clock, min(seconds, clock.left))

    def _process(self, end: float) -> Process | None:
        try:
            return Process(reckoned, (self._given, end))
        except OSError:
            return None

    def reckon(
        self,
        limits: Limits,
        clock: Clock,
        seconds: float,
        tell: Callable[[float], None] = lambda least: None,
    ) -> None:
        """Climb for so many seconds; what is found is told bit by bit."""
        grid = Grid(Offer(self._request.scenario, self._request.so_far), self._request.rulebook)
        if grid.is_empty:
            return
        until = clock.after(seconds)
        climb = Market(grid, self._request.rulebook).climb()
        trips = Alone(self._request)
        whole = clock.left - until
        climbing = whole * (1 - sum(part for _, part in TRIPS))
        at, gone = clock.left, 0.0
        for share, part in TRIPS:
            while gone < share and not limits.stop.requested:
                climb.step(gone)
                if limits.reproducible:
                    clock.spend(1 / PACE)
                gone += max(1 / ENOUGH, (at - clock.left) / climbing) if climbing > 0 else 1.0
                at = clock.left
            self._learn(grid, climb, trips, limits, clock, min(part * whole, clock.after(until)))
            tell(self.least)
            at = clock.left

    def _learn(
        self, grid: Grid, climb: Climb, trips: Alone, limits: Limits, clock: Clock, seconds: float
    ) -> None:
        """What the season costs at least at the best prices, trips decided with places and buses."""
        told, periods = climb.best, climb.prices.period

        def worth(row: Departure) -> float:
            """What is paid for the course periods that a trip takes."""
            takes = [period.shift in row.trip.shifts for period in grid.periods]
            return float(periods[grid.classes[row.class_], grid.days[row.date]][takes].sum())

        decided = -np.inf
        if seconds > 0 and not limits.stop.requested:
            decided = trips.least(worth, limits, clock, seconds)
        least = told.least + max(0.0, decided - told.trips)
        self.least = max(self.least, least - ROUNDING * (1 + abs(least)))


def reckoned(given: tuple[bytes, float], tell: Callable[[object], None]) -> None:
    """The least cost of a season with a plan of who is placed where (both written out), by a moment (seconds
    since 1970)."""
    written, end = given
    scenario, plan = pickle.loads(written)  # noqa: S301 - written by the process that began this
    limits = Limits(seconds=max(0.0, end - time.time()), workers=1)
    clock = Clock(limits)
    request = Request(scenario, Rulebook(scenario.settings), plan, limits)
    Apart(request, here=True).reckon(limits, clock, clock.left, tell)
