"""Every class has every course that suits its ages at least `min_per_week` times a week."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.programme import ages_in, runs_on, suits
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.shortage import Shortages
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class MinimumSessions(Rule):
    """Counts the sessions missing to `min_per_week`, in the weeks in which the class takes place at all."""

    stage = "timetable"
    hard = False
    unit = "sessions"
    weight = 20.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class, week and course with the sessions missing, and the limit that binds."""
        shortages = Shortages(scenario, plan)
        for class_, week in sorted(plan.running):
            if class_ not in scenario.class_:
                continue
            days = [day for day in scenario.days_in(week) if runs_on(scenario, plan, class_, day)]
            ages = ages_in(scenario, plan, class_, week)
            for course in scenario.course.values() if days else ():
                had = sum(row.course == course.id for day in days for row in plan.sessions_of(class_, day))
                if had < course.min_per_week and suits(course, ages):
                    yield self.broken(
                        course.min_per_week - had,
                        refs=(f"class:{class_}", f"course:{course.id}"),
                        class_=class_,
                        week=week,
                        course=course.id,
                        number=had,
                        least=course.min_per_week,
                        why=shortages.why(class_, week, course.id),
                    )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """A variable for each shortage."""
        terms = []
        for class_, week in x.class_weeks:
            for course in x.offer.suited(class_, week):
                least, taught = course.min_per_week, x.taught_in(class_, week, course.id)
                if least:
                    name = f"short|{class_}|{week}|{course.id}"
                    terms.append(model.excess(least - model.total(taught), 0, least, name))
        return model.total(terms)
