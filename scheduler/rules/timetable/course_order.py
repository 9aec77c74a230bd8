"""A course comes after the course it builds on."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.model import Because, Model
from scheduler.variables.timetable import Timetable


class CourseOrder(Rule):
    """A class has a course only if it had the course named in `after` on an earlier day of the season."""

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every session that comes too early."""
        sessions = known_sessions(scenario, plan)
        had = {(session.class_, session.course, session.date) for session in sessions}
        for session in sessions:
            after = scenario.course[session.course].after
            if after is None:
                continue
            if not any(c == session.class_ and k == after and d < session.date for c, k, d in had):
                yield self.broken(
                    refs=(f"class:{session.class_}", f"course:{session.course}"),
                    class_=session.class_,
                    course=session.course,
                    after=after,
                    date=session.date.isoformat(),
                )

    def formulate(self, model: Model, x: Timetable) -> None:
        """A session needs one of the earlier days' sessions of the course before it."""
        for course in x.scenario.course.values():
            if course.after is None:
                continue
            earlier: dict[str, list[object]] = {}
            for class_, day in sorted(x.class_days, key=lambda pair: pair[1]):
                before = earlier.setdefault(class_, [])
                for taught in x.taught(class_, day, course.id):
                    if not isinstance(taught, int):
                        model.any_of(before, Because("courses", course.id), when=[taught])
                before.extend(x.taught(class_, day, course.after))
