"""One homeroom teacher keeps a class for all its weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class HomeroomContinuity(DutyRule):
    """Different homeroom teachers of a class in the season, beyond the first."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "homeroom teachers"
    weight: ClassVar[float] = 10.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """One boolean for a person and class, not less than each duty there as homeroom teacher."""
        teachers: dict[str, dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for duty in x.on_duty:
            if duty.role == "homeroom" and duty.class_ is not None:
                teachers[duty.class_][duty.person].append(duty)
        return model.total(
            self._beyond_the_first(model, x, class_, people) for class_, people in sorted(teachers.items())
        )

    def _beyond_the_first(
        self, model: Model, x: Staffing, class_: str, people: dict[str, list[Duty]]
    ) -> Expression:
        if len(people) < 2:
            return 0
        keeps = [x.keeps(person, class_, duties) for person, duties in sorted(people.items())]
        return model.excess(model.total(keeps), 1, len(people) - 1, f"homerooms {class_}")

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every class with several; amount: all but one."""
        teachers: dict[str, set[str]] = defaultdict(set)
        for duty in plan.duties:
            if duty.role == "homeroom" and duty.class_ is not None and duty.class_ in scenario.class_:
                teachers[duty.class_].add(duty.person)
        for class_, people in sorted(teachers.items()):
            if len(people) > 1:
                refs = (f"class:{class_}", *(f"person:{person}" for person in sorted(people)))
                yield self.broken(len(people) - 1, "broken", refs, class_=class_, n=len(people))
