"""What could be taught where: the lessons and departures that no single row of the scenario rules out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date
from functools import cache

from scheduler.domain.plan import Outing, Plan, Session
from scheduler.domain.programme import ages_in, runs_on, suits
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class, Course, Period, Person
from scheduler.variables.lessons import Departure, Lesson


class Offer:
    """All lessons and departures that no single row rules out: the ages, the class's shifts, closures, the
    course's length and room, the teacher's courses, area, check, availability and own children.

    A class stays in its home room unless the course asks for what that room has not, a joint session needs
    room for more, or somebody else needs what the home room has. In courses that may be shared the home
    room is named, since rows that name no room are one joint session.
    """

    def __init__(self, scenario: Scenario, plan: Plan, away: Set[tuple[str, date]] = frozenset()) -> None:
        """Know the scenario, who is placed where, and which specialists are not to be had on which days."""
        self._away = away
        self.scenario = scenario
        self.plan = plan
        self.shifts = {
            (class_, day): shifts
            for class_, week in sorted(plan.running)
            if class_ in scenario.class_
            for day in scenario.days_in(week)
            if (shifts := runs_on(scenario, plan, class_, day))
        }
        self._specialists = {
            course: tuple(row for row in scenario.person.values() if _teaches(row, course))
            for course in scenario.course
        }
        self.block = cache(scenario.block)
        self.suited = cache(self._find_suited)
        self._rooms = cache(self._find_rooms)
        self._teachers = cache(self._find_teachers)
        self._in_reach = cache(self._find_in_reach)
        self._contested = cache(self._find_contested)
        self._blocks = cache(self._find_blocks)
        self.comes = cache(self._find_coming)
        self.may_give = cache(self._find_given)

    def children(self, class_: str, week: str) -> int:
        """The number of children placed in a class that week."""
        return len(self.plan.children_in(class_, week))

    def has_room(self, course: str, class_: str, day: date, shift: str) -> bool:
        """Whether there is a room for a course of a class."""
        return bool(self._rooms(course, class_, day, shift))

    # ---- lessons --------------------------------------------------------------------------------

    def lessons(self, class_: str, day: date) -> Iterator[Lesson]:
        """The lessons a class may have on a day."""
        row, week = self.scenario.class_[class_], self.scenario.week_of(day)
        for shift in self.shifts.get((class_, day), ()):
            for course in self.suited(class_, week):
                teachers = self._teachers(course.id, class_, day, shift)
                rooms = self._rooms(course.id, class_, day, shift)
                if not teachers or not rooms:
                    continue
                for block in self._blocks(course.length, shift):
                    for teacher in teachers:
                        for room in rooms:
                            yield Lesson(class_, row.venue, week, day, shift, block, course, teacher, room)

    def given_by(
        self, teacher: str | None, class_: str, day: date, courses: Iterable[Course] | None = None
    ) -> Iterator[Lesson]:
        """Those of them that one specialist gives, without one those that need none; of all courses that may
        be given, or of these."""
        row, week = self.scenario.class_[class_], self.scenario.week_of(day)
        given = self.may_give(teacher, class_, week) if courses is None else courses
        for shift in self.shifts.get((class_, day), ()):
            if teacher is not None and not self._comes_to(teacher, class_, day, shift):
                continue
            for course in given:
                for room in self._rooms(course.id, class_, day, shift):
                    for block in self._blocks(course.length, shift):
                        yield Lesson(class_, row.venue, week, day, shift, block, course, teacher, room)

    def number(self, class_: str, day: date) -> int:
        """How many lessons a class may have on a day."""
        week = self.scenario.week_of(day)
        return sum(
            len(self._teachers(course.id, class_, day, shift))
            * rooms
            * len(self._blocks(course.length, shift))
            for shift in self.shifts.get((class_, day), ())
            for course in self.suited(class_, week)
            if (rooms := len(self._rooms(course.id, class_, day, shift)))
        )

    def settled(self, session: Session) -> Lesson | None:
        """A session that stands as it is; None if its class, period, course or day is unknown."""
        scenario = self.scenario
        row, course = scenario.class_.get(session.class_), scenario.course.get(session.course)
        period = scenario.period.get(session.period)
        if row is None or course is None or period is None or session.date not in scenario.day:
            return None
        block = self.block(period.id, course.length) or (period,)
        room, week = self.canonical_room(session), scenario.week_of(session.date)
        return Lesson(
            row.id, row.venue, week, session.date, period.shift, block, course, session.teacher, room, 1
        )

    def canonical_room(self, session: Session) -> str | None:
        """The room of a session as a lesson names it."""
        row, course = self.scenario.class_.get(session.class_), self.scenario.course.get(session.course)
        if row is None or course is None or row.room is None:
            return session.room
        if course.joint is not None:
            return session.room or row.room
        return None if session.room == row.room else session.room

    def _find_suited(self, class_: str, week: str) -> tuple[Course, ...]:
        ages = ages_in(self.scenario, self.plan, class_, week)
        return tuple(course for course in self.scenario.course.values() if suits(course, ages))

    def _find_teachers(self, course: str, class_: str, day: date, shift: str) -> tuple[str | None, ...]:
        if not self.scenario.course[course].teacher:
            return (None,)
        venue = self.scenario.class_[class_].venue
        people = self._in_reach(course, venue)
        return tuple(row.id for row in people if self._comes_to(row.id, class_, day, shift))

    def _find_given(self, teacher: str | None, class_: str, week: str) -> tuple[Course, ...]:
        """The courses that suit a class and that a specialist teaches who is in reach."""
        suited = self.suited(class_, week)
        if teacher is None:
            return tuple(course for course in suited if not course.teacher)
        if not self.scenario.works_at(teacher, self.scenario.class_[class_].venue):
            return ()
        person = self.scenario.person[teacher]
        return tuple(course for course in suited if course.teacher and _teaches(person, course.id))

    def _comes_to(self, person: str, class_: str, day: date, shift: str) -> bool:
        """Whether nothing but the way may keep somebody from a class."""
        own = self.scenario.person[person].own_children
        if own and not set(own).isdisjoint(self.plan.children_in(class_, self.scenario.week_of(day))):
            return False
        return self.comes(person, day, shift)

    def _find_coming(self, person: str, day: date, shift: str) -> bool:
        """Whether somebody is to be had at all."""
        return (
            (person, day) not in self._away
            and self.scenario.is_cleared(person, day)
            and self.scenario.availability_of(person, day, shift) != "no"
        )

    def _find_blocks(self, length: int, shift: str) -> tuple[tuple[Period, ...], ...]:
        """The runs of so many course periods of a shift."""
        found = (self.block(period.id, length) for period in self.scenario.periods_of(shift))
        return tuple(block for block in found if block)

    def _find_in_reach(self, course: str, venue: str) -> tuple[Person, ...]:
        return tuple(row for row in self._specialists[course] if self.scenario.works_at(row.id, venue))

    # ---- rooms ----------------------------------------------------------------------------------

    def _find_rooms(self, course_id: str, class_id: str, day: date, shift: str) -> tuple[str | None, ...]:
        week = self.scenario.week_of(day)
        course, class_ = self.scenario.course[course_id], self.scenario.class_[class_id]
        home = self.scenario.room.get(class_.room) if class_.room else None
        home_will_do = not course.room_feature or (home is not None and course.room_feature in home.features)
        elsewhere = not home_will_do or self._contested(class_.id, week)
        if not elsewhere and course.joint is None:
            return (None,)
        least = self.children(class_.id, week)
        if not elsewhere and course.joint is not None:
            others = [n for n in self._others(class_, day, shift) if n + least <= course.joint]
            elsewhere = bool(others)
            least += min(others, default=0)
        found: list[str | None] = []
        if home_will_do:
            found.append(home.id if home is not None and course.joint is not None else None)
        if elsewhere:
            found += [
                room.id
                for room in self.scenario.rooms_at(class_.venue)
                if room.id != class_.room
                and (not course.room_feature or course.room_feature in room.features)
                and (room.capacity is None or room.capacity >= least)
                and not self.scenario.closed(day, shift, venue=class_.venue, room=room.id)
            ]
        return tuple(found)

    def _others(self, class_: Class, day: date, shift: str) -> list[int]:
        """Children of the other classes that are on at the venue."""
        week = self.scenario.week_of(day)
        return [
            self.children(row.id, week)
            for row in self.scenario.classes_at(class_.venue)
            if row.id != class_.id and shift in self.shifts.get((row.id, day), ())
        ]

    def _find_contested(self, class_: str, week: str) -> bool:
        """Whether another class may need what only some class's home room at the venue has."""
        running = [
            row
            for row in self.scenario.classes_at(self.scenario.class_[class_].venue)
            if (row.id, week) in self.plan.running
        ]
        features = {row.id: self._features(row) for row in running}
        needed = {
            course.room_feature
            for row in running
            for course in self.suited(row.id, week)
            if course.room_feature and course.room_feature not in features[row.id]
        }
        return any(needed & of_one for of_one in features.values())

    def _features(self, class_: Class) -> frozenset[str]:
        home = self.scenario.room.get(class_.room) if class_.room else None
        return frozenset(home.features if home else ())

    # ---- trips ----------------------------------------------------------------------------------

    def departures(self, class_: str, day: date) -> Iterator[Departure]:
        """The trips a class may go on on a day."""
        week = self.scenario.week_of(day)
        ages = ages_in(self.scenario, self.plan, class_, week)
        held = self.shifts.get((class_, day), ())
        for trip in self.scenario.trip.values():
            if day in trip.dates and set(trip.shifts) <= set(held) and suits(trip, ages):
                yield Departure(class_, self.scenario.class_[class_].venue, week, day, trip)

    def departed(self, outing: Outing) -> Departure | None:
        """A trip that stands as it is; None if its class, trip or day is unknown."""
        row, trip = self.scenario.class_.get(outing.class_), self.scenario.trip.get(outing.trip)
        if row is None or trip is None or outing.date not in self.scenario.day:
            return None
        return Departure(row.id, row.venue, self.scenario.week_of(outing.date), outing.date, trip, 1)


def _teaches(person: Person, course: str) -> bool:
    return "specialist" in person.roles and course in person.courses
