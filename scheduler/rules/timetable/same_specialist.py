"""A class has a course with one specialist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
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
        held: dict[tuple[str, str], dict[str, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        for lesson in x.lessons:
            if lesson.teacher is not None:
                held[lesson.class_, lesson.course.id][lesson.teacher].append(lesson.held)
        terms = []
        for (class_, course), teachers in held.items():
            if len(teachers) > 1:
                has = [
                    model.either(lessons, f"has|{class_}|{course}|{teacher}")
                    for teacher, lessons in teachers.items()
                ]
                name = f"teachers|{class_}|{course}"
                terms.append(model.excess(model.total(has), 1, len(has) - 1, name))
        return model.total(terms)
