"""A room holds one class, or one joint session, at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.domain.plan import Plan, Session
from scheduler.domain.programme import runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import alike, at_once, known_sessions, periods_of, room_of, shift_of
from scheduler.variables.lessons import Meeting
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable, at_most


class RoomClash(Rule):
    """No two classes are in one room at a time unless they share a session; a home room belongs to its class
    whenever that class is on and neither away on a trip nor in another room.

    Rows alike in all but the class whose course may not be shared are the business of `joint_sessions`.
    """

    stage = "timetable"
    unit = "clashes"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every two classes that are in one room at once."""
        by_room: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for session in known_sessions(scenario, plan):
            room = room_of(scenario, session)
            if room is not None:
                by_room[room, session.date].append(session)
        for (room, day), sessions in sorted(by_room.items()):
            for one, other in combinations(sessions, 2):
                same = one.class_ == other.class_ or alike(scenario, one, other)
                if not same and at_once(scenario, one, other):
                    yield self._found(room, day, one.class_, other)
            for session in sessions:
                for row in scenario.classes_at(scenario.class_[session.class_].venue):
                    if row.room == room and self._stays(scenario, plan, row.id, room, session):
                        yield self._found(room, day, row.id, session)

    @staticmethod
    def _stays(scenario: Scenario, plan: Plan, class_: str, room: str, session: Session) -> bool:
        """Whether a class is in its home room without a session while this session takes place there."""
        shift = shift_of(scenario, session)
        if class_ == session.class_ or shift not in runs_on(scenario, plan, class_, session.date):
            return False
        if trip_of(scenario, plan, class_, session.date, shift) is not None:
            return False
        own = [
            row
            for row in known_sessions(scenario, plan)
            if row.class_ == class_ and at_once(scenario, row, session)
        ]
        if any(room_of(scenario, row) == room for row in own):
            return False  # in a session there too: a clash of sessions, or a joint session
        covered = {period.id for row in own for period in periods_of(scenario, row)}
        return not {period.id for period in periods_of(scenario, session)} <= covered

    def _found(self, room: str, day: date, class_: str, session: Session) -> Violation:
        return self.broken(
            refs=(f"class:{class_}", f"class:{session.class_}"),
            room=room,
            date=day.isoformat(),
            period=session.period,
            class_=class_,
            other=session.class_,
            course=session.course,
        )

    def formulate(self, model: Model, x: Timetable) -> None:
        """What goes on in a room at any moment sums to at most one; a session in another class's home room
        needs that class away on a trip, in a session elsewhere, or part of this one."""
        inside: dict[tuple[str, date, int], list[Meeting]] = defaultdict(list)
        elsewhere: dict[tuple[str, date, int], list[Variable]] = defaultdict(list)
        for meeting in x.meetings:
            room = meeting.one.room or x.scenario.class_[meeting.one.class_].room
            for moment in meeting.moments:
                if room is not None:
                    inside[room, meeting.one.date, moment].append(meeting)
                for lesson in meeting.lessons:
                    if x.scenario.class_[lesson.class_].room != room:
                        elsewhere[lesson.class_, lesson.date, moment].append(lesson.held)
        homes: dict[str, list[str]] = defaultdict(list)
        for row in x.scenario.class_.values():
            if row.room is not None:
                homes[row.room].append(row.id)
        for (room, day, moment), meetings in inside.items():
            because = Because("rooms", room)
            if len({row.class_ for meeting in meetings for row in meeting.lessons}) > 1:
                at_most(model, [meeting.held for meeting in meetings], 1, because)
            for meeting in meetings:
                for class_ in homes[room]:
                    self._give_way(model, x, meeting, class_, elsewhere[class_, day, moment], because)

    @staticmethod
    def _give_way(
        model: Model,
        x: Timetable,
        meeting: Meeting,
        class_: str,
        elsewhere: list[Variable],
        because: Because,
    ) -> None:
        shift, day = meeting.one.shift, meeting.one.date
        if isinstance(meeting.held, int) or shift not in x.held(class_, day):
            return
        part = [row.held for row in meeting.lessons if row.class_ == class_]
        if len(part) == len(meeting.lessons):
            return
        away = [x.goes(class_, trip.id, day) for trip in x.scenario.trip.values() if shift in trip.shifts]
        model.any_of([*part, *away, *elsewhere], because, when=[meeting.held])
