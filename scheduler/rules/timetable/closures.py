"""Nothing takes place where and when something is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Closure
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions, shift_of


class Closures(Rule):
    """No session or trip of a class while it, its venue, its home room or the session's room is closed.

    The variables admit nothing else.
    """

    stage = "timetable"
    unit = "sessions and trips"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session and trip that falls into a closure."""
        for session in known_sessions(scenario, plan):
            shift = shift_of(scenario, session)
            if self._closure(scenario, session.class_, session.room, session.date, (shift,)):
                yield self.broken(
                    refs=(f"class:{session.class_}", f"course:{session.course}"),
                    class_=session.class_,
                    course=session.course,
                    date=session.date.isoformat(),
                    shift=shift,
                )
        for outing in plan.trips:
            trip = scenario.trip.get(outing.trip)
            if trip is None or outing.class_ not in scenario.class_:
                continue
            if self._closure(scenario, outing.class_, None, outing.date, trip.shifts):
                yield self.broken(
                    message="trip",
                    refs=(f"class:{outing.class_}", f"trip:{trip.id}"),
                    class_=outing.class_,
                    trip=trip.id,
                    date=outing.date.isoformat(),
                )

    @staticmethod
    def _closure(
        scenario: Scenario, class_: str, room: str | None, day: date, shifts: tuple[str, ...]
    ) -> Closure | None:
        row = scenario.class_[class_]
        for closure in scenario.closures:
            when = closure.from_ <= day <= closure.to
            if not when or (closure.shifts and not set(closure.shifts) & set(shifts)):
                continue
            here = closure.venue is None or closure.venue == row.venue
            inside = closure.room is None or closure.room in {row.room, room} - {None}
            if here and inside and (closure.class_ is None or closure.class_ == class_):
                return closure
        return None
