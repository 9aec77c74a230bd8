"""The trips of one venue: who sits in which bus, who leads, whom to call; and the trips that cannot go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.called_off import Cause, called_off
from scheduler.domain.plan import Outing, Plan, Seating
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Trip
from scheduler.exporters.order import name_order
from scheduler.exporters.views.common import Names, class_name, trip_name
from scheduler.exporters.views.roster import RosterChild, roster
from scheduler.exporters.views.rota import Missing, missing_of


@dataclass(frozen=True)
class Ride:
    """People of one class in one bus."""

    bus: int
    class_: str
    children: int
    adults: int


@dataclass(frozen=True)
class BusSheet:
    """The roll of one class in one bus (null: the trip needs no bus), for whoever leads it there.

    `aboard` counts everybody in the bus, `others` are the other classes in it; `standing` are adults on duty
    beyond the seats that were reckoned for adults.
    """

    class_: str
    bus: int | None
    seats: int | None
    aboard: int
    others: tuple[str, ...]
    children: tuple[RosterChild, ...]
    adults: tuple[str, ...]
    standing: tuple[str, ...]


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
    children: int
    adults: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, Missing], ...]
    sheets: tuple[BusSheet, ...]


@dataclass(frozen=True)
class TripOff:
    """A class cannot go on a trip on one of its dates, why, and what it does instead."""

    name: str
    class_: str
    day: date
    cause: Cause
    reason: str
    instead: tuple[date, ...]
    stays: bool


def trip_sheets(scenario: Scenario, plan: Plan, venue: str, names: Names) -> tuple[TripSheet, ...]:
    """The venue's trips by day; classes that go together share a sheet."""
    outings = [row for class_ in scenario.classes_at(venue) for row in plan.outings_by(class_.id)]
    together: dict[tuple[date, str], list[Outing]] = {}
    for outing in sorted(outings, key=lambda outing: (outing.date, outing.trip, outing.class_)):
        if outing.trip in scenario.trip and outing.date in scenario.day:
            together.setdefault((outing.date, outing.trip), []).append(outing)
    return tuple(
        _trip(scenario, plan, (scenario.trip[trip], venue), rows, names)
        for (_, trip), rows in together.items()
    )


def trips_off(scenario: Scenario, plan: Plan, venue: str) -> tuple[TripOff, ...]:
    """The trips that classes of the venue cannot go on, by date."""
    classes = sorted(row.id for row in scenario.classes_at(venue))
    found = [row for class_ in classes for row in called_off(scenario, plan, class_)]
    return tuple(
        TripOff(
            trip_name(scenario, row.trip),
            class_name(scenario, row.class_),
            row.day,
            row.cause,
            row.reason,
            row.instead,
            row.stays,
        )
        for row in sorted(found, key=lambda row: (row.day, row.trip, row.class_))
    )


def _trip(
    scenario: Scenario, plan: Plan, where: tuple[Trip, str], outings: list[Outing], names: Names
) -> TripSheet:
    """A trip from a venue."""
    trip, venue = where
    day = outings[0].date
    week, shifts = scenario.week_of(day), [scenario.shift[s] for s in trip.shifts if s in scenario.shift]
    classes = [outing.class_ for outing in outings]
    adults = {class_: _adults(plan, class_, trip, day, names) for class_ in classes}
    rides = (
        Ride(seat.bus, class_name(scenario, outing.class_), seat.children, seat.adults)
        for outing in outings
        for seat in outing.seating
    )
    sheets = [
        sheet
        for outing in outings
        for sheet in _sheets(
            scenario,
            trip,
            outing,
            outings,
            roster(scenario, plan, outing.class_, plan.children_in(outing.class_, week), names),
            adults[outing.class_],
        )
    ]
    return TripSheet(
        trip.name,
        trip.destination,
        day,
        min(shift.start for shift in shifts),
        max(shift.end for shift in shifts),
        tuple(class_name(scenario, class_) for class_ in classes),
        tuple(sorted(rides, key=lambda ride: (ride.bus, ride.class_))),
        sum(len(plan.children_in(class_, week)) for class_ in classes),
        tuple((class_name(scenario, class_), who) for class_ in classes for who in adults[class_]),
        tuple(
            (class_name(scenario, gap.class_), missing_of(scenario, gap))
            for gap in plan.gaps_at(venue)
            if gap.class_ in classes and gap.date == day and gap.shift in trip.shifts
        ),
        tuple(sorted(sheets, key=lambda sheet: (sheet.bus or 0, sheet.class_))),
    )


def _adults(plan: Plan, class_: str, trip: Trip, day: date, names: Names) -> tuple[str, ...]:
    people = {duty.person for shift in trip.shifts for duty in plan.duties_in(class_, day, shift)}
    return tuple(sorted((names.person(person) for person in people), key=name_order))


def _sheets(
    scenario: Scenario,
    trip: Trip,
    outing: Outing,
    outings: list[Outing],
    children: tuple[RosterChild, ...],
    adults: tuple[str, ...],
) -> list[BusSheet]:
    """A class's roll, bus by bus: children and adults in the order of their names, as the seats fall.

    Who is left when all seats are taken (a plan that was changed by hand) is listed in the last bus.
    """
    name, seats = class_name(scenario, outing.class_), list(outing.seating)
    if not seats:
        return [BusSheet(name, None, None, len(children) + len(adults), (), children, adults, ())]
    found, left, people = [], list(children), list(adults)
    for number, seat in enumerate(seats, 1):
        last = number == len(seats)
        sitting, left = (left, []) if last else (left[: seat.children], left[seat.children :])
        leading, people = people[: seat.adults], people[seat.adults :]
        standing = people if last else []
        others = {row.class_ for row in outings for it in row.seating if it.bus == seat.bus} - {outing.class_}
        found.append(
            BusSheet(
                name,
                seat.bus,
                trip.seats_per_bus,
                _aboard(outings, seat),
                tuple(class_name(scenario, class_) for class_ in sorted(others)),
                tuple(sitting),
                tuple(leading),
                tuple(standing),
            )
        )
    return found


def _aboard(outings: list[Outing], seat: Seating) -> int:
    return sum(it.children + it.adults for row in outings for it in row.seating if it.bus == seat.bus)
