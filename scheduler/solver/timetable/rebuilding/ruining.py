"""What is taken out of a timetable in numbers, to be put together anew: sessions that stand in each other's
way."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from scheduler.solver.timetable.rebuilding.holding import Holding
from scheduler.solver.timetable.rebuilding.numbered import NOBODY, Given, Numbered

MOST = 4
"""Days of specialists taken out at once, where these are drawn by lot."""

DAYS, WEEK, PLACE, SERIES = 0.5, 0.15, 0.2, 0.15
"""How often each kind is taken out: near days, a specialist's week, a venue's day, a class's course."""


class Ruining:
    """Chooses sessions that belong together."""

    def __init__(self, season: Numbered, holding: Holding, dice: Random) -> None:
        """What is chosen is drawn by lot."""
        self._season, self._holding, self._dice = season, holding, dice
        self._days = season.grid.shape[2]
        self._today, self._on = holding.giving.today, holding.on
        self._kinds = (self._days_near, self._week, self._place, self._series)

    def chosen(self) -> tuple[list[Given], int, int]:
        """Sessions to take out, and the specialist and the week whom it began with."""
        people = len(self._season.people)
        teacher, day = self._dice.randrange(people), self._dice.randrange(self._days)
        today = self._today[teacher * self._days + day]
        week = self._season.week_of[day]
        if not today:
            return [], teacher, week
        (kind,) = self._dice.choices(self._kinds, (DAYS, WEEK, PLACE, SERIES))
        return list(kind(self._dice.choice(today))), teacher, week

    def newcomer(self, given: Given) -> int:
        """Somebody in whose reach a session's venue is."""
        return self._dice.choice(self._season.near[self._season.venue_of[given.class_]])

    def _of_day(self, teacher: int, day: int) -> list[Given]:
        return self._today[teacher * self._days + day]

    def _days_near(self, one: Given) -> Iterator[Given]:
        """A specialist's day, and a few days of others who come to the same venue that week."""
        yield from self._of_day(one.teacher, one.day)
        week = self._season.days_in[self._season.week_of[one.day]]
        others = {
            (other.teacher, day): None
            for day in week
            for class_ in self._season.classes_at[self._season.venue_of[one.class_]]
            for other in self._on[class_ * self._days + day]
            if other.teacher != NOBODY and other.teacher != one.teacher
        }
        number = min(len(others), self._dice.randrange(MOST))
        for teacher, day in self._dice.sample(list(others), number):
            yield from self._of_day(teacher, day)

    def _week(self, one: Given) -> Iterator[Given]:
        """A specialist's week."""
        for day in self._season.days_in[self._season.week_of[one.day]]:
            yield from self._of_day(one.teacher, day)

    def _place(self, one: Given) -> Iterator[Given]:
        """All that those who come to a venue give that day, there and elsewhere."""
        here = self._season.classes_at[self._season.venue_of[one.class_]]
        people = {
            other.teacher: None
            for class_ in here
            for other in self._on[class_ * self._days + one.day]
            if other.teacher != NOBODY
        }
        for teacher in people:
            yield from self._of_day(teacher, one.day)

    def _series(self, one: Given) -> Iterator[Given]:
        """A class's course, all season."""
        for day in range(self._days):
            here = self._on[one.class_ * self._days + day]
            yield from (other for other in here if other.course == one.course)
