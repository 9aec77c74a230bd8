"""What one venue may see: the children it holds, with health and phones, its timetables, rota and trips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.blocks import Block
from scheduler.exporters.views.common import (
    Names,
    Stamp,
    WeekProgramme,
    room_name,
    span_of,
    week_programme,
)
from scheduler.exporters.views.rooms import RoomWeek, room_weeks
from scheduler.exporters.views.roster import RosterChild, roster
from scheduler.exporters.views.rota import Post, rota
from scheduler.exporters.views.trips import TripOff, TripSheet, trip_sheets, trips_off


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
    trips_off: tuple[TripOff, ...]
    rooms: tuple[RoomWeek, ...]


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
        trip_sheets(scenario, plan, venue, names),
        trips_off(scenario, plan, venue),
        room_weeks(scenario, plan, venue, names),
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
            children = roster(scenario, plan, class_, plan.children_in(class_, week), names)
            programme = programme_for_staff(scenario, plan, class_, week, names)
            weeks.append(ClassWeek(week, *span, days, children, programme))
    everybody = {child for week in scenario.weeks for child in plan.children_in(class_, week)}
    children = roster(scenario, plan, class_, everybody, names)
    return VenueClass(class_, row.name, room_name(scenario, row.room), children, tuple(weeks))
