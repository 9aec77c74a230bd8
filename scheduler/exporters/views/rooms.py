"""What goes on in a venue's rooms: sessions of any class, the class at home, closures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import joint_key, runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period
from scheduler.exporters.views.common import (
    DayProgramme,
    Names,
    PeriodHead,
    Slot,
    WeekProgramme,
    class_name,
    course_name,
    room_name,
)


@dataclass(frozen=True)
class RoomWeek:
    """A room's week: what is in it, and how many of its course periods are used."""

    room: str
    capacity: int | None
    week: str
    first: date
    last: date
    used: int
    periods: int
    programme: WeekProgramme


def room_weeks(scenario: Scenario, plan: Plan, venue: str, names: Names) -> tuple[RoomWeek, ...]:
    """Every room of a venue that several classes come to, or none has as its home, in each week; a home room
    that only its own class uses shows what that class's timetable shows."""
    weeks = [
        week
        for week in scenario.weeks
        if scenario.days_in(week)
        and any((row.id, week) in plan.running for row in scenario.classes_at(venue))
    ]
    inside = _inside(scenario, plan, venue)
    rooms = (
        _Room(scenario, plan, (venue, row.id), inside[row.id], names) for row in scenario.rooms_at(venue)
    )
    return tuple(room.week(week) for room in rooms if room.is_shared for week in weeks)


def _inside(scenario: Scenario, plan: Plan, venue: str) -> dict[str, list[Session]]:
    """The sessions of a venue's classes by room."""
    found: dict[str, list[Session]] = defaultdict(list)
    for row in scenario.classes_at(venue):
        for day in scenario.open_days:
            for session in plan.sessions_of(row.id, day):
                found[session.room or row.room or ""].append(session)
    return found


class _Room:
    """One room's use."""

    def __init__(
        self, scenario: Scenario, plan: Plan, where: tuple[str, str], inside: list[Session], names: Names
    ) -> None:
        self._scenario, self._plan, self._names = scenario, plan, names
        self._venue, self._room = where
        venue, room = where
        classes = scenario.classes_at(venue)
        self._homes = tuple(row.id for row in classes if row.room == room)
        shifts = {shift for row in classes for shift in scenario.shifts_of(row.id)}
        held = (row for row in scenario.period.values() if row.shift in shifts)
        self._periods = tuple(row for row in held if row.kind == "course")
        self._begins: dict[tuple[date, str], list[Session]] = {}
        for row in inside:
            self._begins.setdefault((row.date, row.period), []).append(row)
        self._guests = {row.class_ for row in inside} - set(self._homes)

    @property
    def is_shared(self) -> bool:
        """Whether the room is more than one class's home."""
        return len(self._homes) != 1 or bool(self._guests)

    def week(self, week: str) -> RoomWeek:
        """A week of the room."""
        days = self._scenario.days_in(week)
        heads = tuple(PeriodHead("", period.start, period.end) for period in self._periods)
        programme = WeekProgramme(week, heads, tuple(self._day(day) for day in days))
        slots = [slot for day in programme.days for slot in day.slots]
        used = sum(slot.rows for slot in slots if slot.kind in ("course", "homeroom"))
        return RoomWeek(
            room_name(self._scenario, self._room),
            self._scenario.room[self._room].capacity,
            week,
            days[0],
            days[-1],
            used,
            len(self._periods) * len(days),
            programme,
        )

    def _day(self, day: date) -> DayProgramme:
        slots: list[Slot] = []
        for first in range(len(self._periods)):
            if not slots or first >= slots[-1].first + slots[-1].rows:
                slots.append(self._slot(day, first))
        return DayProgramme(day, self._scenario.day[day].note, tuple(slots))

    def _slot(self, day: date, first: int) -> Slot:
        period = self._periods[first]
        closure = self._scenario.closed(day, period.shift, venue=self._venue, room=self._room)
        if closure is not None:
            return Slot(first, 1, period.start, period.end, "closed", closure.reason)
        if (day, period.id) in self._begins:
            return self._session(self._begins[day, period.id], first)
        at_home = self._at_home(day, period)
        if at_home is not None:
            title = class_name(self._scenario, at_home)
            return Slot(first, 1, period.start, period.end, "homeroom", title)
        return Slot(first, 1, period.start, period.end, "free", "")

    def _session(self, begun: list[Session], first: int) -> Slot:
        """A session with all its classes; where a plan has two at once, the first by class."""
        one = min(begun, key=lambda row: row.class_)
        key = joint_key(self._scenario, one)
        classes = sorted({row.class_ for row in begun if joint_key(self._scenario, row) == key})
        whose = " + ".join(class_name(self._scenario, class_) for class_ in classes)
        block = self._block(one) or (self._periods[first],)
        return Slot(
            first,
            min(len(block), len(self._periods) - first),
            block[0].start,
            block[-1].end,
            "course",
            course_name(self._scenario, one.course),
            " · ".join(part for part in (whose, self._names.person(one.teacher)) if part),
        )

    def _at_home(self, day: date, period: Period) -> str | None:
        """The class whose home room it is, where it is on, not away and not in a session."""
        for class_ in self._homes:
            on = period.shift in runs_on(self._scenario, self._plan, class_, day)
            if on and trip_of(self._scenario, self._plan, class_, day, period.shift) is None:
                sessions = self._plan.sessions_of(class_, day)
                if not any(period in self._block(row) for row in sessions):
                    return class_
        return None

    def _block(self, session: Session) -> tuple[Period, ...]:
        course = self._scenario.course.get(session.course)
        if session.period not in self._scenario.period:
            return ()
        return self._scenario.block(session.period, course.length if course else 1) or ()
