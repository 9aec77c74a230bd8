"""What FET is told to place: trips, and for every class its sessions, week by week, with their teachers.

FET places activities that somebody has listed; it does not choose them. This is the list that a coordinator
would write before: trips first come first served, then one specialist for a class's whole series of a course,
what is required first, then what most of its children voted for, within what a specialist offers a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from scheduler.domain.plan import Plan
from scheduler.domain.programme import ages_in, runs_on, suits, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course, Period, Person, Room

WAYS = 0.8
"""Of a day's course periods a specialist can teach this share, and a room is used: the rest goes by on the
way, or finds nobody who is free."""


class Activity(NamedTuple):
    """A session to be placed: its classes (several where it is shared) and who gives it, None: who is on
    duty."""

    classes: tuple[str, ...]
    course: str
    teacher: str | None


def activities(scenario: Scenario, plan: Plan, load: float = 1.0) -> dict[str, list[Activity]]:
    """Every week's activities for the classes of a plan that holds placements and trips; specialists are
    given `load` times what they could give at most."""
    return _Curriculum(scenario, plan, load).weeks()


class _Curriculum:
    def __init__(self, scenario: Scenario, plan: Plan, load: float) -> None:
        self._scenario, self._plan = scenario, plan
        self._free = {
            (class_, week): len(free_periods(scenario, plan, class_, week))
            for class_, week in sorted(plan.running)
        }
        self._left: dict[tuple[str, str], int] = {}
        self._hours: dict[tuple[str, str], int] = {}
        self._long: dict[tuple[str, str], int] = {}
        for person in scenario.person.values():
            for week in scenario.weeks:
                hours = int(load * _most(scenario, person, week, length=1))
                weekly = person.max_sessions_per_week
                self._hours[person.id, week] = hours
                self._long[person.id, week] = int(load * _most(scenario, person, week, length=2))
                self._left[person.id, week] = hours if weekly is None else min(hours, int(load * weekly))
        self._open = {
            (room.id, week): int(WAYS * sum(1 for _ in _open_periods(scenario, room, week)))
            for room in scenario.room.values()
            for week in scenario.weeks
        }
        self._given: dict[str, list[Activity]] = {week: [] for week in scenario.weeks}
        self._weekly: Counter[tuple[str, str, str]] = Counter()
        self._season: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], int] = {}
        self._teacher: dict[tuple[tuple[str, ...], str], str | None] = {}

    def weeks(self) -> dict[str, list[Activity]]:
        """What is required, what is voted for, and then whatever fills the periods."""
        led = [row for row in self._scenario.course.values() if not row.teacher]
        taught = [row for row in self._scenario.course.values() if row.teacher]
        for course in (*led, *taught):
            for week in self._scenario.weeks:
                for classes in self._groups(course, week):
                    for _ in range(course.min_per_week):
                        self._give(classes, course, week)
        votes = sorted(self._votes(taught), key=lambda row: (-row[0], row[1:]))
        # a first session of every course that is voted for serves more children than a second one
        for number, (_, name, classes, week) in enumerate(votes * 3):
            if number >= len(votes) or not any(self._season[class_, name] for class_ in classes):
                self._give(classes, self._scenario.course[name], week)
        for _ in range(max((row.max_per_week or 5 for row in led), default=0)):
            for course in led:
                for week in self._scenario.weeks:
                    for classes in self._groups(course, week):
                        self._give(classes, course, week)
        return self._given

    def _votes(self, courses: list[Course]) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
        wishes: Counter[tuple[str, str, str]] = Counter()
        for row in self._plan.placements:
            for wish in self._scenario.child[row.child].interests:
                wishes[row.class_, row.week, wish] += 1
        # what another course builds on is worth its votes too
        builds = {row.after: row.id for row in courses if row.after}
        for course in courses:
            for week in self._scenario.weeks:
                for classes in self._groups(course, week):
                    names = (course.id, builds.get(course.id, ""))
                    votes = sum(wishes[class_, week, name] for class_ in classes for name in names)
                    yield votes, course.id, classes, week

    def _groups(self, course: Course, week: str) -> Iterator[tuple[str, ...]]:
        """The classes that have a course together: as many as may share it, mostly one."""
        group: tuple[str, ...] = ()
        children = 0
        for class_, in_week in self._free:
            row = self._scenario.class_[class_]
            if in_week != week or not suits(course, ages_in(self._scenario, self._plan, class_, week)):
                continue
            more = len(self._plan.children_in(class_, week))
            same = bool(group) and self._scenario.class_[group[0]].venue == row.venue
            if same and course.joint is not None and children + more <= course.joint:
                group, children = (*group, class_), children + more
            else:
                if group:
                    yield group
                group, children = (class_,), more
        if group:
            yield group

    def _give(self, classes: tuple[str, ...], course: Course, week: str) -> None:
        """Put a session on the list if the classes and a teacher have room for it."""
        if not all(self._has_room(class_, course, week) for class_ in classes):
            return
        rooms = rooms_for(self._scenario, self._plan, classes, course, week)
        room = max(rooms or (), key=lambda id: self._open[id, week], default="")
        if rooms is not None and (not room or self._open[room, week] < course.length):
            return
        teacher = None
        if course.teacher:
            teacher = self._specialist(classes, course, week)
            if teacher is None:
                return
            self._left[teacher, week] -= 1
            self._hours[teacher, week] -= course.length
            self._long[teacher, week] -= course.length > 1
        if room:
            self._open[room, week] -= course.length
        self._given[week].append(Activity(classes, course.id, teacher))
        for class_ in classes:
            self._free[class_, week] -= course.length
            self._weekly[class_, course.id, week] += 1
            self._season[class_, course.id] += 1
            number = self._scenario.weeks.index(week)
            self._first[class_, course.id] = min(number, self._first.get((class_, course.id), number))

    def _has_room(self, class_: str, course: Course, week: str) -> bool:
        if self._free[class_, week] < course.length:
            return False
        weekly, season = course.max_per_week, course.max_per_season
        if self._weekly[class_, course.id, week] >= min(len(self._scenario.days_in(week)), weekly or 99):
            return False
        if season is not None and self._season[class_, course.id] >= season:
            return False
        if course.after is None:
            return True
        # in a later week than what it builds on, since FET sees one week at a time
        first = self._first.get((class_, course.after))
        return first is not None and first < self._scenario.weeks.index(week)

    def _specialist(self, classes: tuple[str, ...], course: Course, week: str) -> str | None:
        """The specialist of the classes' series; at first whoever has most to give."""
        known = self._teacher.get((classes, course.id))
        if known is not None:
            return known if self._may(known, classes, course, week) else None
        found = [
            person.id
            for person in self._scenario.person.values()
            if "specialist" in person.roles
            and course.id in person.courses
            and self._may(person.id, classes, course, week)
        ]
        if not found:
            return None
        best = max(found, key=lambda id: (sum(self._left[id, name] for name in self._scenario.weeks), id))
        self._teacher[classes, course.id] = best
        return best

    def _may(self, person: str, classes: tuple[str, ...], course: Course, week: str) -> bool:
        if self._left[person, week] < 1 or self._hours[person, week] < course.length:
            return False
        if course.length > 1 and self._long[person, week] < 1:
            return False
        own = set(self._scenario.person[person].own_children)
        return all(
            self._scenario.works_at(person, self._scenario.class_[class_].venue)
            and not own & set(self._plan.children_in(class_, week))
            for class_ in classes
        )


