"""A session is led by a specialist of its course; by nobody in particular where it needs no teacher."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation


class TeacherQualified(Rule):
    """A session's teacher has role `specialist` and names the course; a course with `teacher=no` has none.

    The variables admit nothing else.
    """

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session without a teacher it needs, with one it must not have, or with the wrong one."""
        for session in plan.sessions:
            message = self._wrong(scenario, session)
            if message:
                people = (f"person:{session.teacher}",) if session.teacher else ()
                yield self.broken(
                    message=message,
                    refs=(*people, f"class:{session.class_}", f"course:{session.course}"),
                    class_=session.class_,
                    course=session.course,
                    date=session.date.isoformat(),
                    teacher=session.teacher or "",
                )

    @staticmethod
    def _wrong(scenario: Scenario, session: Session) -> str | None:
        course = scenario.course.get(session.course)
        if course is None:
            return None
        if not course.teacher:
            return None if session.teacher is None else "needs_none"
        if session.teacher is None:
            return "missing"
        person = scenario.person.get(session.teacher)
        if person is None or "specialist" not in person.roles or course.id not in person.courses:
            return "broken"
        return None
