"""A simple timetable for the invented city: specialists go round, teachers swap, some classes go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import hypot
from random import Random

from benchmarks.placing.city import KM_PER_DEGREE
from benchmarks.rostering.teachers import Teachers
from scheduler.domain.plan import Outing, Session
from scheduler.domain.tables import Class, Course, Person, Trip, Venue

COURSES = tuple(
    Course(id=id, name=id, max_per_week=5) for id in ("opera", "painting", "models", "dance", "paper")
)
TRIP = Trip(
    id="museum",
    name="museum",
    dates=(),
    shifts=("AM", "NOON"),
    children_per_adult=8,
)
ROUND = (("P1", 0), ("P2", 1), ("P3", 2), ("P4", 3))
"""The periods of a specialist's day at a venue, and which of its classes each is for."""

REACH_KM = 7.5
"""How far specialists go, a little less than they say."""

OUTINGS = 0.3
"""Share of classes that go out once in the season."""


class Programme:
    """Sessions and outings that break no rule of the timetable."""

    def __init__(
        self,
        dice: Random,
        venues: Sequence[Venue],
        classes: Sequence[Class],
        teachers: Teachers,
        days: Sequence[date],
    ) -> None:
        """Draw outings, then sessions around them."""
        self._dice = dice
        self._at = {venue.id: [row.id for row in classes if row.venue == venue.id] for venue in venues}
        self._absent = {
            (row.person, day)
            for row in teachers.times
            if row.status == "no"
            for day in days
            if row.from_ <= day <= row.to
        }
        self.trip_days = tuple(day for day in days if day.isoweekday() in (2, 4))
        self.outings = tuple(
            Outing(trip=TRIP.id, date=dice.choice(self.trip_days), class_=row.id)
            for row in classes
            if dice.random() < OUTINGS
        )
        self._away = {(row.class_, row.date) for row in self.outings}
        self.sessions = (
            *self._rounds(venues, teachers.specialists, days),
            *self._swaps(teachers, days),
        )

    def _rounds(
        self, venues: Sequence[Venue], specialists: Sequence[Person], days: Sequence[date]
    ) -> list[Session]:
        """Each day a specialist is at one venue, the nearest not yet taken, another one each weekday."""
        found = []
        for day in days:
            taken: set[str] = set()
            for person in specialists:
                near = _reached(person, venues)
                turn = day.weekday() % max(1, min(5, len(near)))
                free = [venue for venue in (*near[turn:], *near[:turn]) if venue not in taken]
                if not free or (person.id, day) in self._absent:
                    continue
                taken.add(free[0])
                course = person.courses[day.toordinal() % 2]
                for period, index in ROUND:
                    if self._is_here(free[0], index, day, period):
                        class_ = self._at[free[0]][index]
                        found.append(
                            Session(class_=class_, date=day, period=period, course=course, teacher=person.id)
                        )
        return found

    def _swaps(self, teachers: Teachers, days: Sequence[date]) -> list[Session]:
        """Once a week a homeroom teacher who also teaches does so next door, while no specialist is there."""
        found = []
        for venue, classes in self._at.items():
            for index, class_ in enumerate(classes):
                person = teachers.homeroom[class_]
                other = (index + 1) % len(classes)
                # specialists teach the first two classes in the morning, the others in the afternoon
                period = "P3" if other < 2 else "P1"
                for day in days if person.courses and person.cleared_until and other != index else ():
                    wanted = day.isoweekday() == 1 + index and (person.id, day) not in self._absent
                    cleared = person.cleared_until is not None and day <= person.cleared_until
                    if wanted and cleared and self._is_here(venue, other, day, period):
                        next_door = classes[other]
                        found.append(
                            Session(
                                class_=next_door, date=day, period=period, course="paper", teacher=person.id
                            )
                        )
        return found

    def _is_here(self, venue: str, index: int, day: date, period: str) -> bool:
        """Whether a venue has so many classes and that one is not away then."""
        classes = self._at[venue]
        return index < len(classes) and (period in ("P3", "P4") or (classes[index], day) not in self._away)


def _reached(person: Person, venues: Sequence[Venue]) -> list[str]:
    """The venues a person can go to, nearest first."""
    by_way = sorted((_km(person, venue), venue.id) for venue in venues)
    return [venue for way, venue in by_way if way <= REACH_KM]


def _km(person: Person, venue: Venue) -> float:
    north = (person.latitude or 0) - (venue.latitude or 0)
    east = (person.longitude or 0) - (venue.longitude or 0)
    return hypot(north * KM_PER_DEGREE[0], east * KM_PER_DEGREE[1])
