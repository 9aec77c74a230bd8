"""A class's week holds many different courses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class Variety(Rule):
    """Counts the sessions a class has of one course in a week beyond `often`, or beyond `min_per_week` where
    that is more."""

    stage = "timetable"
    hard = False
    unit = "sessions"
    weight = 0.3

    often: int = Field(default=2, ge=1, le=50)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class, week and course that comes again and again."""
        had = Counter(
            (row.class_, scenario.week_of(row.date), row.course) for row in known_sessions(scenario, plan)
        )
        for (class_, week, course), number in sorted(had.items()):
            most = max(self.often, scenario.course[course].min_per_week)
            if number > most:
                yield self.broken(
                    number - most,
                    refs=(f"class:{class_}", f"course:{course}"),
                    class_=class_,
                    week=week,
                    course=course,
                    number=number,
                )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """The excess of each week's sessions of a course."""
        terms: list[Expression] = []
        for class_, week in x.class_weeks:
            for course in x.scenario.course.values():
                taught = x.taught_in(class_, week, course.id)
                usual = self.often if course.min_per_week < self.often else course.min_per_week
                most = len(taught) if course.max_per_week is None else min(len(taught), course.max_per_week)
                # sessions that stand may be more than are allowed
                if most > usual or any(isinstance(held, int) for held in taught):
                    name = f"variety|{class_}|{week}|{course.id}"
                    terms.append(model.excess(model.total(taught), usual, len(taught), name))
        return model.total(terms)
