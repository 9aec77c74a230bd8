"""Teachers of sessions are available in the shift."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions, shift_of


class TeacherAvailable(Rule):
    """Nobody teaches in a shift that they say no to (volunteers: that they do not offer).

    The variables admit nothing else.
    """

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session whose teacher is not available."""
        for session in known_sessions(scenario, plan):
            teacher, shift = session.teacher, shift_of(scenario, session)
            if teacher not in scenario.person:
                continue
            if scenario.availability_of(teacher, session.date, shift) == "no":
                yield self.broken(
                    refs=(f"person:{teacher}", f"class:{session.class_}"),
                    teacher=teacher,
                    class_=session.class_,
                    course=session.course,
                    date=session.date.isoformat(),
                    shift=shift,
                )
