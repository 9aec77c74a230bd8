"""A class has a course with one specialist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Course
from scheduler.rules.base import Rule, Violation
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.timetable import Timetable


class SameSpecialist(Rule):
    """Counts the different teachers a class has in one course over the season, beyond the first."""

    stage = "timetable"
    hard = False
    unit = "teachers"
    weight = 2.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class and course with more than one teacher."""
        teachers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in plan.sessions:
            if row.teacher is not None:
                teachers[row.class_, row.course].add(row.teacher)
        for (class_, course), names in sorted(teachers.items()):
            if len(names) > 1:
                yield self.broken(
                    len(names) - 1,
                    refs=(f"class:{class_}", f"course:{course}"),
                    class_=class_,
                    course=course,
                    teachers=tuple(sorted(names)),
                )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """A variable for each teacher a class has in a course, and the excess of their sum over one."""
        held: dict[tuple[str, str], dict[str, dict[date, list[Variable]]]] = {}
        for lesson in x.lessons:
            if lesson.teacher is not None:
                teachers = held.setdefault((lesson.class_, lesson.course.id), {})
                teachers.setdefault(lesson.teacher, {}).setdefault(lesson.date, []).append(lesson.held)
        terms = []
        for (class_, course), teachers in held.items():
            if len(teachers) > 1:
                has = [
                    _has(model, x, x.scenario.course[course], days, f"has|{class_}|{course}|{teacher}")
                    for teacher, days in teachers.items()
                ]
                name = f"teachers|{class_}|{course}"
                terms.append(model.excess(model.total(has), 1, len(has) - 1, name))
        return model.total(terms)


def _has(
    model: Model, x: Timetable, course: Course, days: Mapping[date, list[Variable]], name: str
) -> Variable:
    """A variable that is 1 if any of the sessions is held."""
    if any(isinstance(held, int) for row in days.values() for held in row):
        return 1
    has = model.boolean(name)
    for row in days.values():
        # a course comes once a day, so that the sum makes the tighter constraint
        model.require(model.total(row) <= has)
    if course.max_per_week is not None:
        weeks: dict[str, list[Variable]] = {}
        for day, row in days.items():
            weeks.setdefault(x.scenario.week_of(day), []).extend(row)
        for row in weeks.values():
            model.require(model.total(row) <= course.max_per_week * has)
    return has
