"""Specialists' visits, the one worth most first: who comes to a venue gives all that is asked there that day.

A visit is looked at only once nothing promises more, and its lessons are made only then: a city has millions
of them, of which few ever come into question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from math import ceil, inf
from typing import NamedTuple

from scheduler.domain.tables import Course
from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.filling.worth import Worth
from scheduler.solver.timetable.pricing.leading import Likely
from scheduler.variables.lessons import Lesson


class Coming(NamedTuple):
    """A specialist may come to a venue in a week."""

    teacher: str
    week: str
    venue: str


class Visits:
    """All visits that may be made, and what each is worth."""

    def __init__(self, ledger: Ledger, worth: Worth, *, whole: bool) -> None:
        """Know which classes are to be decided at each venue and on which days; visits are made `whole`, or a
        session at a time, which takes some three times as long and is better by a few per cent."""
        self._ledger, self._worth, self._x = ledger, worth, ledger.x
        self._scenario = ledger.x.scenario
        self._classes: dict[tuple[str, str], dict[str, list[date]]] = defaultdict(dict)
        for class_, day in self._x.class_days:
            if self._x.is_free(class_, day):
                row, week = self._scenario.class_[class_], self._scenario.week_of(day)
                self._classes[row.venue, week].setdefault(class_, []).append(day)
        self._building_on = {
            row.id
            for row in self._scenario.person.values()
            if any(
                name in self._scenario.course and self._scenario.course[name].after for name in row.courses
            )
        }
        self._weeks = list(dict.fromkeys(row.week for row in self._scenario.days))
        self._part = 1.0  # of the season that is over by the end of the week
        periods = sum(row.kind == "course" for row in self._scenario.period.values())
        self._at_once = periods if whole else 1
        self._lessons: dict[tuple[str, str, date, str], Sequence[Lesson]] = {}
        self._bounds: dict[Coming, dict[date, float]] = {}
        self._likely: Likely | None = None

    def make(self, likely: Likely | None = None) -> None:
        """Make visits week by week as long as any is worth something; only with what is likely, if so
        asked."""
        self._likely = likely
        for number, week in enumerate(self._weeks):
            self._part = (number + 1) / len(self._weeks)
            self._make(self._all(week))
            self._make_building_on(week)
        self._likely = None

    def make_up(self) -> None:
        """Make those visits that only what was taken since may have made possible."""
        for week in self._weeks:
            self._make_building_on(week)

    def _make_building_on(self, week: str) -> None:
        """What must come after another course may be possible only now."""
        self._make([one for one in self._all(week) if one.teacher in self._building_on])
        self._lessons.clear()

    def _all(self, week: str) -> list[Coming]:
        return [
            Coming(row.id, week, venue)
            for venue, at in self._classes
            if at == week
            for row in self._scenario.workers_at(venue)
            if "specialist" in row.roles
        ]

    def _make(self, waiting: Sequence[Coming]) -> None:
        """What a visit is worth falls as others are made, so that an old worth is at most too high."""
        best = [(-worth, number) for number, one in enumerate(waiting) if (worth := self._promise(one)) > 0]
        heapify(best)
        while best:
            before, number = heappop(best)
            one, next_ = waiting[number], -best[0][0] if best else -inf
            promised = min(-before, self._promise(one))
            if promised < next_:
                if promised > 0:
                    heappush(best, (-promised, number))
                continue
            worth, chosen = self._best(one, promised, next_)
            for lesson in chosen:
                if self._ledger.fits(lesson) and self._worth.of(lesson) > 0:
                    self._ledger.take(lesson)
                    self._worth.take(lesson)
            if worth > 0:
                heappush(best, (-worth, number))
        self._bounds.clear()

    def _promise(self, one: Coming) -> float:
        """What a visit in the week is worth at most."""
        most = max((self._left(one.teacher, day, one.week) for day in self._days(one)), default=0)
        if not most:
            return 0.0
        worths, likely = [], self._likely
        for class_ in self._classes[one.venue, one.week]:
            of_class = [
                self._worth.by(one.teacher, class_, one.week, course)
                for course in self._x.offer.may_give(one.teacher, class_, one.week)
                if self._ledger.is_due(class_, course.id, one.week)
                and (likely is None or likely.in_week(one.teacher, class_, course.id, one.week))
            ]
            free = self._ledger.free(class_, one.week)
            worths += sorted(of_class, reverse=True)[:free] if free < len(of_class) else of_class
        return sum(sorted((worth for worth in worths if worth > 0), reverse=True)[:most])

    def _days(self, one: Coming) -> tuple[date, ...]:
        return self._scenario.days_in(one.week)

    def _left(self, teacher: str, day: date, week: str) -> int:
        person = self._scenario.person[teacher]
        if person.max_days is not None:
            most = ceil(person.max_days * self._part)
            if self._ledger.worked(teacher, day) >= most:
                return 0
        left = self._ledger.left(person, day, week)
        return self._at_once if left is None else min(left, self._at_once)

    def _best(self, one: Coming, most: float, least: float) -> tuple[float, Sequence[Lesson]]:
        """What the visit of the week that is worth most is worth, `most` at most, and what is given then;
        where it is worth less than `least`, nothing is given and the worth may be too high."""
        bounds = self._bounds.setdefault(one, dict.fromkeys(self._days(one), most))
        while bounds:
            day = max(bounds, key=bounds.__getitem__)
            if bounds[day] < least:
                return bounds[day], ()
            worth, chosen = self._given(one, day)
            if worth > 0:
                bounds[day] = worth
            else:
                del bounds[day]
            if worth > 0 and worth >= max(least, *bounds.values()):
                return worth, chosen
        return 0.0, ()

    def _lessons_on(self, one: Coming, day: date) -> Iterator[Sequence[Lesson]]:
        """What limits let somebody give on a day, each class's and course's lessons together."""
        likely = self._likely
        for class_, days in self._classes[one.venue, one.week].items():
            if day in days and self._ledger.free_on(class_, day):
                for course in self._x.offer.may_give(one.teacher, class_, one.week):
                    if likely is not None and not likely.on(one.teacher, class_, course.id, day):
                        continue
                    if self._ledger.may_have(class_, course, day, one.week):
                        yield self._lessons_of(one.teacher, class_, day, course)

    def _lessons_of(self, teacher: str, class_: str, day: date, course: Course) -> Sequence[Lesson]:
        """The lessons of a course that a specialist may give a class on a day."""
        key = (teacher, class_, day, course.id)
        if key not in self._lessons:
            given = self._x.offer.given_by(teacher, class_, day, (course,))
            self._lessons[key] = self._ledger.allowed(given)
        return self._lessons[key]

    def _given(self, one: Coming, day: date) -> tuple[float, Sequence[Lesson]]:
        """What is given on a visit, and its worth."""
        left = self._left(one.teacher, day, one.week)
        if not left:
            return 0.0, ()
        possible = [
            pair
            for alike in self._lessons_on(one, day)
            if alike
            for pair in zip(self._worth.of_alike(alike), alike, strict=True)
        ]
        possible.sort(key=lambda pair: -pair[0])
        total, chosen = 0.0, list[Lesson]()
        busy, had = set[int](), set[tuple[str, str]]()
        for worth, lesson in possible:  # few are reached, so that time is asked for last
            if worth <= 0 or len(chosen) >= left:
                break
            moments, what = self._x.moments_of(lesson.block), (lesson.class_, lesson.course.id)
            if what not in had and busy.isdisjoint(moments) and self._ledger.has_time(lesson):
                chosen.append(lesson)
                busy.update(moments)
                had.add(what)
                total += worth
        return total, chosen
