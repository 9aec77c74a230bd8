"""People are spared the shifts they would rather avoid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class UnwishedDuties(DutyRule):
    """Duties in shifts that the person said to avoid."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "duties"
    weight: ClassVar[float] = 3.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """The sum of the duties to avoid."""
        return x.sum_of(
            duty
            for duty in x.on_duty
            if x.scenario.availability_of(duty.person, duty.date, duty.shift) == "avoid"
        )

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every such duty."""
        for duty in sorted_duties(plan):
            if duty.person in scenario.person:
                status = scenario.availability_of(duty.person, duty.date, duty.shift)
                if status == "avoid":
                    yield self.broken(1, "broken", refs_of(duty), **place(duty))
