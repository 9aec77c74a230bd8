"""A session takes as many consecutive course periods of one shift as its course is long."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions


class SessionLength(Rule):
    """From a session's first period on there are enough course periods before the next care period.

    A first period that is no course period is the business of `course_periods`. The variables admit
    nothing else.
    """

    stage = "timetable"
    unit = "periods"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session that does not fit, with the periods it lacks."""
        for session in known_sessions(scenario, plan):
            first, length = scenario.period[session.period], scenario.course[session.course].length
            later = sorted(
                (row for row in scenario.periods if row.shift == first.shift and row.start >= first.start),
                key=lambda row: row.start,
            )
            run = 0
            while run < len(later) and later[run].kind == "course":
                run += 1
            if 0 < run < length:
                yield self.broken(
                    length - run,
                    refs=(f"class:{session.class_}", f"course:{session.course}"),
                    class_=session.class_,
                    course=session.course,
                    date=session.date.isoformat(),
                    period=session.period,
                    length=length,
                )
