"""Trips, first come first served: FET knows no buses, so they are settled before it begins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.buses import Party, buses_needed, seating
from scheduler.domain.demand import adults_away
from scheduler.domain.plan import Outing, Plan
from scheduler.domain.programme import ages_in, runs_on, suits
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock, Trip


def departures(scenario: Scenario, plan: Plan) -> tuple[Outing, ...]:
    """Every class, venue by venue, goes on the first day with seats for it, with its seats."""
    gone: dict[tuple[str, date], list[str]] = defaultdict(list)
    away: set[tuple[str, date, str]] = set()
    for trip in scenario.trip.values():
        times: Counter[str] = Counter()
        for class_, day in _possible(scenario, plan, trip):
            there = gone[trip.id, day]
            if times[class_] >= trip.times_per_class or any((class_, day, s) in away for s in trip.shifts):
                continue
            if _seats(scenario, plan, trip, day, [*there, class_]):
                there.append(class_)
                times[class_] += 1
                away.update((class_, day, shift) for shift in trip.shifts)
    found = []
    for (name, day), classes in gone.items():
        seats = seating(scenario.trip[name], _parties(scenario, plan, scenario.trip[name], day, classes))
        found += [Outing(trip=name, date=day, class_=class_, seating=seats[class_]) for class_ in classes]
    return tuple(sorted(found, key=lambda row: (row.date, row.trip, row.class_)))


def _possible(scenario: Scenario, plan: Plan, trip: Trip) -> Iterator[tuple[str, date]]:
    """The classes and days of a trip: locked ones first, then venue by venue."""
    found = []
    for class_ in sorted({name for name, _ in plan.running}, key=lambda c: (scenario.class_[c].venue, c)):
        for day in trip.dates:
            if day not in scenario.day or not set(trip.shifts) <= set(runs_on(scenario, plan, class_, day)):
                continue
            rows = [lock for lock in scenario.lock.values() if _matches(scenario, lock, trip, class_, day)]
            fits = suits(trip, ages_in(scenario, plan, class_, scenario.week_of(day)))
            if fits and not any(lock.kind == "no_trip" for lock in rows):
                found.append((not any(lock.kind == "trip" for lock in rows), class_, day))
    yield from ((class_, day) for _, class_, day in sorted(found, key=lambda row: row[0]))


def _matches(scenario: Scenario, lock: Lock, trip: Trip, class_: str, day: date) -> bool:
    return (
        lock.kind in ("trip", "no_trip")
        and lock.trip in (None, trip.id)
        and lock.class_ in (None, class_)
        and lock.date in (None, day)
        and lock.week in (None, scenario.week_of(day))
        and lock.shift in (None, *trip.shifts)
    )


def _seats(scenario: Scenario, plan: Plan, trip: Trip, day: date, classes: list[str]) -> bool:
    """Whether the trip takes all these classes on one day."""
    venues = [list(rows.values()) for rows in _parties(scenario, plan, trip, day, classes).values()]
    children = sum(party.children for rows in venues for party in rows)
    if trip.children_per_day is not None and children > trip.children_per_day:
        return False
    people = [sum(map(sum, rows)) for rows in venues]
    return trip.buses is None or sum(buses_needed(trip, number) for number in people) <= trip.buses


def _parties(
    scenario: Scenario, plan: Plan, trip: Trip, day: date, classes: list[str]
) -> dict[str, dict[str, Party]]:
    venues: dict[str, dict[str, Party]] = defaultdict(dict)
    week = scenario.week_of(day)
    for class_ in classes:
        adults = adults_away(scenario, plan, class_, week, trip)
        party = Party(len(plan.children_in(class_, week)), adults)
        venues[scenario.class_[class_].venue][class_] = party
    return venues
