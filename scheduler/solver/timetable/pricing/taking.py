"""The least that classes cost at some prices: what they have of each course in each week, and on which trips
they go.

Everything here is convex, so that the best is in closed form: courses by the sessions of a week, the cheapest
first; wishes by a price between nothing and what each is worth.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from scheduler.rules import Rulebook
from scheduler.rules.timetable.variety import Variety
from scheduler.solver.linear import Numbers, Places
from scheduler.solver.timetable.pricing.grid import NEVER, Grid

Wish = tuple[tuple[tuple[str, str], ...], tuple[str, ...], float]
"""Classes and weeks, courses any of which would do in any of them, and what it costs if none is had."""


class Wishes:
    """What children wish for: of each wish one course in one week is enough.

    `worth` [wishes]; `wish` and `place` the pairs of a wish and what would serve it, numbered as C, K, W.
    """

    def __init__(self, grid: Grid) -> None:
        """Children who share classes, weeks and wishes count together."""
        scenario, plan, weight = grid.scenario, grid.plan, grid.weight
        found: Counter[Wish] = Counter()
        for child in {row.child for row in plan.placements} & set(scenario.child):
            wishes = sorted(set(scenario.child[child].interests) & set(scenario.course))
            stay = tuple(sorted((class_, week) for week, class_ in plan.weeks_of(child).items()))
            found.update((stay, (course,), weight["interests"]) for course in wishes)
            if wishes:
                found[stay, tuple(wishes), weight["no_wish_served"]] += 1
        pairs = [
            (number, (grid.classes[class_], grid.courses[course], grid.weeks[week]))
            for number, (stay, courses, _) in enumerate(sorted(found))
            for class_, week in stay
            if class_ in grid.classes and week in grid.weeks
            for course in courses
        ]
        pairs = [pair for pair in pairs if grid.had[pair[1]]]
        self.worth: Numbers = np.array([found[one] * one[2] for one in sorted(found)], dtype=np.float64)
        self.wish: Places = np.array([number for number, _ in pairs], dtype=np.int64)
        at = np.array([place for _, place in pairs], dtype=np.int64).reshape(-1, 3)
        self._shape = grid.had.shape
        self.place: Places = np.ravel_multi_index((at[:, 0], at[:, 1], at[:, 2]), self._shape)

    def by_session(self, price: Numbers) -> Numbers:
        """[C, K, W] what the first session of a course in a week is worth where a wish is worth [wishes]."""
        size = int(np.prod(self._shape))
        found: Numbers = np.bincount(self.place, price[self.wish], size).astype(np.float64)
        return found.reshape(self._shape)

    def served(self, taken: Places) -> Places:
        """[wishes] how often each is served by [C, K, W] sessions, once for each course and week."""
        had = taken.reshape(-1)[self.place] > 0
        return np.bincount(self.wish, had, len(self.worth)).astype(np.int64)


class Taken(NamedTuple):
    """What it costs at least, [C, K, W] the sessions taken, and [3, n] class, course and day of those that
    need no specialist."""

    cost: float
    sessions: Places
    led: Places


class Courses:
    """How many sessions of each course a class takes in each week."""

    def __init__(self, grid: Grid, rulebook: Rulebook) -> None:
        """Know what each session more costs by itself, and the limits."""
        self._grid, weight = grid, grid.weight
        variety = rulebook.by_id[Variety.id()]
        assert isinstance(variety, Variety)
        days = grid.days_in.shape[1]
        most = np.array([days if row.max_per_week is None else row.max_per_week for row in grid.rows])
        least = np.array([row.min_per_week for row in grid.rows])
        number = np.arange(1, max(1, min(days, int(most.max(initial=0)))) + 1)
        cost = np.where(number > np.maximum(variety.often, least)[:, None], weight["variety"], 0.0)
        cost -= np.where(number <= least[:, None], weight["minimum_sessions"], 0.0)
        cost = np.where(number <= most[:, None], cost, -NEVER)
        self._cost = np.where(grid.had[..., None], cost[:, None, :], -NEVER)
        """[C, K, W, n] what the first, the second, ... session costs."""
        endless = self._cost.shape[2] * self._cost.shape[3]
        season = [endless if row.max_per_season is None else row.max_per_season for row in grid.rows]
        self._season: Places = np.array(season, dtype=np.int64)
        asked = sum(
            row.min_per_week
            for class_, week in {(class_, grid.scenario.week_of(day)) for class_, day in grid.offer.shifts}
            for row in grid.offer.suited(class_, week)
        )
        self._missing = weight["minimum_sessions"] * asked
        """What it costs that no session is held at all."""

    def least(self, price: Numbers, wished: Numbers, filled: Numbers) -> Taken:
        """The least cost where a session given by a specialist costs [C, K, W], the first of a week is worth
        so much [C, K, W], and one that needs nobody is worth so much [C, K, D] for the periods it fills."""
        grid = self._grid
        cost = self._cost.copy()
        cost[..., 0] -= wished
        cost += np.where(grid.led[:, None], 0.0, price)[..., None]
        in_week = np.where((grid.days_in >= 0)[:, :], filled[:, grid.led][:, :, grid.days_in], NEVER)
        order = np.argsort(-in_week, axis=3)
        number = min(cost.shape[3], in_week.shape[3])
        cost[:, grid.led, :, :number] -= np.take_along_axis(in_week, order, 3)[..., :number]
        saved = np.minimum(cost, 0.0).reshape(*cost.shape[:2], -1)
        rank = np.argsort(np.argsort(saved, axis=2, kind="stable"), axis=2, kind="stable")
        chosen = (saved < 0) & (rank < self._season[:, None])
        taken: Places = chosen.reshape(cost.shape).sum(axis=3)
        class_, course, week = np.nonzero(taken[:, grid.led])
        found = []
        for nth in range(number):
            of = taken[:, grid.led][class_, course, week] > nth
            day = grid.days_in[week[of], order[class_[of], course[of], week[of], nth]]
            found.append(np.stack([class_[of], np.flatnonzero(grid.led)[course[of]], day]))
        led = np.concatenate(found, axis=1) if found else np.zeros((3, 0), dtype=np.int64)
        return Taken(float(saved[chosen].sum()) + self._missing, taken, led)


class Trips:
    """The trips that each class may go on, without what classes share: places and buses."""

    def __init__(self, grid: Grid) -> None:
        """Know the days of each class's trips, and what they take."""
        days: dict[tuple[int, str], list[int]] = {}
        for class_, day in grid.offer.shifts:
            for row in grid.offer.departures(class_, day):
                days.setdefault((grid.classes[class_], row.trip.id), []).append(grid.days[day])
        self._weight = grid.weight["trips_taken"]
        trips = [grid.scenario.trip[trip] for _, trip in days]
        self._class = np.array([class_ for class_, _ in days], dtype=np.int64)
        longest = max(map(len, days.values()), default=1)
        self._days = np.array(
            [found + [-1] * (longest - len(found)) for found in days.values()], dtype=np.int64
        )
        self._days = self._days.reshape(len(days), longest)
        self._takes = np.array(
            [[row.shift in trip.shifts for row in grid.periods] for trip in trips], dtype=float
        )
        self._takes = self._takes.reshape(len(days), len(grid.periods))
        asked = [
            min(trip.times_per_class, len(found)) for trip, found in zip(trips, days.values(), strict=True)
        ]
        self._asked = np.array(asked, dtype=np.int64)

    def least(self, filled: Numbers) -> tuple[float, Numbers]:
        """The least cost where a period is worth [C, D, P] that is filled, and the periods so filled."""
        worth = np.einsum("tdp,tp->td", filled[self._class[:, None], self._days], self._takes)
        gain = np.where(self._days >= 0, worth + self._weight, NEVER)
        order = np.argsort(-gain, axis=1)
        gain = np.take_along_axis(gain, order, 1)
        goes = (np.arange(gain.shape[1]) < self._asked[:, None]) & (gain > 0)
        trip, nth = np.nonzero(goes)
        away = np.zeros_like(filled)
        np.add.at(away, (self._class[trip], self._days[trip, order[trip, nth]]), self._takes[trip])
        return float(self._weight * self._asked.sum() - gain[goes].sum()), away