def free_periods(scenario: Scenario, plan: Plan, class_: str, week: str) -> set[tuple[date, str]]:
    """The days and course periods of a week in which a class is here and no lock keeps it free."""
    kept = {
        (lock.date, lock.period)
        for lock in scenario.lock.values()
        if lock.kind == "no_session" and lock.class_ == class_ and lock.course is None and lock.person is None
    }
    return {
        (day, period.id)
        for day in scenario.days_in(week)
        for shift in runs_on(scenario, plan, class_, day)
        if trip_of(scenario, plan, class_, day, shift) is None
        for period in scenario.periods_of(shift)
        if period.kind == "course" and (day, period.id) not in kept
    }


def rooms_for(
    scenario: Scenario, plan: Plan, classes: tuple[str, ...], course: Course, week: str
) -> list[str] | None:
    """The rooms, none of them a home room, for a session that home rooms will not do for; None: they do."""
    if not course.room_feature and len(classes) == 1:
        return None
    venue = scenario.class_[classes[0]].venue
    homes = {row.room for row in scenario.classes_at(venue)}
    children = sum(len(plan.children_in(class_, week)) for class_ in classes)
    return [
        room.id
        for room in scenario.rooms_at(venue)
        if room.id not in homes
        and (not course.room_feature or course.room_feature in room.features)
        and (room.capacity is None or room.capacity >= children)
    ]


def is_free(scenario: Scenario, person: str, day: date, shift: str) -> bool:
    """Whether a specialist can teach in a shift."""
    if not scenario.is_cleared(person, day) or scenario.is_minor(person, day):
        return False
    return scenario.availability_of(person, day, shift) != "no"


def days_a_week(scenario: Scenario, person: Person) -> int:
    """The most days a week: the season's, too, spread evenly."""
    weekly = 7 if person.max_days_per_week is None else person.max_days_per_week
    return weekly if person.max_days is None else min(weekly, person.max_days // len(scenario.weeks))


def only_shift(scenario: Scenario, person: Person) -> str | None:
    """The first shift with courses, for who works one shift a day: FET has no such limit."""
    if person.max_shifts_per_day is None or person.max_shifts_per_day > 1:
        return None
    return next(row.shift for row in scenario.period.values() if row.kind == "course")


def _open_periods(scenario: Scenario, room: Room, week: str) -> Iterator[Period]:
    for day in scenario.days_in(week):
        for row in scenario.period.values():
            closed = scenario.closed(day, row.shift, venue=room.venue, room=room.id)
            if row.kind == "course" and closed is None:
                yield row


def _most(scenario: Scenario, person: Person, week: str, length: int) -> int:
    """The most sessions of a length (1 or more periods) that a specialist could give in a week, by the
    limits and a guess at the ways."""
    if "specialist" not in person.roles:
        return 0
    daily, only = [], only_shift(scenario, person)
    for day in scenario.days_in(week):
        periods = Counter(
            row.shift
            for row in scenario.period.values()
            if row.kind == "course"
            and only in (None, row.shift)
            and is_free(scenario, person.id, day, row.shift)
        )
        most = int(WAYS * periods.total() + 0.5)
        if person.max_sessions_per_day is not None:
            most = min(most, person.max_sessions_per_day)
        daily.append(min(most // length, sum(number // length for number in periods.values())))
    return sum(sorted(daily, reverse=True)[: days_a_week(scenario, person)])
