"""What anybody may see: classes and the places left; no person, and no count that points at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.exporters.views.common import Stamp, span_of

SMALL = 5
"""Counts below this are not told: they could point at a child."""

Room = Literal["none", "few", "some", "many", "closed", "away"]
"""none: full; few: under five; some: so many; many: five or more (told no nearer, since few are placed);
closed: does not run; away: not offered that week."""


@dataclass(frozen=True)
class PublicWeek:
    """A week's name and days."""

    week: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Left:
    """The places left in a class-week; `number` only where `room` is `some`."""

    room: Room
    number: int = 0


@dataclass(frozen=True)
class PublicClass:
    """A class with whom it is for, its hours, and the places left each week."""

    name: str
    ages: tuple[int | None, int | None]
    grades: tuple[int | None, int | None]
    hours: tuple[tuple[time, time], ...]
    left: tuple[Left, ...]


@dataclass(frozen=True)
class PublicVenue:
    """A venue; its contact person is left out."""

    name: str
    district: str
    address: str
    phone: str
    only_for: tuple[str, ...]
    classes: tuple[PublicClass, ...]


@dataclass(frozen=True)
class PublicView:
    """The public page."""

    stamp: Stamp
    weeks: tuple[PublicWeek, ...]
    venues: tuple[PublicVenue, ...]


def public_view(scenario: Scenario, plan: Plan) -> PublicView:
    """The public page of a plan."""
    weeks = tuple(PublicWeek(week, *(span_of(scenario, week) or (None, None))) for week in scenario.weeks)
    venues = tuple(
        PublicVenue(
            row.name,
            row.district,
            row.address,
            row.phone,
            row.only_for,
            tuple(_class(scenario, plan, class_) for class_ in scenario.classes_at(row.id)),
        )
        for row in sorted(scenario.venues, key=lambda row: row.id)
    )
    return PublicView(Stamp.of(plan), weeks, venues)


def _class(scenario: Scenario, plan: Plan, row: Class) -> PublicClass:
    return PublicClass(
        row.name,
        (row.min_age, row.max_age),
        (row.min_grade, row.max_grade),
        _hours(scenario, row.id),
        tuple(places_left(scenario, plan, row.id, week) for week in scenario.weeks),
    )


def _hours(scenario: Scenario, class_: str) -> tuple[tuple[time, time], ...]:
    """When a class is held; shifts that follow at once are one stretch for a family."""
    held: list[tuple[time, time]] = []
    for shift in sorted((scenario.shift[id] for id in scenario.shifts_of(class_)), key=lambda row: row.start):
        if held and held[-1][1] >= shift.start:
            held[-1] = (held[-1][0], max(held[-1][1], shift.end))
        else:
            held.append((shift.start, shift.end))
    return tuple(held)


def places_left(scenario: Scenario, plan: Plan, class_: str, week: str) -> Left:
    """The places left in a class-week, told no nearer than is safe."""
    if not any(scenario.held(class_, day) for day in scenario.days_in(week)):
        return Left("away")
    if (class_, week) not in plan.running:
        return Left("closed")
    placed = len(plan.children_in(class_, week))
    free = max(0, min(scenario.seats(class_) - placed, _free_at_venue(scenario, plan, class_, week)))
    if free == 0:
        return Left("none")
    if free < SMALL:
        return Left("few")
    return Left("many") if placed < SMALL else Left("some", free)


def _free_at_venue(scenario: Scenario, plan: Plan, class_: str, week: str) -> int:
    venue = scenario.venue[scenario.class_[class_].venue]
    if venue.capacity is None:
        return scenario.seats(class_)
    classes = scenario.classes_at(venue.id)
    return venue.capacity - sum(len(plan.children_in(row.id, week)) for row in classes)
