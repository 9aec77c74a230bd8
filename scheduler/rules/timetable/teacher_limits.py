"""Teachers give no more sessions, shifts and days than they offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings, shift_of
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable, at_most
from scheduler.variables.visits import Visit, Workday

K = TypeVar("K")
V = TypeVar("V")


class _Count(NamedTuple):
    """What a teacher gives in a day, a week or the season, the most of it, and what to say if it is more."""

    number: int
    most: int | None
    when: str
    message: str


class TeacherLimits(Rule):
    """Nobody teaches beyond `max_shifts_per_day`, `max_days_per_week`, `max_days`, `max_sessions_per_day` or
    `max_sessions_per_week`; a joint session counts once. Duties are added by `duty_limits`.
    """

    stage = "timetable"
    unit = "beyond the limit"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every teacher over a limit, with how much."""
        for person in scenario.person.values():
            given = [rows[0] for rows in meetings(scenario, plan.sessions_by(person.id))]
            for count in self._counts(scenario, person, given):
                if count.most is not None and count.number > count.most:
                    yield self.broken(
                        count.number - count.most,
                        count.message,
                        refs=(f"person:{person.id}",),
                        teacher=person.id,
                        when=count.when,
                        number=count.number,
                        most=count.most,
                    )

    @staticmethod
    def _counts(scenario: Scenario, person: Person, given: list[Session]) -> Iterator[_Count]:
        for day in sorted({row.date for row in given}):
            today, when = [row for row in given if row.date == day], day.isoformat()
            shifts = {shift_of(scenario, row) for row in today}
            yield _Count(len(shifts), person.max_shifts_per_day, when, message="shifts_per_day")
            yield _Count(len(today), person.max_sessions_per_day, when, message="sessions_per_day")
        for week in scenario.weeks:
            rows = [row for row in given if scenario.week_of(row.date) == week]
            days = {row.date for row in rows}
            yield _Count(len(days), person.max_days_per_week, week, message="days_per_week")
            yield _Count(len(rows), person.max_sessions_per_week, week, message="sessions_per_week")
        yield _Count(len({row.date for row in given}), person.max_days, "", message="days")

    def formulate(self, model: Model, x: Timetable) -> None:
        """Sessions are summed; days and shifts are variables that any session in them needs."""
        by_person: dict[str, list[Workday]] = defaultdict(list)
        for day in x.workdays:
            if day.teacher in x.scenario.person:
                by_person[day.teacher].append(day)
        for name, days in by_person.items():
            person = x.scenario.person[name]
            for day in days:
                self._limit_day(model, person, day)
            for week in _grouped(days, lambda day: day.week).values():
                if person.max_sessions_per_week is not None:
                    given = [meeting.held for day in week for meeting in day.meetings]
                    at_most(model, given, person.max_sessions_per_week, Because("staff", name))
                if person.max_days_per_week is not None:
                    works = [day.held for day in week]
                    at_most(model, works, person.max_days_per_week, Because("staff", name))
            if person.max_days is not None:
                at_most(model, [day.held for day in days], person.max_days, Because("staff", name))

    @staticmethod
    def _limit_day(model: Model, person: Person, day: Workday) -> None:
        """The sessions and the shifts of a day; none on a day off."""
        because, given = Because("staff", person.id), list(day.meetings)
        most, starts = person.max_sessions_per_day, {meeting.moments[0] for meeting in given}
        if most is not None:
            at_most(model, [meeting.held for meeting in given], most, because)
            if len(starts) > most and not isinstance(day.held, int):
                model.require(model.total(row.held for row in given) <= most * day.held, because)
        shifts = _grouped(day.visits, lambda visit: visit.place.shift)
        most = person.max_shifts_per_day
        if most is not None and len(shifts) > most:
            works = [
                _works(model, visits, f"works|{person.id}|{day.date}|{shift}")
                for shift, visits in shifts.items()
            ]
            at_most(model, works, most, because)


def _works(model: Model, visits: list[Visit], name: str) -> Variable:
    """A variable that is 1 if a teacher comes anywhere in a shift."""
    if len(visits) == 1 or any(isinstance(visit.held, int) for visit in visits):
        return next((1 for visit in visits if isinstance(visit.held, int)), visits[0].held)
    works = model.boolean(name)
    meetings = [meeting for visit in visits for meeting in visit.meetings]
    for moment in sorted({moment for row in meetings for moment in row.moments}):
        # at most one is held at a moment, so that the sum makes the tighter constraint
        model.require(model.total(row.held for row in meetings if moment in row.moments) <= works)
    return works


def _grouped(rows: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
