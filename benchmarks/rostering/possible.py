"""The duties a plain model decides about: asked for, and broken by nothing but one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.domain.demand import Ask, asks_around, venue_asks
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import DUTY_ROLES, Role
from scheduler.rules.duties import DutyRule

Place = tuple[str | None, str]
"""A class (none for the venue's own people) and its venue."""


def possible(scenario: Scenario, plan: Plan, rules: Iterable[DutyRule]) -> list[Duty]:
    """Every such duty. What depends on the person and the time alone is looked up once for all places; the
    rules that remain are asked of each duty."""
    asked = _asked(scenario, plan)
    rules = tuple(rules)
    return [
        duty
        for person in scenario.person.values()
        for duty in _duties(scenario, person, asked)
        if all(rule.admits(scenario, plan, duty) for rule in rules)
    ]


def _asked(scenario: Scenario, plan: Plan) -> dict[tuple[date, str], dict[Place, tuple[Ask, ...]]]:
    """Who is asked for when and where."""
    found: dict[tuple[date, str], dict[Place, tuple[Ask, ...]]] = {
        (day, shift): {} for day in scenario.open_days for shift in scenario.shift
    }
    for row in scenario.class_.values():
        for day in scenario.open_days:
            for shift in runs_on(scenario, plan, row.id, day):
                found[day, shift][row.id, row.venue] = asks_around(scenario, plan, row.id, day, shift)
    for (day, shift), places in found.items():
        for venue in scenario.venue:
            places[None, venue] = venue_asks(scenario, plan, venue, day, shift)
    return found


def _duties(
    scenario: Scenario, person: Person, asked: dict[tuple[date, str], dict[Place, tuple[Ask, ...]]]
) -> Iterator[Duty]:
    reached = {venue for venue in scenario.venue if scenario.works_at(person.id, venue)}
    roles = [role for role in DUTY_ROLES if role in person.roles]
    days = {
        day
        for day in scenario.open_days
        if scenario.is_cleared(person.id, day) and not scenario.is_minor(person.id, day)
    }
    for (day, shift), places in asked.items():
        if day not in days or scenario.availability_of(person.id, day, shift) == "no":
            continue
        for (class_, venue), asks in places.items():
            if venue in reached:
                for role in roles:
                    if (role == "site") == (class_ is None) and _is_wanted(asks, person, role):
                        yield Duty(
                            person=person.id, role=role, class_=class_, venue=venue, date=day, shift=shift
                        )


def _is_wanted(asks: tuple[Ask, ...], person: Person, role: Role) -> bool:
    return any(
        role in ask.roles and (not ask.qualification or ask.qualification in person.qualifications)
        for ask in asks
    )
