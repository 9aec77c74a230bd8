"""Nobody is on duty in a shift in which they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties


class DutyAvailable(DutyRule):
    """Volunteers are on duty only where they say yes, prefer or avoid; teachers unless they say no."""

    unit: ClassVar[str] = "duties"

    def admits(self, scenario: Scenario, plan: Plan, duty: Duty) -> bool:
        """Whether the person does not say no."""
        return scenario.availability_of(duty.person, duty.date, duty.shift) != "no"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty of somebody who cannot come."""
        for duty in sorted_duties(plan):
            if duty.person not in scenario.person:
                continue
            if scenario.availability_of(duty.person, duty.date, duty.shift) == "no":
                yield self.broken(1, "broken", refs_of(duty), **place(duty))
