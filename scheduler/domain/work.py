"""What people work: their duties and sessions as stretches of a day at a place, and what they offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period, Shift


@dataclass(frozen=True)
class Stint:
    """A duty (a whole shift) or a session (from its first period to its last) of one person.

    `class_` is null for a duty of role `site`.
    """

    date: date
    shift: str
    venue: str
    class_: str | None
    start: Period | Shift
    end: Period | Shift
    is_duty: bool


def workers(plan: Plan) -> tuple[str, ...]:
    """Everybody with a duty or a session, by id."""
    people = {row.person for row in plan.duties}
    return tuple(sorted(people | {row.teacher for row in plan.sessions if row.teacher is not None}))


def stints(scenario: Scenario, plan: Plan, person: str) -> tuple[Stint, ...]:
    """What a person works, by day and start; rows that name nothing of this season are left out."""
    found = [*_duty_stints(scenario, plan, person), *_session_stints(scenario, plan, person)]
    return tuple(sorted(found, key=lambda row: (row.date, row.start.start, row.venue, row.class_ or "")))


def offered(scenario: Scenario, plan: Plan, person: str) -> int:
    """Shifts a person offers to be on duty in: cleared, of age and not saying no, while a class runs in the
    person's area."""
    return len(Offers(scenario, plan).of(person))


class Offers:
    """What the people of a plan offer; when classes run at a venue is looked up once for all of them."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Ask about a plan."""
        self._scenario, self._plan = scenario, plan
        self._run: dict[str, dict[date, frozenset[str]]] = {}

    def of(self, person: str) -> frozenset[tuple[date, str]]:
        """The days and shifts a person offers, of those in which a class runs in the person's area."""
        scenario = self._scenario
        area = scenario.area_of(person)
        return frozenset(
            (day, shift)
            for day in scenario.open_days
            if scenario.is_cleared(person, day) and not scenario.is_minor(person, day)
            for shift in {shift for venue in area for shift in self._running(venue)[day]}
            if scenario.availability_of(person, day, shift) != "no"
        )

    def _running(self, venue: str) -> dict[date, frozenset[str]]:
        """The shifts in which a class runs at a venue, day by day."""
        if venue not in self._run:
            classes = [row.id for row in self._scenario.classes_at(venue)]
            self._run[venue] = {
                day: frozenset(
                    shift for class_ in classes for shift in runs_on(self._scenario, self._plan, class_, day)
                )
                for day in self._scenario.open_days
            }
        return self._run[venue]


def _duty_stints(scenario: Scenario, plan: Plan, person: str) -> Iterator[Stint]:
    for row in plan.duties_of(person):
        if is_known_duty(scenario, row):
            shift = scenario.shift[row.shift]
            yield Stint(row.date, row.shift, row.venue, row.class_, shift, shift, True)


def is_known_duty(scenario: Scenario, row: Duty) -> bool:
    """Whether the season has the duty's day, shift, venue and class."""
    known = row.date in scenario.day and row.shift in scenario.shift and row.venue in scenario.venue
    return known and (row.class_ is None or row.class_ in scenario.class_)


def _session_stints(scenario: Scenario, plan: Plan, person: str) -> Iterator[Stint]:
    for row in plan.sessions_by(person):
        if row.date in scenario.day and row.class_ in scenario.class_ and row.period in scenario.period:
            first = scenario.period[row.period]
            venue = scenario.class_[row.class_].venue
            yield Stint(row.date, first.shift, venue, row.class_, first, _last(scenario, row), False)


def _last(scenario: Scenario, row: Session) -> Period:
    """A session's last period; its first where it does not fit its shift or its course is unknown."""
    course = scenario.course.get(row.course)
    block = scenario.block(row.period, course.length) if course else None
    return block[-1] if block else scenario.period[row.period]
