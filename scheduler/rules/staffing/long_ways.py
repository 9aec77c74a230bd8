"""People are on duty near home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Violation
from scheduler.rules.duties import DutyRule, place, refs_of, sorted_duties
from scheduler.variables.model import Expression, Model
from scheduler.variables.staffing import Staffing


class LongWays(DutyRule):
    """Whole kilometres beyond `free_km` between home and venue, for every duty."""

    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "km"
    weight: ClassVar[float] = 0.1

    free_km: float = Field(default=5.0, ge=0)

    def formulate(self, model: Model, x: Staffing) -> Expression:
        """Each duty times its kilometres."""
        ways = {(duty.person, duty.venue): _kilometres(x.scenario, duty, self.free_km) for duty in x.on_duty}
        return model.total(
            ways[duty.person, duty.venue] * variable
            for duty, variable in x.on_duty.items()
            if ways[duty.person, duty.venue]
        )

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """One violation for every duty far from home."""
        for duty in sorted_duties(plan):
            if duty.person not in scenario.person or duty.venue not in scenario.venue:
                continue
            km = scenario.distance_km(scenario.person[duty.person], scenario.venue[duty.venue])
            beyond = int(km - self.free_km) if km is not None and km > self.free_km else 0
            if beyond > 0:
                yield self.broken(
                    beyond, "broken", refs_of(duty), venue=duty.venue, km=round(km or 0, 1), **place(duty)
                )


def _kilometres(scenario: Scenario, duty: Duty, free: float) -> int:
    distance = scenario.distance_km(scenario.person[duty.person], scenario.venue[duty.venue])
    return 0 if distance is None else max(0, int(distance - free))
