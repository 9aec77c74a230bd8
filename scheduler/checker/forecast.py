"""Before solving: seats against wishes, and adults against needs, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.choices import options
from scheduler.domain.demand import applies, asks_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.domain.tables.staff import DUTY_ROLES, Role


@dataclass(frozen=True)
class RoleForecast:
    """Shifts that needs ask of a role in a week if every class is full, and shifts offered for it.

    `offered` counts a person with several roles under each: it is the most there can be.
    """

    role: Role
    asked: int
    offered: int


@dataclass(frozen=True)
class WeekForecast:
    """One week before solving: children who want it, those some class fits, seats, adults by role."""

    week: str
    wanted: int
    fitting: int
    seats: int
    roles: tuple[RoleForecast, ...]


@dataclass(frozen=True)
class Forecast:
    """The whole season before solving."""

    weeks: tuple[WeekForecast, ...]


def forecast(scenario: Scenario) -> Forecast:
    """Seats and adults against need, week by week; nothing is decided."""
    places = {row.id: {class_.id for class_, _ in options(scenario, row)} for row in scenario.processed}
    return Forecast(tuple(_week(scenario, week, places) for week in scenario.weeks))


def _week(scenario: Scenario, week: str, places: dict[str, set[str]]) -> WeekForecast:
    held = {class_ for class_, other in scenario.class_weeks if other == week}
    wanting = [row.id for row in scenario.processed if week in scenario.wanted_weeks(row.id)]
    asked = _asked(scenario, week, held)
    offered = _offered(scenario, week)
    return WeekForecast(
        week=week,
        wanted=len(wanting),
        fitting=sum(bool(places[child] & held) for child in wanting),
        seats=_seats(scenario, held),
        roles=tuple(
            RoleForecast(role, asked[role], offered[role])
            for role in DUTY_ROLES
            if asked[role] or offered[role]
        ),
    )


def _seats(scenario: Scenario, held: set[str]) -> int:
    """Seats of the classes held, as far as each venue holds them in its fullest shift."""
    total = 0
    for venue in scenario.venue.values():
        classes = [row for row in scenario.classes_at(venue.id) if row.id in held]
        seats = sum(scenario.seats(row.id) for row in classes)
        if venue.capacity is not None:
            fullest = max(
                (
                    sum(scenario.seats(row.id) for row in classes if shift in scenario.shifts_of(row.id))
                    for shift in scenario.shift
                ),
                default=0,
            )
            seats -= max(0, fullest - venue.capacity)
        total += seats
    return total


def _asked(scenario: Scenario, week: str, held: set[str]) -> dict[Role, int]:
    asked: dict[Role, int] = defaultdict(int)
    for class_ in sorted(held):
        row = scenario.class_[class_]
        for day in scenario.days_in(week):
            for shift in scenario.held(class_, day):
                for role, number in _class_roles(scenario, row, shift):
                    asked[role] += number
    for venue in scenario.venue:
        for _, shift in _venue_shifts(scenario, week, venue, held):
            needs = (n for n in scenario.needs if n.setting == "venue" and applies(n, shift, None))
            asks = (ask for need in needs for ask in asks_of(need, 0))
            asked["site"] += max((ask.number for ask in asks), default=0)
    return asked


def _class_roles(scenario: Scenario, row: Class, shift: str) -> Iterator[tuple[Role, int]]:
    """Adults by role that a full class asks for; heads beyond the roles named fall to volunteers."""
    heads = scenario.seats(row.id)
    needs = (n for n in scenario.needs if n.setting == "class" and applies(n, shift, row.min_age))
    asks = [ask for need in needs for ask in asks_of(need, heads)]
    by_role = {
        role: max((ask.number for ask in asks if ask.roles == (role,)), default=0) for role in DUTY_ROLES
    }
    most = max((ask.number for ask in asks), default=0)
    by_role["volunteer"] += max(0, most - sum(by_role.values()))
    yield from by_role.items()


def _venue_shifts(scenario: Scenario, week: str, venue: str, held: set[str]) -> Iterator[tuple[date, str]]:
    classes = [row.id for row in scenario.classes_at(venue) if row.id in held]
    for day in scenario.days_in(week):
        for shift in scenario.shift:
            if any(shift in scenario.held(class_, day) for class_ in classes):
                yield day, shift


def _offered(scenario: Scenario, week: str) -> dict[Role, int]:
    offered: dict[Role, int] = defaultdict(int)
    for person in scenario.staff:
        shifts = sum(
            scenario.availability_of(person.id, day, shift) != "no"
            for day in scenario.days_in(week)
            if scenario.is_cleared(person.id, day) and not scenario.is_minor(person.id, day)
            for shift in scenario.shift
        )
        for role in person.roles:
            offered[role] += shifts
    return offered
