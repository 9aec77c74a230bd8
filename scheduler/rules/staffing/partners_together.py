"""Partners are on duty together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class PartnersTogether(DutyRule):
    """Duties of somebody with partners while none of these is on duty at the same venue."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "duties"
    weight: ClassVar[float] = 1.0

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """A person at a venue in a shift, less the partners there."""
        terms: list[Expression] = []
        for person in x.people:
            partners = set(x.scenario.person[person].partners) - {person}
            if not partners:
                continue
            at: dict[tuple[str, date, str], list[Expression]] = defaultdict(list)
            for duty in x.duties_of(person):
                at[duty.venue, duty.date, duty.shift].append(x.on_duty[duty])
            for key, own in at.items():
                beside = x.sum_of(duty for duty in x.by_place[key] if duty.person in partners)
                alone = model.integer(0, len(own), f"alone {person} {key}")
                model.require(model.total(own) - beside <= alone)
                terms.append(alone)
        return model.total(terms)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty without a partner."""
        present = {(duty.person, duty.venue, duty.date, duty.shift) for duty in plan.duties}
        for duty in sorted_duties(plan):
            person = scenario.person.get(duty.person)
            partners = [other for other in person.partners if other != person.id] if person else []
            if partners and not any(
                (other, duty.venue, duty.date, duty.shift) in present for other in partners
            ):
                yield self.broken(1, "broken", refs_of(duty), venue=duty.venue, **place(duty))
