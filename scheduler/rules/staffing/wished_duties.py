"""Who named preferred shifts is on duty in these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class WishedDuties(DutyRule):
    """Duties outside the preferred shifts of somebody who named some."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "duties"
    weight: ClassVar[float] = 0.5

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """The sum of the duties in other shifts than the preferred ones."""
        choosy = {row.person for row in x.scenario.availability if row.status == "prefer"}
        return x.sum_of(
            duty
            for duty in x.on_duty
            if duty.person in choosy
            and x.scenario.availability_of(duty.person, duty.date, duty.shift) != "prefer"
        )

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every such duty."""
        named: dict[str, bool] = {}
        for row in scenario.availability:
            named[row.person] = named.get(row.person, False) or row.status == "prefer"
        for duty in sorted_duties(plan):
            if duty.person not in scenario.person or not named.get(duty.person, False):
                continue
            if scenario.availability_of(duty.person, duty.date, duty.shift) == "prefer":
                continue
            yield self.broken(1, "broken", refs_of(duty), **place(duty))
