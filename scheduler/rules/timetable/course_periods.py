"""Sessions take place only in course periods of shifts that the class is held."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import is_known, shift_of


class CoursePeriods(Rule):
    """A session is on an open day of a week the class runs, in one of its shifts, in a course period.

    What a closure shuts is the business of `closures`. The variables admit nothing else.
    """

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session at a time when the class has no course period, or of something unknown."""
        for session in plan.sessions:
            message = self._wrong(scenario, plan, session)
            if message:
                yield self.broken(
                    message=message,
                    refs=(f"class:{session.class_}", f"course:{session.course}"),
                    class_=session.class_,
                    course=session.course,
                    date=session.date.isoformat(),
                    period=session.period,
                )

    @staticmethod
    def _wrong(scenario: Scenario, plan: Plan, session: Session) -> str | None:
        if not is_known(scenario, session):
            return "unknown"
        week = scenario.week_of(session.date)
        row = scenario.class_[session.class_]
        offered = not row.weeks or week in row.weeks
        if not scenario.day[session.date].open or not offered or (row.id, week) not in plan.running:
            return "not_running"
        if row.shifts and shift_of(scenario, session) not in row.shifts:
            return "not_running"
        return "broken" if scenario.period[session.period].kind != "course" else None
