"""A session's room belongs to the venue, offers what the course asks for and holds the children."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings, room_of
from scheduler.variables.model import Because, Model
from scheduler.variables.timetable import Timetable, at_most_of


class RoomFit(Rule):
    """A room is of the class's venue, has the course's `room_feature`, and another room than the home room
    holds all the children of the session, of a joint session all together.

    What one class asks of a room the variables see to.
    """

    stage = "timetable"
    unit = "rooms"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session in a room that does not suit it."""
        for rows in meetings(scenario, plan.sessions):
            for session in rows:
                message = self._wrong(scenario, session)
                if message:
                    yield self._found(session, message)
            children = sum(
                len(plan.children_in(class_, scenario.week_of(rows[0].date)))
                for class_ in {row.class_ for row in rows}
            )
            room = scenario.room.get(rows[0].room) if rows[0].room else None
            if room is None or room.capacity is None or children <= room.capacity:
                continue
            if len(rows) > 1 or scenario.class_[rows[0].class_].room != room.id:
                yield self._found(rows[0], "too_small", children=children, capacity=room.capacity)

    @staticmethod
    def _wrong(scenario: Scenario, session: Session) -> str | None:
        class_, course = scenario.class_[session.class_], scenario.course[session.course]
        name = room_of(scenario, session)
        room = scenario.room.get(name) if name else None
        if name is not None and (room is None or room.venue != class_.venue):
            return "elsewhere"
        if course.room_feature and (room is None or course.room_feature not in room.features):
            return "broken"
        return None

    def _found(self, session: Session, message: str, **parameters: object) -> Violation:
        return self.broken(
            1,
            message,
            (f"class:{session.class_}", f"course:{session.course}"),
            class_=session.class_,
            course=session.course,
            date=session.date.isoformat(),
            period=session.period,
            room=session.room or "",
            **parameters,
        )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The children of a joint session sum to at most what its room holds."""
        for meeting in x.meetings:
            room = x.scenario.room.get(meeting.one.room) if meeting.one.room else None
            if len(meeting.lessons) > 1 and room is not None and room.capacity is not None:
                children = [(row.held, x.children(row.class_, row.week)) for row in meeting.lessons]
                at_most_of(model, children, room.capacity, Because("rooms", room.id))
