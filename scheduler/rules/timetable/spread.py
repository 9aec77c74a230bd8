"""A course does not come on two days running."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class Spread(Rule):
    """Counts the times a class has the same course on two days of the calendar running.

    `daily_from`: a course that is allowed so often a week, or without limit, is a daily one and not counted.
    """

    stage = "timetable"
    hard = False
    unit = "sessions"
    weight = 0.5

    daily_from: int = Field(default=4, ge=1)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every second of two days running with the same course."""
        had = {(row.class_, row.course, row.date) for row in known_sessions(scenario, plan)}
        for class_, course, day in sorted(had):
            most = scenario.course[course].max_per_week
            if most is None or most >= self.daily_from:
                continue
            if (class_, course, day - timedelta(days=1)) in had:
                yield self.broken(
                    refs=(f"class:{class_}", f"course:{course}"),
                    class_=class_,
                    course=course,
                    date=day.isoformat(),
                )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """A variable for each two days running."""
        terms = []
        for class_, day in x.class_days:
            tomorrow = day + timedelta(days=1)
            for course in x.scenario.course.values():
                if course.max_per_week is None or course.max_per_week >= self.daily_from:
                    continue
                today = x.taught(class_, day, course.id)
                then = x.taught(class_, tomorrow, course.id)
                if not today or not then:
                    continue
                name = f"spread|{class_}|{day}|{course.id}"
                terms.append(model.excess(model.total([*today, *then]), 1, 1, name))
        return model.total(terms)
