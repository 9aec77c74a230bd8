"""What specialists' sessions cost, in numbers (visits, ways, shares, fees), and what their limits leave."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from scheduler.domain.programme import TeachingOffers
from scheduler.rules import Rulebook
from scheduler.rules.timetable.fair_shares import FairShares
from scheduler.rules.timetable.fee_budget import FeeBudget
from scheduler.solver.timetable.rebuilding.numbered import Given, Numbered

RULES = (
    "same_specialist",
    "specialist_ways",
    "specialist_visits",
    "fair_shares",
    "session_fees",
    "fee_budget",
)
"""The soft rules whose costs are counted here."""


class Giving:
    """What each specialist gives, and what one session more costs. A joint session is given once."""

    def __init__(self, season: Numbered, rulebook: Rulebook, weight: Mapping[str, int]) -> None:
        """Nobody gives anything yet; the weights are whole numbers."""
        self._season, grid = season, season.grid
        classes, courses, days, _ = grid.shape
        people, self._weeks, self._all_days = len(season.people), len(grid.weeks), days
        self.same, self._visit = weight["same_specialist"], weight["specialist_visits"]
        self._way, self._fee_weight = weight["specialist_ways"], weight["session_fees"]
        self.today: list[list[Given]] = [[] for _ in range(people * days)]
        """One session of each class, by specialist and day."""
        self.known: list[dict[int, int]] = [{} for _ in range(classes * courses)]
        """Of each series, how many sessions each specialist gives."""
        self._a_day = [0] * (people * days)
        self._a_week = [0] * (people * self._weeks)
        self._days_a_week = [0] * (people * self._weeks)
        self._days = [0] * people
        self._load = [0] * people
        self._fee = [int((row.fee_per_session or 0.0) + 0.5) for row in season.people]
        budget, shares = rulebook.by_id[FeeBudget.id()], rulebook.by_id[FairShares.id()]
        assert isinstance(budget, FeeBudget)
        assert isinstance(shares, FairShares)
        self._budget, self._beyond, self._paid = budget.yuan, weight["fee_budget"], 0
        offers, most = TeachingOffers(grid.scenario, grid.plan), days * len(grid.periods) + 1
        self._share = [self._shares(offers.of(row.id), shares.steps, most) for row in season.people]
        self._share = [[weight["fair_shares"] * one for one in found] for found in self._share]

    @staticmethod
    def _shares(offer: int, steps: int, most: int) -> list[int]:
        """How many thresholds the first, the second, ... session is beyond."""
        parts = [(step * offer + steps - 1) // steps for step in range(1, steps)]
        return [sum(load >= part for part in parts) for load in range(most)]

    def left(self, teacher: int, day: int) -> int:
        """How many sessions more somebody may give on a day."""
        row, week = self._season.people[teacher], teacher * self._weeks + self._season.week_of[day]
        if row.max_shifts_per_day == 0:
            return 0
        given = self._a_day[teacher * self._all_days + day]
        if not given:
            if row.max_days_per_week is not None and self._days_a_week[week] >= row.max_days_per_week:
                return 0
            if row.max_days is not None and self._days[teacher] >= row.max_days:
                return 0
        left = len(self._season.grid.periods)
        if row.max_sessions_per_day is not None:
            left = row.max_sessions_per_day - given
        if row.max_sessions_per_week is not None:
            left = min(left, row.max_sessions_per_week - self._a_week[week])
        return left

    def shifts_left(self, teacher: int, day: int) -> tuple[set[int], int | None]:
        """The shifts in which somebody comes on a day, and in how many at most."""
        today = self.today[teacher * self._all_days + day]
        return {self._season.shift[one.block] for one in today}, self._season.people[
            teacher
        ].max_shifts_per_day

    def each(self, teacher: int) -> int:
        """What a session more costs wherever it is given."""
        return self._share[teacher][self._load[teacher]] + self._to_pay(self._fee[teacher])

    def stranger(self, teacher: int, series: int) -> int:
        """What it costs that a class does not know somebody, but others, in a course."""
        known = self.known[series]
        return self.same if known and teacher not in known else 0

    def visit(self, teacher: int, day: int, venue: int, shifts: set[int]) -> int:
        """About what it costs to come to a venue in some shifts besides."""
        at = self._season.venue_of
        today = self.today[teacher * self._all_days + day]
        there = {self._season.shift[one.block] for one in today if at[one.class_] == venue}
        return self._visit * len(shifts - there) + self._way * (bool(today) and not there)

    def take(self, given: Given, *, is_new: bool) -> int:
        """A session is given to a class, a new one or one that others have too: what that costs."""
        class_, course, day, _, teacher, _ = given
        known = self.known[class_ * self._season.grid.shape[1] + course]
        more = 0 if teacher in known or not known else self.same
        known[teacher] = known.get(teacher, 0) + 1
        place = teacher * self._all_days + day
        today = self.today[place]
        if not is_new:
            today.append(given)
            return more
        week = teacher * self._weeks + self._season.week_of[day]
        more -= self._tour(today)
        today.append(given)
        more += self._tour(today) + self.each(teacher)
        if not self._a_day[place]:
            self._days_a_week[week] += 1
            self._days[teacher] += 1
        self._a_day[place] += 1
        self._a_week[week] += 1
        self._load[teacher] += 1
        self._paid += self._fee[teacher]
        return more

    def drop(self, given: Given, *, is_last: bool) -> int:
        """A session is no longer given to a class, nor to any if it is the last: what that costs."""
        class_, course, day, _, teacher, _ = given
        known = self.known[class_ * self._season.grid.shape[1] + course]
        known[teacher] -= 1
        more = 0
        if not known[teacher]:
            del known[teacher]
            more -= self.same if known else 0
        place = teacher * self._all_days + day
        today = self.today[place]
        if not is_last:
            today.remove(given)
            return more
        week = teacher * self._weeks + self._season.week_of[day]
        more -= self._tour(today)
        today.remove(given)
        more += self._tour(today)
        self._a_day[place] -= 1
        self._a_week[week] -= 1
        if not self._a_day[place]:
            self._days_a_week[week] -= 1
            self._days[teacher] -= 1
        self._load[teacher] -= 1
        self._paid -= self._fee[teacher]
        return more - self.each(teacher)

    def _to_pay(self, fee: int) -> int:
        """What a fee more costs."""
        if not fee:
            return 0
        cost = self._fee_weight * fee
        if self._budget is not None:
            beyond = max(0, self._paid + fee - self._budget) - max(0, self._paid - self._budget)
            cost += self._beyond * beyond
        return cost

    def _tour(self, today: list[Given]) -> int:
        """What a day's visits and ways cost."""
        if not today:
            return 0
        shift, start, at = self._season.shift, self._season.start, self._season.venue_of
        visits = len({(shift[one.block], at[one.class_]) for one in today})
        if visits == 1:
            return self._visit
        order = sorted((start[one.block], at[one.class_]) for one in today)
        ways = sum(one[1] != other[1] for one, other in pairwise(order))
        return self._visit * visits + self._way * ways
