"""What one venue may see: the children it holds, with health and phones, its timetables, rota and trips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.plan import Outing, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Trip
from scheduler.exporters.order import name_order
from scheduler.exporters.views.blocks import Block
from scheduler.exporters.views.common import (
    Names,
    Stamp,
    WeekProgramme,
    class_name,
    room_name,
    span_of,
    week_programme,
    weeks_listed,
)
from scheduler.exporters.views.rota import Missing, Post, missing_of, rota


@dataclass(frozen=True)
class RosterChild:
    """A child as the venue must know it."""

    id: str
    name: str
    gender: str
    age: int | None
    grade: int | None
    weeks: tuple[str, ...]
    guardian: str
    phone: str
    pickup: str
    allergies: str
    medical: str
    needs: tuple[str, ...]

    @property
    def wants_care(self) -> bool:
        """Whether there is anything about its health or needs."""
        return bool(self.allergies or self.medical or self.needs)


@dataclass(frozen=True)
class ClassWeek:
    """A class's week: who comes, and what it does."""

    week: str
    first: date
    last: date
    days: tuple[date, ...]
    children: tuple[RosterChild, ...]
    programme: WeekProgramme


@dataclass(frozen=True)
class VenueClass:
    """A class of the venue with all its children and its running weeks."""

    id: str
    name: str
    room: str
    children: tuple[RosterChild, ...]
    weeks: tuple[ClassWeek, ...]


@dataclass(frozen=True)
class Ride:
    """People of one class in one bus."""

    bus: int
    class_: str
    children: int
    adults: int


@dataclass(frozen=True)
class TripSheet:
    """One trip of the venue on one day: buses, children, adults."""

    name: str
    destination: str
    date: date
    start: time
    end: time
    classes: tuple[str, ...]
    rides: tuple[Ride, ...]
    children: tuple[tuple[str, RosterChild], ...]
    adults: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, Missing], ...]


@dataclass(frozen=True)
class VenueView:
    """One venue's pack."""

    stamp: Stamp
    id: str
    name: str
    operator: str
    address: str
    contact: str
    phone: str
    classes: tuple[VenueClass, ...]
    rota: tuple[Post, ...]
    trips: tuple[TripSheet, ...]


def venue_view(scenario: Scenario, plan: Plan, venue: str, names: Names) -> VenueView:
    """One venue's pack."""
    row = scenario.venue[venue]
    return VenueView(
        Stamp.of(plan),
        row.id,
        row.name,
        row.operator,
        row.address,
        row.contact,
        row.phone,
        tuple(_class(scenario, plan, class_.id, names) for class_ in scenario.classes_at(venue)),
        rota(scenario, plan, venue, names),
        tuple(_trips(scenario, plan, venue, names)),
    )


def programme_for_staff(
    scenario: Scenario, plan: Plan, class_: str, week: str, names: Names
) -> WeekProgramme:
    """A class's week with the specialists' names, and rooms other than its own."""

    def detail(block: Block) -> str:
        if block.session is None:
            return ""
        teacher = names.person(block.session.teacher)
        return " · ".join(part for part in (teacher, room_name(scenario, block.session.room)) if part)

    return week_programme(scenario, plan, class_, week, detail)


def _class(scenario: Scenario, plan: Plan, class_: str, names: Names) -> VenueClass:
    row = scenario.class_[class_]
    weeks = []
    for week in scenario.weeks:
        span = span_of(scenario, week)
        if (class_, week) in plan.running and span is not None:
            days = tuple(day for day in scenario.days_in(week) if scenario.held(class_, day))
            children = _roster(scenario, plan, class_, plan.children_in(class_, week), names)
            programme = programme_for_staff(scenario, plan, class_, week, names)
            weeks.append(ClassWeek(week, *span, days, children, programme))
    everybody = {child for week in scenario.weeks for child in plan.children_in(class_, week)}
    children = _roster(scenario, plan, class_, everybody, names)
    return VenueClass(class_, row.name, room_name(scenario, row.room), children, tuple(weeks))


def _roster(
    scenario: Scenario, plan: Plan, class_: str, children: Iterable[str], names: Names
) -> tuple[RosterChild, ...]:
    found = []
    for child in children:
        row = scenario.child.get(child)
        if row is None:
            continue
        weeks = [week for week, held in plan.weeks_of(child).items() if held == class_]
        found.append(
            RosterChild(
                row.id,
                names.child(child),
                row.gender or "",
                scenario.age(child),
                row.grade,
                weeks_listed(scenario, weeks),
                row.guardian,
                row.phone,
                row.pickup,
                row.allergies,
                row.medical,
                row.needs,
            )
        )
    return tuple(sorted(found, key=lambda child: (name_order(child.name), child.id)))


def _trips(scenario: Scenario, plan: Plan, venue: str, names: Names) -> list[TripSheet]:
    """The venue's trips by day; classes that go together share a sheet."""
    classes = {row.id for row in scenario.classes_at(venue)}
    together: dict[tuple[date, str], list[Outing]] = {}
    for outing in sorted(plan.trips, key=lambda outing: (outing.date, outing.trip, outing.class_)):
        if outing.class_ in classes and outing.trip in scenario.trip and outing.date in scenario.day:
            together.setdefault((outing.date, outing.trip), []).append(outing)
    return [
        _trip(scenario, plan, scenario.trip[trip], outings, names) for (_, trip), outings in together.items()
    ]


def _trip(scenario: Scenario, plan: Plan, trip: Trip, outings: list[Outing], names: Names) -> TripSheet:
    day = outings[0].date
    week, shifts = scenario.week_of(day), [scenario.shift[s] for s in trip.shifts if s in scenario.shift]
    classes = [outing.class_ for outing in outings]
    adults = {
        (class_name(scenario, class_), names.person(duty.person))
        for class_ in classes
        for shift in trip.shifts
        for duty in plan.duties_in(class_, day, shift)
    }
    rides = (
        Ride(seat.bus, class_name(scenario, outing.class_), seat.children, seat.adults)
        for outing in outings
        for seat in outing.seating
    )
    return TripSheet(
        trip.name,
        trip.destination,
        day,
        min(shift.start for shift in shifts),
        max(shift.end for shift in shifts),
        tuple(class_name(scenario, class_) for class_ in classes),
        tuple(sorted(rides, key=lambda ride: (ride.bus, ride.class_))),
        tuple(
            (class_name(scenario, class_), child)
            for class_ in classes
            for child in _roster(scenario, plan, class_, plan.children_in(class_, week), names)
        ),
        tuple(sorted(adults)),
        tuple(
            (class_name(scenario, gap.class_), missing_of(scenario, gap))
            for gap in plan.gaps
            if gap.class_ in classes and gap.date == day and gap.shift in trip.shifts
        ),
    )
