"""What one adult may see: the own duties and sessions, and where they are; no child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.common import Place, Stamp, person_labels, place
from scheduler.exporters.views.ways import Way, ways
from scheduler.exporters.views.work import Load, Work, Works, minutes_of

FEWEST_PEERS = 5
"""Fewest volunteers whose common share is told to each of them."""


@dataclass(frozen=True)
class PersonDay:
    """One day's work, in order, and the ways between venues: one for each piece of work, null where none."""

    date: date
    works: tuple[Work, ...]
    ways: tuple[Way | None, ...] = ()


@dataclass(frozen=True)
class PersonWeek:
    """One week's days with work, and the minutes they come to."""

    week: str
    days: tuple[PersonDay, ...]

    @property
    def minutes(self) -> int:
        """Minutes of work in the week."""
        return minutes_of(work for day in self.days for work in day.works)

    @property
    def posts(self) -> int:
        """Duties and sessions of the week."""
        return sum(len(day.works) for day in self.days)


@dataclass(frozen=True)
class Peers:
    """All volunteers together: how many offered anything, and the share of it that they are on duty in."""

    people: int
    share: float


@dataclass(frozen=True)
class PersonView:
    """One adult's page."""

    stamp: Stamp
    person_id: str
    name: str
    weeks: tuple[PersonWeek, ...]
    places: Mapping[str, Place]
    load: Load
    min_days: int
    peers: Peers | None

    @property
    def short(self) -> int:
        """Days planned fewer than the person needs."""
        return max(0, self.min_days - self.load.days)


class Staff:
    """The pages of all adults."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look up once what every page asks for."""
        self._scenario, self._plan = scenario, plan
        self._names = person_labels(scenario)
        self._works = Works(scenario, plan)

    def view(self, person: str) -> PersonView:
        """One adult's page."""
        works = [work for work in self._works.of(person) if work.date in self._scenario.day]
        days = [self._day(day, tuple(run)) for day, run in groupby(works, key=lambda work: work.date)]
        weeks = groupby(days, key=lambda day: self._scenario.week_of(day.date))
        venues = dict.fromkeys(work.venue for work in works)
        return PersonView(
            Stamp.of(self._plan),
            person,
            self._names[person],
            tuple(PersonWeek(week, tuple(run)) for week, run in weeks),
            {venue: place(self._scenario, venue) for venue in venues},
            self._works.load(person),
            self._scenario.person[person].min_days,
            self._peers if self._scenario.person[person].kind == "volunteer" else None,
        )

    def _day(self, day: date, works: tuple[Work, ...]) -> PersonDay:
        return PersonDay(day, works, ways(self._scenario, works))

    @cached_property
    def _peers(self) -> Peers | None:
        """The volunteers together; nothing where they are too few to stay unnamed."""
        rows = (row.id for row in self._scenario.person.values() if row.kind == "volunteer")
        loads = [load for load in map(self._works.load, rows) if load.shifts_offered]
        if len(loads) < FEWEST_PEERS:
            return None
        offered = sum(load.shifts_offered for load in loads)
        return Peers(len(loads), sum(load.shifts for load in loads) / offered)
