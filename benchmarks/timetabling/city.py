"""Seasons for the timetable alone: every class is full, and specialists travel all over a city.

    python -m benchmarks.timetabling.city 20

prints what a season of so many classes holds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, sqrt
from random import Random

from benchmarks.placing.city import BANDS, CLASSES_AT_A_VENUE, Place, on_earth
from benchmarks.timetabling.programme import POPULAR, TAUGHT, courses, trips
from scheduler.domain.plan import OpenClass, Placement, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import (
    Availability,
    Child,
    Class,
    Closure,
    Lock,
    Person,
    Room,
    Settings,
    Venue,
)
from scheduler.samples import season as calendar
from scheduler.samples.size import Size

CHILDREN = 35
"""In each class, each week."""

SPECIALISTS = 0.6
"""For each class. With 11 to 17 sessions a week each they give a little less than the classes have room
for."""

WEEKS = 4
STAYS = ((4, 0.7), (2, 0.2), (1, 0.1))
"""For how many weeks running a seat is one child's, and the share of such seats."""

SILENT, FREE, TIED, PARENTS = 0.1, 0.4, 0.04, 0.05
"""Shares: of children without interests; of specialists without a fee, tied to venues, with a child here."""


def season(classes: int, seed: int = 0) -> tuple[Scenario, Plan]:
    """A season of so many full classes over 4 weeks, and the plan that holds who is placed in them."""
    return _City(classes, seed).season()


