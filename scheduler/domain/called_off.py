"""Trips called off: dates on which a class would have gone, had nothing been closed or locked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scheduler.domain.plan import Plan
from scheduler.domain.programme import ages_in, runs_on, suits
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Trip

Cause = Literal["day", "closure", "lock"]


@dataclass(frozen=True)
class CalledOff:
    """A class cannot go on a trip on one of its dates.

    `cause`: the day is closed, a closure shuts class, room or venue, or a lock keeps the class back; `reason`
    as whoever closed it wrote it down. `instead` are the other dates on which the class goes. `stays` says
    whether the class is at its venue in the trip's shifts: then these are lessons like any others.
    """

    class_: str
    trip: str
    day: date
    cause: Cause
    reason: str
    instead: tuple[date, ...]
    stays: bool


def called_off(scenario: Scenario, plan: Plan, class_: str) -> tuple[CalledOff, ...]:
    """The trips a running class cannot go on, by date, even if it goes often enough on other dates."""
    return tuple(sorted(_found(scenario, plan, class_), key=lambda row: (row.day, row.trip)))


def missed(scenario: Scenario, plan: Plan, class_: str) -> tuple[CalledOff, ...]:
    """Those of them for which the class has no other date, or too few: the timetable is its fallback."""
    return tuple(
        row
        for row in called_off(scenario, plan, class_)
        if len(row.instead) < scenario.trip[row.trip].times_per_class
    )


def _found(scenario: Scenario, plan: Plan, class_: str) -> Iterator[CalledOff]:
    for trip in scenario.trip.values():
        goes = tuple(sorted(row.date for row in plan.outings_by(class_) if row.trip == trip.id))
        for day in trip.dates:
            if day in goes or not _would_go(scenario, plan, class_, trip, day):
                continue
            cause = _cause(scenario, class_, trip, day)
            if cause is not None:
                here = set(trip.shifts) <= set(runs_on(scenario, plan, class_, day))
                yield CalledOff(class_, trip.id, day, *cause, goes, here)


def _would_go(scenario: Scenario, plan: Plan, class_: str, trip: Trip, day: date) -> bool:
    """Whether nothing but a closed day, a closure or a lock could keep the class from going."""
    row = scenario.class_.get(class_)
    if row is None or day not in scenario.day:
        return False
    week = scenario.week_of(day)
    runs = (class_, week) in plan.running and (not row.weeks or week in row.weeks)
    held = set(trip.shifts) <= set(scenario.shifts_of(class_))
    return runs and held and suits(trip, ages_in(scenario, plan, class_, week))


def _cause(scenario: Scenario, class_: str, trip: Trip, day: date) -> tuple[Cause, str] | None:
    if not scenario.day[day].open:
        return "day", scenario.day[day].note
    row = scenario.class_[class_]
    for shift in trip.shifts:
        closure = scenario.closed(day, shift, venue=row.venue, room=row.room, class_=class_)
        if closure is not None:
            return "closure", closure.reason
    for lock in scenario.lock.values():
        meant = lock.kind == "no_trip" and lock.trip in (None, trip.id) and lock.class_ in (None, class_)
        when = lock.date in (None, day) and lock.week in (None, scenario.week_of(day))
        if meant and when and (lock.shift is None or lock.shift in trip.shifts):
            return "lock", lock.reason
    return None
