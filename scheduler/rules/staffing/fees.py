"""Duties cost little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class Fees(DutyRule):
    """Fees of all duties in whole yuan, each duty's rounded."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "yuan"
    weight: ClassVar[float] = 0.01

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """Each duty times its fee."""
        fees = {person: round(x.scenario.person[person].fee_per_shift or 0) for person in x.people}
        return model.total(fees[d.person] * variable for d, variable in x.on_duty.items() if fees[d.person])

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every person with a fee."""
        for person in sorted({duty.person for duty in plan.duties} & set(scenario.person)):
            fee, duties = scenario.person[person].fee_per_shift or 0, len(plan.duties_of(person))
            if round(fee) * duties:
                refs = (f"person:{person}",)
                yield self.broken(round(fee) * duties, "broken", refs, person=person, duties=duties, fee=fee)
