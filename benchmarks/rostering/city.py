"""A city's classes with placements and timetable given: what is left is who is on duty where.

    python -m benchmarks.rostering.city 20 100      what seasons of so many classes hold

Four classes a venue, four weeks of five days, three shifts a day, five volunteers a class.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from math import sqrt
from random import Random

from benchmarks.placing.city import BANDS, CLASSES_AT_A_VENUE, MONDAY, on_earth
from benchmarks.rostering.needs import NEEDS
from benchmarks.rostering.programme import COURSES, TRIP, Programme
from benchmarks.rostering.sizes import sizes
from benchmarks.rostering.teachers import Teachers
from benchmarks.rostering.volunteers import Volunteers
from scheduler.domain.plan import OpenClass, Placement, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class, Day, Period, Settings, Shift, Venue

WEEKS = 4
SHIFTS: tuple[dict[str, str], ...] = (
    {"id": "AM", "start": "08:00", "end": "12:00"},
    {"id": "NOON", "start": "12:00", "end": "14:00"},
    {"id": "PM", "start": "14:00", "end": "17:30"},
)
PERIODS: tuple[dict[str, str], ...] = (
    {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
    {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
    {"id": "N", "start": "12:00", "end": "14:00", "shift": "NOON", "kind": "care"},
    {"id": "P3", "start": "14:15", "end": "15:15", "shift": "PM"},
    {"id": "P4", "start": "15:30", "end": "16:30", "shift": "PM"},
)
AIDED, AWAY = 0.004, 0.03
"""Shares: of children who need an adult of their own, of child-weeks in which a child stays at home."""


def season(classes: int, seed: int = 0) -> tuple[Scenario, Plan]:
    """A season of so many classes and five times as many volunteers, and the plan before staffing."""
    return _City(classes, seed).season()


class _City:
    def __init__(self, classes: int, seed: int) -> None:
        self._dice = Random(f"rostering|{classes}|{seed}")
        self._number = classes
        count = max(1, round(classes / CLASSES_AT_A_VENUE))
        self._radius = 1.3 * sqrt(count)
        self._venues = tuple(self._venue(f"V{n + 1:03}") for n in range(count))
        self._days = tuple(
            MONDAY + timedelta(days=7 * week + day) for week in range(WEEKS) for day in range(5)
        )

    def season(self) -> tuple[Scenario, Plan]:
        classes = tuple(self._classes())
        children, placements = self._children(classes)
        teachers = Teachers(self._dice, self._venues, classes, self._days)
        programme = Programme(self._dice, self._venues, classes, teachers, self._days)
        volunteers = Volunteers(self._dice, self._venues, children, 5 * self._number, self._days)
        scenario = Scenario(
            settings=Settings(season=f"roster-{self._number}"),
            days=tuple(Day(date=day, week=_week(day)) for day in self._days),
            shifts=tuple(Shift.model_validate(row) for row in SHIFTS),
            periods=tuple(Period.model_validate(row) for row in PERIODS),
            venues=self._venues,
            classes=classes,
            children=children,
            courses=COURSES,
            trips=(TRIP.model_copy(update={"dates": programme.trip_days}),),
            staff=(*teachers.people, *volunteers.people),
            availability=(*teachers.times, *volunteers.times),
            needs=NEEDS,
            locks=teachers.locks,
        )
        running = sorted({(row.class_, row.week) for row in placements})
        plan = Plan(
            season=scenario.settings.season,
            input_sha256=scenario.sha256,
            open_classes=tuple(OpenClass(class_=class_, week=week) for class_, week in running),
            placements=placements,
            sessions=programme.sessions,
            trips=programme.outings,
        )
        return scenario, plan

    def _venue(self, id: str) -> Venue:
        while True:
            north, east = self._dice.uniform(-1, 1), self._dice.uniform(-1, 1)
            if north * north + east * east <= 1:
                break
        latitude, longitude = on_earth((north * self._radius, east * self._radius))
        return Venue(id=id, name=id, mode="joint", latitude=latitude, longitude=longitude)

    def _classes(self) -> Iterator[Class]:
        for number in range(self._number):
            venue, index = self._venues[number % len(self._venues)].id, number // len(self._venues)
            low, high = BANDS[index % len(BANDS)]
            yield Class(
                id=f"{venue}-{index + 1}",
                name=f"{venue}-{index + 1}",
                venue=venue,
                min_age=low,
                max_age=high,
                capacity=self._dice.randint(30, 35),
            )

    def _children(self, classes: tuple[Class, ...]) -> tuple[tuple[Child, ...], tuple[Placement, ...]]:
        """Every seat has its child, who stays away a week now and then."""
        children: list[Child] = []
        placements: list[Placement] = []
        for row in classes:
            for _ in range(row.capacity):
                id = f"K{len(children) + 1:05}"
                ages = range(row.min_age or 6, (row.max_age or 12) + 1)
                weeks = [str(n + 1) for n in range(WEEKS) if self._dice.random() >= AWAY]
                child = Child(
                    id=id,
                    name=id,
                    birth_date=date(MONDAY.year - self._dice.choice(ages), 1, 1),
                    weeks=tuple(weeks),
                    choices=(row.venue,),
                    stay="weeks",
                    needs=("aide",) if self._dice.random() < AIDED else (),
                    consent=True,
                )
                children.append(child)
                placements += [Placement(child=id, week=week, class_=row.id, choice=1) for week in weeks]
        return tuple(children), tuple(placements)


def _week(day: date) -> str:
    return str((day - MONDAY).days // 7 + 1)


if __name__ == "__main__":
    for given in sys.argv[1:] or ("20", "100", "300"):
        sys.stdout.write(f"{given} classes: {sizes(*season(int(given)))}\n")
