"""What no timetable of a wide season costs less than: prices tie specialists to classes (Lagrange).

A price for each class's course period that is filled, and for each session of a course in a class's week: at
these prices each specialist and each class decides alone, so that the season falls apart into small questions
with exact answers. Their costs, with what the prices come to, sum to a bound of the season, whatever the
prices are; they are raised where more is taken than given, and lowered where less is (subgradients, each
coordinate by its own step: Kingma and Ba, Adam, 2015).

Left out, in the bound's favour: locks but those of trips; which rooms and kits are taken; who gives a course
beside whom; days running, what is active, what comes after what; budgets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.domain.programme import TeachingOffers
from scheduler.rules import Rulebook
from scheduler.rules.timetable.fair_shares import FairShares
from scheduler.solver.linear import Numbers, Places
from scheduler.solver.timetable.pricing.grid import NEVER, Grid
from scheduler.solver.timetable.pricing.specialists import People, Weeks
from scheduler.solver.timetable.pricing.taking import Courses, Trips, Wishes
from scheduler.solver.timetable.pricing.touring import Touring

UNIT = {"empty_periods": 1.0, "interests": 1.0, "no_wish_served": 0.3, "minimum_sessions": 0.15}
"""Prices are of the size of the greatest of these shares of the rules' weights."""

QUICK, SLOW = 0.16, 0.004
"""The first and the last step of a price, as a share of that."""

PACE = 200
"""Steps in a second where runs are to repeat."""

MEMORY, SCALE = 0.9, 0.99
"""What is kept of the steps' direction, and of their size, from one to the next."""


class Prices(NamedTuple):
    """What is paid for a course period filled [C, D, P]; for a session given by a specialist [C, K, W]; for
    each wish; by a specialist for each day, and for each session [S]."""

    period: Numbers
    session: Numbers
    wish: Numbers
    day: Numbers
    load: Numbers


class Units(NamedTuple):
    """About how large each kind of price is."""

    period: float
    session: float
    wish: float
    day: float
    load: float


class Told(NamedTuple):
    """What the season costs at least at some prices; of that what trips cost; how each price would best
    change; [4, n] what specialists give: who, the class, the course and the day of each session."""

    least: float
    trips: float
    slope: Prices
    given: Places


