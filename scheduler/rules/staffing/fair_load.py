"""The same volunteers do not get all the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.work import Offers
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class FairLoad(DutyRule):
    """Volunteers' shifts beyond a quarter of what they offered, those beyond half counted twice, and so on.

    `steps` equal parts of the offer, rounded up, are the thresholds; the first part is free. Summed over
    volunteers this convex amount is least where all work the same share of what they offered.
    """

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "shifts"
    weight: ClassVar[float] = 1.0

    steps: int = Field(default=4, ge=2, le=20)

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """The excess of each volunteer's load over each threshold."""
        terms: list[Expression] = []
        for person in x.people:
            if x.scenario.person[person].kind != "volunteer":
                continue
            most = len({(duty.date, duty.shift) for duty in x.duties_of(person)})
            load = model.integer(0, most, f"load {person}")
            model.require(x.load(person) <= load)
            offer = x.offered(person)
            for step in range(1, self.steps):
                threshold = -(-step * offer // self.steps)
                if most > threshold:
                    name = f"load {person} {step}"
                    terms.append(model.excess(load, threshold, most - threshold, name))
        return model.total(terms)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every volunteer beyond the first threshold."""
        offers = Offers(scenario, plan)
        for person in sorted({duty.person for duty in plan.duties} & set(scenario.person)):
            if scenario.person[person].kind != "volunteer":
                continue
            load, offer, amount = len(plan.duties_of(person)), len(offers.of(person)), 0
            for step in range(1, self.steps):
                threshold = (step * offer + self.steps - 1) // self.steps
                amount += max(0, load - threshold)
            if amount:
                refs = (f"person:{person}",)
                yield self.broken(amount, "broken", refs, person=person, load=load, offered=offer)
