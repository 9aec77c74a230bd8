"""Teachers give no more sessions, shifts and days than they offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings, shift_of
from scheduler.variables.lessons import Meeting
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable, at_most

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
        by_person: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in x.meetings:
            if meeting.one.teacher in x.scenario.person:
                by_person[meeting.one.teacher].append(meeting)
        for name, given in by_person.items():
            person = x.scenario.person[name]
            because = Because("staff", name)
            days = _grouped(given, lambda row: row.one.date)
            weeks = _grouped(given, lambda row: row.one.week)
            for held, most in (
                *((rows, person.max_sessions_per_day) for rows in days.values()),
                *((rows, person.max_sessions_per_week) for rows in weeks.values()),
            ):
                if most is not None:
                    at_most(model, [row.held for row in held], most, because)
            self._limit_shifts(model, person, days)
            self._limit_days(model, x, person, days)

    @staticmethod
    def _limit_shifts(model: Model, person: Person, days: Mapping[date, list[Meeting]]) -> None:
        for day, rows in days.items():
            shifts = _grouped(rows, lambda row: row.one.shift)
            most = person.max_shifts_per_day
            if most is not None and len(shifts) > most:
                works = [
                    _works(model, held, f"works|{person.id}|{day}|{shift}") for shift, held in shifts.items()
                ]
                at_most(model, works, most, Because("staff", person.id))

    @staticmethod
    def _limit_days(model: Model, x: Timetable, person: Person, days: Mapping[date, list[Meeting]]) -> None:
        weeks = _grouped(list(days), x.scenario.week_of)
        weekly, season = person.max_days_per_week, person.max_days
        scarce = {
            day
            for dates in weeks.values()
            for day in dates
            if (weekly is not None and len(dates) > weekly) or (season is not None and len(days) > season)
        }
        works = {day: _works(model, days[day], f"works|{person.id}|{day}") for day in days if day in scarce}
        because = Because("staff", person.id)
        if weekly is not None:
            for dates in weeks.values():
                at_most(model, [works[day] for day in dates if day in works], weekly, because)
        if season is not None:
            at_most(model, works.values(), season, because)


def _works(model: Model, meetings: list[Meeting], name: str) -> Variable:
    """A variable that is 1 if any of these meetings (of one teacher) is held."""
    if any(isinstance(row.held, int) for row in meetings):
        return 1
    works = model.boolean(name)
    for moment in sorted({moment for row in meetings for moment in row.moments}):
        # at most one is held at a moment, so that the sum makes the tighter constraint
        model.require(model.total(row.held for row in meetings if moment in row.moments) <= works)
    return works


def _grouped(rows: list[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