class Market:
    """A season that falls apart at prices."""

    def __init__(self, grid: Grid, rulebook: Rulebook) -> None:
        """Know all that does not depend on prices."""
        self._grid = grid
        self._wishes, self._courses, self._trips = Wishes(grid), Courses(grid, rulebook), Trips(grid)
        self._people = People(grid)
        self._touring = Touring(grid, self._people) if self._people.rows else None
        self._weeks = Weeks(grid, self._people) if self._people.rows else None
        self._shares = self._of_shares(rulebook)
        unit = max(share * grid.weight[rule] for rule, share in UNIT.items()) or 1.0
        self._units = Units(unit, unit, unit, unit, grid.weight["fair_shares"])

    def _of_shares(self, rulebook: Rulebook) -> Numbers:
        """[S, sessions] what so many sessions in a season cost of fair shares."""
        rule = rulebook.by_id[FairShares.id()]
        assert isinstance(rule, FairShares)
        most = int(self._people.a_week.max(initial=0)) * len(self._grid.weeks)
        offers, loads = TeachingOffers(self._grid.scenario, self._grid.plan), np.arange(most + 1)
        found = np.zeros((len(self._people.rows), most + 1))
        for place, row in enumerate(self._people.rows):
            offer = offers.of(row.id)
            for step in range(1, rule.steps):
                found[place] += np.maximum(0, loads - (step * offer + rule.steps - 1) // rule.steps)
        return self._grid.weight["fair_shares"] * found

    @property
    def specialists(self) -> list[str]:
        """Who gives sessions, in the order of their numbers."""
        return [row.id for row in self._people.rows]

    def first(self) -> Prices:
        """Prices to begin with: an empty period's for a period, nothing else."""
        grid, number = self._grid, len(self._people.rows)
        wish = np.zeros(len(self._wishes.worth))
        hopeless = np.bincount(self._wishes.wish, minlength=len(wish)) == 0
        return Prices(
            period=np.where(grid.open, grid.weight["empty_periods"], 0.0),
            session=np.zeros(grid.had.shape),
            wish=np.where(hopeless, self._wishes.worth, wish),
            day=np.zeros(number),
            load=np.zeros(number),
        )

    @property
    def ends(self) -> tuple[Prices, Prices]:
        """Between which each price lies."""
        grid, number = self._grid, len(self._people.rows)
        nothing, endless = np.zeros(number), np.full(number, np.inf)
        period, session = np.full(grid.open.shape, np.inf), np.full(grid.had.shape, np.inf)
        low = Prices(-period, -session, np.zeros(len(self._wishes.worth)), nothing, nothing)
        high = np.where(grid.open, grid.weight["empty_periods"], 0.0)
        return low, Prices(high, session, self._wishes.worth, endless, endless)

    def at(self, prices: Prices) -> Told:
        """The sum of what everybody decides alone."""
        grid, people = self._grid, self._people
        period = np.where(grid.open, prices.period, 0.0)
        blocks = np.where(grid.offered, (period @ grid.takes.T)[:, None], NEVER)  # C, K, D, B
        block = blocks.argmax(axis=3)
        filled: Numbers = blocks.max(axis=3)
        taken = self._courses.least(prices.session, self._wishes.by_session(prices.wish), filled)
        trips, away = self._trips.least(period)
        least = period.sum() + prices.wish.sum() + taken.cost + trips
        busy = away
        np.add.at(busy, (taken.led[0], taken.led[2]), grid.takes[block[tuple(taken.led)]])
        more = np.where(grid.led[:, None], 0.0, taken.sessions.astype(np.float64))
        day = load = np.zeros(0)
        given: Places = np.zeros((4, 0), dtype=np.int64)
        if self._touring is not None and self._weeks is not None:
            worth = filled + prices.session[:, :, grid.week_of]
            days = self._touring.days(worth, people.fee + prices.load) - prices.day[:, None, None]
            total, number = self._weeks.best(days)
            shares = self._shares - prices.load[:, None] * np.arange(self._shares.shape[1])
            least += shares.min(axis=1).sum() - total - (prices.day * people.days).sum()
            day = (number > 0).sum(axis=1) - people.days.astype(np.float64)
            load = number.sum(axis=1) - shares.argmin(axis=1).astype(np.float64)
            given = self._touring.given(number)
            _, class_, course, when = given
            np.add.at(busy, (class_, when), grid.takes[block[class_, course, when]])
            np.subtract.at(more, (class_, course, grid.week_of[when]), 1.0)
        wish = 1.0 - self._wishes.served(taken.sessions).astype(np.float64)
        return Told(float(least), trips, Prices(grid.open - busy, more, wish, day, load), given)

    def climb(self) -> Climb:
        """Begin to look for better prices."""
        return Climb(self, self.first(), *self.ends, self._units)


class Climb:
    """Better and better prices."""

    def __init__(self, market: Market, first: Prices, low: Prices, high: Prices, units: Units) -> None:
        """Begin with some prices, each between two ends, in steps of their size."""
        self._market, self._prices, self._low, self._high, self._units = market, first, low, high, units
        self._way = [np.zeros_like(one) for one in first]
        self._size = [np.zeros_like(one) for one in first]
        self._number = 0
        self.best, self.prices = market.at(first), first
        """The highest bound so far, and its prices."""

    def step(self, done: float) -> Told:
        """Change all prices; `done` is the part of the time that is gone, from 0 to 1: ever smaller steps.
        What the prices before told."""
        told = self._market.at(self._prices)
        if told.least > self.best.least:
            self.best, self.prices = told, self._prices
        self._number += 1
        length = QUICK * (SLOW / QUICK) ** done
        ways, sizes = 1 - MEMORY**self._number, 1 - SCALE**self._number
        changed = []
        for place, slope in enumerate(told.slope):
            price, low, high = self._prices[place], self._low[place], self._high[place]
            slope = np.where((price >= high) & (slope > 0) | (price <= low) & (slope < 0), 0.0, slope)
            self._way[place] = MEMORY * self._way[place] + (1 - MEMORY) * slope
            self._size[place] = SCALE * self._size[place] + (1 - SCALE) * slope**2
            change = self._way[place] / ways / (np.sqrt(self._size[place] / sizes) + 1e-3)
            change *= length * self._units[place]
            changed.append(np.clip(price + change, low, high))
        self._prices = Prices(*changed)
        return told
