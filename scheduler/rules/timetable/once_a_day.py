"""A class has at most one session of a course on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.model import Model
from scheduler.variables.timetable import Timetable, at_most


class OnceADay(Rule):
    """No class has the same course twice on one day."""

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class, day and course with more than one session."""
        rows = known_sessions(scenario, plan)
        numbers = Counter((row.class_, row.date.isoformat(), row.course) for row in rows)
        for (class_, day, course), number in sorted(numbers.items()):
            if number > 1:
                yield self.broken(
                    number - 1,
                    refs=(f"class:{class_}", f"course:{course}"),
                    class_=class_,
                    date=day,
                    course=course,
                    number=number,
                )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The first periods of a course on a day sum to at most one."""
        for class_, day in x.class_days:
            for course in x.scenario.course:
                at_most(model, x.taught(class_, day, course), 1)
