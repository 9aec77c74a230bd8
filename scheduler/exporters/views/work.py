"""What one adult does: posts by day, and what they come to in days, hours and fees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from scheduler.domain.calendar import minutes
from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.programme import joint_key, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import Role
from scheduler.domain.work import Offers
from scheduler.exporters.views.common import class_name, course_name, room_name, trip_name


@dataclass(frozen=True)
class Work:
    """A duty, or a session (with its course) that may join several classes."""

    date: date
    start: time
    end: time
    role: Role
    classes: tuple[str, ...]
    venue: str
    class_ids: tuple[str, ...] = ()
    course: str = ""
    trip: str = ""
    room: str = ""

    @property
    def is_session(self) -> bool:
        """Whether it is teaching rather than duty."""
        return bool(self.course)


@dataclass(frozen=True)
class Load:
    """What one adult's work comes to, against what the adult offered while classes run in reach."""

    person: str
    days: int
    shifts: int
    sessions: int
    minutes: int
    classes: int
    fee: float
    days_offered: int
    shifts_offered: int

    @property
    def share(self) -> float | None:
        """Duties as a share of the shifts offered."""
        return self.shifts / self.shifts_offered if self.shifts_offered else None


class Works:
    """All work of a plan, by person."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Take a plan apart by who does what."""
        self.scenario = scenario
        self.plan = plan

    def of(self, person: str) -> tuple[Work, ...]:
        """A person's work, in order."""
        duties = (self._duty(row) for row in self.plan.duties_of(person) if row.shift in self.scenario.shift)
        found = [*duties, *self._sessions(person)]
        return tuple(sorted(found, key=lambda work: (work.date, work.start, work.end, work.classes)))

    def load(self, person: str) -> Load:
        """What a person's work comes to."""
        row = self.scenario.person[person]
        works = self.of(person)
        sessions = sum(work.is_session for work in works)
        duties = len(works) - sessions
        fee = duties * (row.fee_per_shift or 0.0) + sessions * (row.fee_per_session or 0.0)
        offered = self._offers.of(person)
        return Load(
            person=person,
            days=len({work.date for work in works}),
            shifts=duties,
            sessions=sessions,
            minutes=minutes_of(works),
            classes=len({class_ for work in works for class_ in work.class_ids}),
            fee=fee,
            days_offered=len({day for day, _ in offered}),
            shifts_offered=len(offered),
        )

    def _duty(self, row: Duty) -> Work:
        shift = self.scenario.shift[row.shift]
        outing = trip_of(self.scenario, self.plan, row.class_, row.date, row.shift) if row.class_ else None
        home = self.scenario.class_.get(row.class_ or "")
        return Work(
            row.date,
            shift.start,
            shift.end,
            row.role,
            (class_name(self.scenario, row.class_),) if row.class_ else (),
            row.venue,
            (row.class_,) if row.class_ else (),
            trip=trip_name(self.scenario, outing.trip) if outing else "",
            room="" if outing else room_name(self.scenario, home.room if home else None),
        )

    def _sessions(self, person: str) -> Iterable[Work]:
        """A person's sessions; the rows of a joint session are one."""
        joint: dict[tuple[str, ...], list[Session]] = {}
        for row in self.plan.sessions_by(person):
            if row.period in self.scenario.period:
                joint.setdefault(joint_key(self.scenario, row), []).append(row)
        for rows in joint.values():
            yield self._session(rows)

    def _session(self, rows: list[Session]) -> Work:
        first = rows[0]
        course = self.scenario.course.get(first.course)
        block = self.scenario.block(first.period, course.length if course else 1)
        periods = block or (self.scenario.period[first.period],)
        home = self.scenario.class_.get(first.class_)
        return Work(
            first.date,
            periods[0].start,
            periods[-1].end,
            "specialist",
            tuple(class_name(self.scenario, row.class_) for row in rows),
            home.venue if home else "",
            tuple(row.class_ for row in rows),
            course=course_name(self.scenario, first.course),
            room=room_name(self.scenario, first.room or (home.room if home else None)),
        )

    @cached_property
    def _offers(self) -> Offers:
        return Offers(self.scenario, self.plan)


def minutes_of(works: Iterable[Work]) -> int:
    """Minutes of work, those of two posts at once counted once."""
    busy: dict[date, int] = defaultdict(int)  # the minutes of a day as the bits of a number
    for work in works:
        start, end = minutes(work.start), minutes(work.end)
        busy[work.date] |= (1 << max(start, end)) - (1 << start)
    return sum(day.bit_count() for day in busy.values())
