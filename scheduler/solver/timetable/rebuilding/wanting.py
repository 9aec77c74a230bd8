"""What classes' sessions cost, in numbers: periods filled, wishes served, minima met, variety, rest, spread.

Costs are whole numbers here, and in `giving.py`, so that thousands of changes add up exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from scheduler.rules import Rulebook
from scheduler.rules.timetable.active_rest import ActiveRest
from scheduler.rules.timetable.spread import Spread
from scheduler.rules.timetable.variety import Variety
from scheduler.solver.cpsat import SCALE
from scheduler.solver.timetable.pricing.taking import Wishes
from scheduler.solver.timetable.rebuilding.numbered import Numbered, bits

NEVER = 10**9
"""What costs so much is not to be had."""

RULES = (
    "empty_periods",
    "minimum_sessions",
    "variety",
    "interests",
    "no_wish_served",
    "spread",
    "active_rest",
)
"""The soft rules whose costs are counted here."""


class Neighbours(NamedTuple):
    """The blocks that begin when a block ends, those that end when it begins, by bits; what it costs that an
    active session comes straight after a rest."""

    then: int
    before: int
    tires: int


class Wanting:
    """What each class has had, and what one session more costs it."""

    def __init__(self, season: Numbered, rulebook: Rulebook, weight: Mapping[str, int]) -> None:
        """No class has had anything yet; the weights are whole numbers."""
        self._season, grid = season, season.grid
        classes, courses, days, _ = grid.shape
        self._courses, self._weeks, self._all_days = courses, len(grid.weeks), days
        self.week_bits = [sum(1 << day for day in found) for found in season.days_in]
        spread, variety = rulebook.by_id[Spread.id()], rulebook.by_id[Variety.id()]
        assert isinstance(spread, Spread)
        assert isinstance(variety, Variety)
        self.step = self._steps(weight, variety.often)
        """[course][n] what a session costs of which the class's week has had n."""
        self.spread = [
            0 if row.max_per_week is None or row.max_per_week >= spread.daily_from else weight["spread"]
            for row in grid.rows
        ]
        self.beside = [self._days_beside(day) for day in range(days)]
        self.is_active = [row.energy == "active" for row in grid.rows]
        self._most = [days if row.max_per_season is None else row.max_per_season for row in grid.rows]
        self._after = [None if row.after is None else grid.courses.get(row.after, NEVER) for row in grid.rows]
        self.is_free = [
            most >= days and after is None for most, after in zip(self._most, self._after, strict=True)
        ]
        """Whether a course has neither a limit of the season nor one that must come before."""
        self.building_on = [
            [number for number, row in enumerate(grid.rows) if row.after == name] for name in season.courses
        ]
        self.days = [0] * (classes * courses)
        """The days of each series, by bits."""
        self._active = [0] * (classes * days)
        self._list_wishes(grid.had.size)
        rest = rulebook.by_id[ActiveRest.id()]
        assert isinstance(rest, ActiveRest)
        by_shifts: dict[tuple[str, ...], Sequence[Neighbours]] = {}
        self._weight = weight["active_rest"]
        self._neighbours = []
        for class_ in range(classes):
            for day in range(days):
                held = season.held(class_, day)
                if held not in by_shifts:
                    by_shifts[held] = self._neighbours_in(held, rest)
                self._neighbours.append(by_shifts[held])

    def _steps(self, weight: Mapping[str, int], often: int) -> list[list[int]]:
        longest, found = max(map(len, self._season.days_in)), []
        for row in self._season.grid.rows:
            most = longest if row.max_per_week is None else row.max_per_week
            usual = max(often, row.min_per_week)
            filled = weight["empty_periods"] * row.length
            found.append(
                [
                    weight["variety"] * (had >= usual)
                    - weight["minimum_sessions"] * (had < row.min_per_week)
                    - filled
                    if had < most
                    else NEVER
                    for had in range(longest + 1)
                ]
            )
        return found

    def _days_beside(self, day: int) -> int:
        """The days of the calendar before and after, by bits."""
        dates, numbers = self._season.days, self._season.grid.days
        near = (numbers.get(dates[day] + timedelta(days=step)) for step in (-1, 1))
        return sum(1 << other for other in near if other is not None)

    def _list_wishes(self, size: int) -> None:
        wishes = Wishes(self._season.grid)
        self._worth = [round(one * SCALE) for one in wishes.worth.tolist()]
        self._served = [0] * len(self._worth)
        self._places: list[list[int]] = [[] for _ in self._worth]
        self._wishes: list[list[int]] = [[] for _ in range(size)]
        self.wished = [0] * size
        """What the first session of a series in a week is worth; week by week within each series."""
        for wish, place in zip(wishes.wish.tolist(), wishes.place.tolist(), strict=True):
            self._places[wish].append(place)
            self._wishes[place].append(wish)
            self.wished[place] += self._worth[wish]

    def _neighbours_in(self, held: tuple[str, ...], rest: ActiveRest) -> Sequence[Neighbours]:
        order = [row for row in self._season.grid.scenario.period.values() if row.shift in held]
        then = {before.id: after.id for before, after in pairwise(order) if before.kind != "care"}
        tiring = {
            after.id
            for before, after in pairwise(order)
            if before.kind == "care" and rest.noon < before.end <= rest.until
        }
        blocks = self._season.blocks
        return [
            Neighbours(
                bits(then.get(one[-1].id) == other[0].id for other in blocks),
                bits(then.get(other[-1].id) == one[0].id for other in blocks),
                self._weight * (one[0].id in tiring),
            )
            for one in blocks
        ]

    # ---- what may be had -------------------------------------------------------------------------

    def may_have(self, course: int, series: int, day: int) -> bool:
        """Whether the limits and the order of courses let a class have a session on a day."""
        had = self.days[series]
        if had >> day & 1 or self.step[course][self.number(series, day)] == NEVER:
            return False
        if self.is_free[course]:
            return True
        if had.bit_count() >= self._most[course]:
            return False
        after = self._after[course]
        if after is None:
            return True
        return after != NEVER and self.days[series - course + after] & ((1 << day) - 1) != 0

    def number(self, series: int, day: int) -> int:
        """How often a class has a course in the week of a day."""
        return (self.days[series] & self.week_bits[self._season.week_of[day]]).bit_count()

    def too_early(self, course: int, series: int) -> list[tuple[int, int]]:
        """The sessions, course and day, that have nothing of this course before them any longer."""
        first = self.days[series]
        until = (first & -first) << 1 if first else 1 << self._all_days
        found = []
        for other in self.building_on[course]:
            days = self.days[series - course + other] & (until - 1)
            found += [(other, day) for day in range(self._all_days) if days >> day & 1]
        return found

    # ---- what it costs ---------------------------------------------------------------------------

    def tires(self, place: int, block: int) -> int:
        """What an active session costs for want of rest."""
        then, before, alone = self._neighbours[place][block]
        active = self._active[place]
        if not active:
            return alone
        return alone + self._weight * ((active & then != 0) + (active & before != 0))

    def take(self, course: int, series: int, day: int, place: int, block: int) -> int:
        """A class has a session: what that costs."""
        had, week = self.days[series], self._season.week_of[day]
        number = (had & self.week_bits[week]).bit_count()
        more = self.step[course][number]
        if not number:
            served, wished = self._served, self.wished
            for wish in self._wishes[series * self._weeks + week]:
                if not served[wish]:
                    worth = self._worth[wish]
                    more -= worth
                    for other in self._places[wish]:
                        wished[other] -= worth
                served[wish] += 1
        more += self.spread[course] * (had & self.beside[day]).bit_count()
        self.days[series] = had | 1 << day
        if self.is_active[course]:
            more += self.tires(place, block)
            self._active[place] |= 1 << block
        return more

    def drop(self, course: int, series: int, day: int, place: int, block: int) -> int:
        """A class has a session no longer: what that costs."""
        had, week = self.days[series] & ~(1 << day), self._season.week_of[day]
        self.days[series] = had
        number = (had & self.week_bits[week]).bit_count()
        more = -self.step[course][number]
        if not number:
            served, wished = self._served, self.wished
            for wish in self._wishes[series * self._weeks + week]:
                served[wish] -= 1
                if not served[wish]:
                    worth = self._worth[wish]
                    more += worth
                    for other in self._places[wish]:
                        wished[other] += worth
        more -= self.spread[course] * (had & self.beside[day]).bit_count()
        if self.is_active[course]:
            self._active[place] ^= 1 << block
            more -= self.tires(place, block)
        return more