class _City:
    def __init__(self, classes: int, seed: int) -> None:
        self._dice = Random(f"timetable|{classes}|{seed}")
        self._number = classes
        self._venues = max(1, ceil(classes / CLASSES_AT_A_VENUE))
        size = Size.of(classes * CHILDREN, self._venues, WEEKS)
        self._radius = 1.3 * sqrt(self._venues)
        self._days = calendar.days(size)
        self._weeks = calendar.weeks(size)

    def season(self) -> tuple[Scenario, Plan]:
        venues = [self._venue(number) for number in range(self._venues)]
        classes = [self._class(number) for number in range(self._number)]
        seats = [seat for row in classes for seat in self._seats(row)]
        children = {child.id: child for child, _, _ in seats}
        staff = [self._specialist(number, list(children)) for number in range(self._specialists)]
        scenario = Scenario(
            settings=Settings(season=f"timetable-{self._number}", travel_kmh=18.0, travel_fixed_minutes=8.0),
            days=self._days,
            shifts=calendar.shifts(),
            periods=calendar.periods(),
            venues=tuple(venues),
            rooms=tuple(room for row in venues for room in _rooms(row)),
            classes=tuple(classes),
            children=tuple(children.values()),
            courses=courses(self._number),
            trips=trips(self._number, tuple(row.date for row in self._days)),
            staff=tuple(staff),
            availability=tuple(row for person in staff for row in self._times(person.id)),
            closures=tuple(self._closures(venues, classes)),
            locks=tuple(self._locks(classes)),
        )
        return scenario, Plan(
            season=scenario.settings.season,
            input_sha256=scenario.sha256,
            open_classes=tuple(
                OpenClass(class_=row.id, week=week) for row in classes for week in self._weeks
            ),
            placements=tuple(
                Placement(child=child.id, week=week, class_=class_, choice=1) for child, class_, week in seats
            ),
        )

    # ---- places ---------------------------------------------------------------------------------

    def _place(self) -> Place:
        while True:
            north, east = self._dice.uniform(-1, 1), self._dice.uniform(-1, 1)
            if north * north + east * east <= 1:
                return north * self._radius, east * self._radius

    def _venue(self, number: int) -> Venue:
        latitude, longitude = on_earth(self._place())
        id = f"V{number + 1:03}"
        return Venue(id=id, name=id, mode="joint", latitude=latitude, longitude=longitude)

    def _class(self, number: int) -> Class:
        venue, index = f"V{number % self._venues + 1:03}", number // self._venues
        low, high = BANDS[index % len(BANDS)]
        id = f"{venue}-{index + 1}"
        return Class(
            id=id,
            name=id,
            venue=venue,
            room=f"{venue}-R{index + 1}",
            min_age=low,
            max_age=high,
            capacity=CHILDREN,
        )

    # ---- children -------------------------------------------------------------------------------

    def _seats(self, row: Class) -> Iterator[tuple[Child, str, str]]:
        """The children of a class with the weeks for which they are in it."""
        number = 0
        for _ in range(CHILDREN):
            (stay,) = self._dice.choices([n for n, _ in STAYS], [share for _, share in STAYS])
            for first in range(0, WEEKS, stay):
                number += 1
                weeks = self._weeks[first : first + stay]
                child = self._child(f"{row.id}-{number:03}", row, weeks if stay < WEEKS else ())
                yield from ((child, row.id, week) for week in weeks)

    def _child(self, id: str, row: Class, weeks: tuple[str, ...]) -> Child:
        first = self._days[0].date
        # ages of the class, the youngest and the oldest among them
        age = self._dice.randint(row.min_age or 6, row.max_age or 12)
        return Child(
            id=id,
            name=id,
            gender=self._dice.choice(("girl", "boy")),
            birth_date=date(first.year - age, 1, 1),
            weeks=weeks,
            choices=(row.id,),
            interests=self._interests(),
            consent=True,
        )

    def _interests(self) -> tuple[str, ...]:
        """Up to four courses, the popular ones more often; what a survey brings in."""
        if self._dice.random() < SILENT:
            return ()
        names, shares = zip(*POPULAR, strict=True)
        return tuple(sorted(set(self._dice.choices(names, shares, k=self._dice.randint(1, 4)))))

    # ---- specialists ----------------------------------------------------------------------------

    @property
    def _specialists(self) -> int:
        return round(SPECIALISTS * self._number)

    def _specialist(self, number: int, children: list[str]) -> Person:
        latitude, longitude = on_earth(self._place())
        tied = self._dice.random() < TIED
        return Person(
            id=f"S{number + 1:03}",
            name=f"S{number + 1:03}",
            kind="teacher",
            roles=("specialist",),
            courses=TAUGHT[number % len(TAUGHT)],
            venues=tuple(f"V{n + 1:03}" for n in self._some_venues(3)) if tied else (),
            latitude=latitude,
            longitude=longitude,
            max_distance_km=round(self._dice.uniform(2.2, 4.2), 1),
            max_shifts_per_day=1 if self._dice.random() < 0.1 else None,
            max_days_per_week=self._dice.choice((3, 4, 4, 5, 5)),
            max_days=self._dice.choice((None, None, 12, 15)),
            max_sessions_per_day=self._dice.choice((3, 4, 4, 5)),
            max_sessions_per_week=self._dice.randint(11, 17),
            cleared_until=date(self._days[0].date.year + 1, 8, 31),
            own_children=(self._dice.choice(children),) if self._dice.random() < PARENTS else (),
            fee_per_session=None if self._dice.random() < FREE else self._dice.choice((150, 200, 260, 300)),
        )

    def _some_venues(self, number: int) -> list[int]:
        return sorted(self._dice.sample(range(self._venues), min(number, self._venues)))

    def _times(self, person: str) -> Iterator[Availability]:
        """When a specialist cannot come: half-days of the week, now and then a whole week or a day."""
        first, last = self._days[0].date, self._days[-1].date
        for _ in range(self._dice.randint(0, 3)):
            weekday, shift = self._dice.randint(1, 5), self._dice.choice(("AM", "PM"))
            yield _no(person, first, last, weekdays=(weekday,), shifts=(shift,))
        if self._dice.random() < 0.08:
            monday = first + timedelta(days=7 * self._dice.randrange(WEEKS))
            yield _no(person, monday, monday + timedelta(days=4))
        if self._dice.random() < 0.3:
            day = self._dice.choice(self._days).date
            yield _no(person, day, day)

    # ---- what is settled ------------------------------------------------------------------------

    def _closures(self, venues: list[Venue], classes: list[Class]) -> Iterator[Closure]:
        """One venue of ten shut for a day, one hall of ten for a week, one class of twenty for half a day."""
        for row in self._dice.sample(venues, ceil(len(venues) / 10)):
            day = self._dice.choice(self._days[1:]).date
            yield Closure(venue=row.id, from_=day, to=day, reason="heat")
        for row in self._dice.sample(venues, ceil(len(venues) / 10)):
            monday = self._days[5 * self._dice.randrange(1, WEEKS)].date
            yield Closure(
                room=f"{row.id}-HALL", from_=monday, to=monday + timedelta(days=4), reason="repairs"
            )
        for closed in self._dice.sample(classes, ceil(len(classes) / 20)):
            day = self._dice.choice(self._days[1:]).date
            yield Closure(class_=closed.id, from_=day, to=day, shifts=("PM",), reason="visit")

    def _locks(self, classes: list[Class]) -> Iterator[Lock]:
        """The first hour of the season is left to homeroom teachers in every tenth class; every fifteenth has
        games on the last afternoon, and no trip that day; every twelfth does not visit the museum."""
        first, last = self._days[0].date, self._days[-1].date
        for number, row in enumerate(classes):
            if number % 10 == 0:
                yield Lock(id=f"{row.id}-open", kind="no_session", class_=row.id, date=first, period="P1")
            if number % 15 == 1:
                yield Lock(
                    id=f"{row.id}-end", kind="session", class_=row.id, date=last, period="P5", course="games"
                )
            if number % 12 == 2:
                yield Lock(id=f"{row.id}-been", kind="no_trip", class_=row.id, trip="museum")


def _rooms(venue: Venue) -> Iterator[Room]:
    """Home rooms, a hall with a stage for two classes, and a laboratory."""
    for number in range(CLASSES_AT_A_VENUE):
        yield Room(id=f"{venue.id}-R{number + 1}", venue=venue.id, capacity=40)
    yield Room(id=f"{venue.id}-HALL", venue=venue.id, capacity=2 * CHILDREN, features=("stage",))
    yield Room(id=f"{venue.id}-LAB", venue=venue.id, capacity=40, features=("lab",))


def _no(
    person: str, first: date, last: date, weekdays: tuple[int, ...] = (), shifts: tuple[str, ...] = ()
) -> Availability:
    return Availability(person=person, from_=first, to=last, weekdays=weekdays, shifts=shifts, status="no")


def main() -> None:
    """Print what a season holds."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    scenario, plan = season(number)
    tables = ("venues", "rooms", "classes", "children", "courses", "trips", "staff", "availability")
    sizes = [f"{name}: {len(getattr(scenario, name))}" for name in (*tables, "closures", "locks")]
    sizes.append(f"placements: {len(plan.placements)}")
    sys.stdout.write("\n".join(sizes) + "\n")


if __name__ == "__main__":
    main()
