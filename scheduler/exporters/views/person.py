"""What one adult may see: the own duties and sessions, and where they are; no child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.common import Place, Stamp, person_labels, place
from scheduler.exporters.views.work import Load, Work, Works


@dataclass(frozen=True)
class PersonDay:
    """One day's work, in order."""

    date: date
    works: tuple[Work, ...]


@dataclass(frozen=True)
class PersonWeek:
    """One week's days with work."""

    week: str
    days: tuple[PersonDay, ...]


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
        days = [PersonDay(day, tuple(run)) for day, run in groupby(works, key=lambda work: work.date)]
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
        )
