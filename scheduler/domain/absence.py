"""Somebody is away for a time: the posts left open, and what must be written down of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.programme import joint_key
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Availability, Lock
from scheduler.domain.work import is_known_duty


@dataclass(frozen=True)
class Absence:
    """A person is away from a first to a last day, both included."""

    person: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Left:
    """The duties and sessions that an absence leaves open; a joint session is one meeting of several rows."""

    duties: tuple[Duty, ...]
    meetings: tuple[tuple[Session, ...], ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The rows of all meetings."""
        return tuple(row for rows in self.meetings for row in rows)

    def __len__(self) -> int:
        """How many posts: a joint session is one."""
        return len(self.duties) + len(self.meetings)


@dataclass(frozen=True)
class Standins:
    """Who could step in, each by themselves: the duties that could be taken, with the place of each among
    those of its post, and who could give each meeting (named by its first row); the best come first."""

    duties: Mapping[Duty, int]
    teachers: Mapping[Session, tuple[str, ...]]


def left_by(scenario: Scenario, plan: Plan, absence: Absence) -> Left:
    """What the person was to do in that time, by day and hour; rows that name nothing of the season are left
    out."""
    order = {shift: number for number, shift in enumerate(scenario.shift)}
    duties = [
        row
        for row in plan.duties_of(absence.person)
        if absence.covers(row.date) and is_known_duty(scenario, row)
    ]
    together: dict[tuple[str, ...], list[Session]] = {}
    for row in plan.sessions_by(absence.person):
        known = row.period in scenario.period and row.class_ in scenario.class_ and row.date in scenario.day
        if absence.covers(row.date) and known and row.course in scenario.course:
            together.setdefault(joint_key(scenario, row), []).append(row)
    meetings = [tuple(sorted(rows, key=lambda row: row.class_)) for rows in together.values()]
    meetings.sort(key=lambda rows: (rows[0].date, scenario.period[rows[0].period].start, rows[0].class_))
    duties.sort(key=lambda row: (row.date, order[row.shift], row.class_ or "", row.role))
    return Left(tuple(duties), tuple(meetings))


def without(plan: Plan, left: Left) -> Plan:
    """The plan without these posts; the score it tells is no longer its own."""
    duties, sessions = set(left.duties), set(left.sessions)
    return plan.with_(
        duties=tuple(row for row in plan.duties if row not in duties),
        sessions=tuple(row for row in plan.sessions if row not in sessions),
    )


# ---- what must be written down ----------------------------------------------------------------------


def statements(scenario: Scenario, absence: Absence) -> tuple[Availability, ...]:
    """The rows of the table `availability` that keep the person away, whatever rows there are.

    One row for the whole time; and, since of rows that disagree the shorter one wins, one more for the days
    that each shorter row speaks of, unless that says no itself.
    """
    whole = (absence.first, absence.last)
    days = absence.last - absence.first
    found = [whole]
    for row in scenario.availability:
        if row.person == absence.person and row.status != "no" and row.to - row.from_ < days:
            own = (max(row.from_, absence.first), min(row.to, absence.last))
            if own[0] <= own[1]:
                found.append(own)
    return tuple(
        Availability.model_validate({"person": absence.person, "from_": first, "to": last, "status": "no"})
        for first, last in sorted(set(found), key=lambda pair: (pair != whole, pair))
    )


def away(scenario: Scenario, absence: Absence) -> Scenario:
    """The season in which the person is away, and no lock asks for what cannot be."""
    there = without_locks(scenario, locks_on(scenario, absence))
    return there.with_(availability=(*scenario.availability, *statements(scenario, absence)))


def locks_on(scenario: Scenario, absence: Absence) -> tuple[Lock, ...]:
    """The locks that put the person on duty, or into a session, on a day of the absence."""
    days = [day for day in scenario.open_days if absence.covers(day)]
    return tuple(
        row
        for row in scenario.lock.values()
        if row.kind in ("duty", "session") and row.person == absence.person and _any(scenario, row, days)
    )


def without_locks(scenario: Scenario, locks: Iterable[Lock]) -> Scenario:
    """The season without some locks."""
    gone = {row.id for row in locks}
    return scenario.with_(locks=tuple(row for row in scenario.locks if row.id not in gone))


def last_day(scenario: Scenario) -> date:
    """The season's last day."""
    return max(scenario.day)


def _any(scenario: Scenario, lock: Lock, days: Iterable[date]) -> bool:
    return any(lock.date in (None, day) and lock.week in (None, scenario.week_of(day)) for day in days)
