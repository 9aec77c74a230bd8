"""Somebody is away for a time: the posts left open, and what must be written down of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.plan import Away, Duty, Plan, Session
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


def known_absences(scenario: Scenario, plan: Plan) -> tuple[Absence, ...]:
    """Who else is away, as the plan tells it: those whose posts were covered before."""
    return tuple(
        Absence(row.person, row.from_, row.to) for row in plan.absences if row.person in scenario.person
    )


def is_away(plan: Plan, person: str, day: date) -> bool:
    """Whether the plan tells that somebody is away on a day."""
    return any(row.person == person and row.from_ <= day <= row.to for row in plan.absences)


def noted(plan: Plan, absence: Absence) -> Plan:
    """The plan that also tells of an absence; stretches of one person that meet are told as one."""
    first, last, others = absence.first, absence.last, []
    for row in sorted(plan.absences, key=lambda row: row.from_):
        meets = row.from_ <= last + timedelta(days=1) and first <= row.to + timedelta(days=1)
        if row.person == absence.person and meets:
            first, last = min(first, row.from_), max(last, row.to)
        else:
            others.append(row)
    own = Away.model_validate({"person": absence.person, "from": first, "to": last})
    return plan.with_(absences=tuple(sorted([*others, own], key=lambda row: (row.person, row.from_))))


def back(plan: Plan, people: Iterable[str], day: date) -> Plan:
    """The plan in which people who were away are there again from a day on."""
    found = []
    for row in plan.absences:
        if row.person not in people:
            found.append(row)
        elif row.from_ < day:
            found.append(row.model_copy(update={"to": min(row.to, day - timedelta(days=1))}))
    return plan.with_(absences=tuple(found))


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


def away(scenario: Scenario, *absences: Absence) -> Scenario:
    """The season in which people are away, and no lock asks for what cannot be."""
    there = scenario
    for absence in absences:
        there = without_locks(there, locks_on(there, absence))
        there = there.with_(availability=(*there.availability, *statements(there, absence)))
    return there


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


def unstated(scenario: Scenario, plan: Plan, since: date | None = None) -> tuple[Absence, ...]:
    """The absences a plan tells of (from a day on) on whose days the table `availability` still offers the
    person: whoever solves anew may call them in again."""
    found = []
    for absence in known_absences(scenario, plan):
        days = (day for day in scenario.open_days if absence.covers(day) and (since is None or day >= since))
        if any(
            scenario.availability_of(absence.person, day, shift) != "no"
            for day in days
            for shift in scenario.shift
        ):
            found.append(absence)
    return tuple(found)


def last_day(scenario: Scenario) -> date:
    """The season's last day."""
    return max(scenario.day)


def _any(scenario: Scenario, lock: Lock, days: Iterable[date]) -> bool:
    return any(lock.date in (None, day) and lock.week in (None, scenario.week_of(day)) for day in days)
