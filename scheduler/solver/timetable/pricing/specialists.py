"""The specialists in arrays: who may come where and when, and how often in a week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.tables import Person
from scheduler.solver.linear import Numbers, Places
from scheduler.solver.timetable.pricing.grid import NEVER, Flags, Grid


class People:
    """The specialists who may come anywhere, in arrays.

    Axes: S specialists, V venues in reach (`reach` numbers them, then -1), J courses taught (`taught`, then
    -1).
    """

    def __init__(self, grid: Grid) -> None:
        """Read what they may do, and where and when."""
        scenario = grid.scenario
        self.rows: list[Person] = []
        reach: list[list[int]] = []
        taught: list[list[int]] = []
        for row in scenario.person.values():
            venues = [number for name, number in grid.venues.items() if scenario.works_at(row.id, name)]
            courses = [grid.courses[one] for one in dict.fromkeys(row.courses) if one in grid.courses]
            courses = [one for one in courses if not grid.led[one]]
            if "specialist" in row.roles and venues and courses and row.max_shifts_per_day != 0:
                self.rows.append(row)
                reach.append(venues)
                taught.append(courses)
        self.reach, self.taught = _padded(reach), _padded(taught)
        self.comes: Flags = np.array(
            [
                [
                    [grid.offer.comes(row.id, day, period.shift) for period in grid.periods]
                    for day in grid.days
                ]
                for row in self.rows
            ],
            dtype=bool,
        ).reshape(len(self.rows), len(grid.days), len(grid.periods))
        fees = [int((row.fee_per_session or 0.0) + 0.5) for row in self.rows]
        self.fee: Numbers = grid.weight["session_fees"] * np.array(fees, dtype=np.float64)
        names = list(grid.venues)
        ways = np.array([[scenario.travel_minutes(one, other) for other in names] for one in names])
        self.ways: Numbers = ways[self.reach[:, :, None], self.reach[:, None, :]]
        self.ways[(self.reach < 0)[:, :, None] | (self.reach < 0)[:, None, :]] = 0.0  # nobody is there
        self.ways[:, np.arange(self.ways.shape[1]), np.arange(self.ways.shape[1])] = np.inf
        self.one_shift: Flags = np.array([row.max_shifts_per_day == 1 for row in self.rows], dtype=bool)
        longest = grid.days_in.shape[1]
        daily = [_or(row.max_sessions_per_day, len(grid.periods)) for row in self.rows]
        self.a_day: Places = np.minimum(np.array(daily, dtype=np.int64), len(grid.periods))
        most = longest * self.a_day
        weekly = [_or(row.max_sessions_per_week, int(most[i])) for i, row in enumerate(self.rows)]
        self.a_week: Places = np.minimum(np.array(weekly, dtype=np.int64), most)
        in_week = [_or(row.max_days_per_week, longest) for row in self.rows]
        self.days_a_week: Places = np.minimum(np.array(in_week, dtype=np.int64), longest)
        in_all = [_or(row.max_days, len(grid.days)) for row in self.rows]
        self.days: Places = np.array(in_all, dtype=np.int64)


class Weeks:
    """How many sessions each specialist best gives on each day of a week."""

    def __init__(self, grid: Grid, people: People) -> None:
        """Know the weeks' days and the limits."""
        self._days_in, self._people = grid.days_in, people
        days, sessions = np.arange(people.days_a_week.max() + 1), np.arange(people.a_week.max() + 1)
        by_days = days <= people.days_a_week[:, None]
        self._allowed = by_days[:, :, None] & (sessions <= people.a_week[:, None])[:, None]

    def best(self, worth: Numbers) -> tuple[float, Places]:
        """What all weeks are worth, and [S, D] the sessions of each day, where 1, 2, ... sessions on a day
        are worth [S, D, n]."""
        (weeks, days), (people, dates, most) = self._days_in.shape, worth.shape
        daily = np.where((self._days_in >= 0)[:, :, None], worth[:, self._days_in], NEVER)  # S, W, day, n
        number = self._allowed.shape[2]
        state = np.full((people, weeks, *self._allowed.shape[1:]), NEVER)
        state[:, :, 0, 0] = 0.0
        states = [state]
        for day in range(days):
            after = state.copy()
            for given in range(1, min(most, number - 1) + 1):
                value = state[:, :, :-1, : number - given] + daily[:, :, day, given - 1, None, None]
                np.maximum(after[:, :, 1:, given:], value, out=after[:, :, 1:, given:])
            state = after
            states.append(state)
        last = np.where(self._allowed[:, None], state, NEVER).reshape(people, weeks, -1)
        best = last.argmax(axis=2)
        total = float(np.take_along_axis(last, best[..., None], axis=2).sum())
        came, held = np.divmod(best, number)
        found = np.zeros((people, dates), dtype=np.int64)
        who, week = np.indices(best.shape)
        for day in reversed(range(days)):
            ways = [states[day][who, week, came, held]]
            for given in range(1, most + 1):
                before = states[day][who, week, np.maximum(came - 1, 0), np.maximum(held - given, 0)]
                ways.append(
                    np.where((came > 0) & (held >= given), before + daily[:, :, day, given - 1], 2 * NEVER)
                )
            given_ = np.argmax(np.stack(ways), axis=0)
            is_day = self._days_in[:, day] >= 0
            found[:, self._days_in[is_day, day]] = given_[:, is_day]
            came, held = came - (given_ > 0), held - given_
        return total, found


def _padded(lists: Sequence[Sequence[int]]) -> Places:
    """[lists, longest] the numbers of each list, then -1."""
    found = np.full((len(lists), max(map(len, lists), default=1)), -1, dtype=np.int64)
    for place, numbers in enumerate(lists):
        found[place, : len(numbers)] = numbers
    return found


def _or(most: int | None, otherwise: int) -> int:
    """A limit, or what it comes to where there is none."""
    return otherwise if most is None else most
