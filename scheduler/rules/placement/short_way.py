"""Children do not travel far."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import ClassVar

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Venue
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import seats
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class ShortWay(Rule):
    """From home to the venue it is at most `free_km`, in whole km beyond; unknown places count nothing."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "km"
    weight: ClassVar[float] = 0.1

    free_km: float = Field(default=3.0, ge=0, le=1000)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Whole km beyond the free ones, each child-week."""
        for child, week, class_ in seats(scenario, plan):
            far = self._beyond(scenario, child, scenario.venue[class_.venue])
            if far:
                refs = (f"child:{child.id}",)
                yield self.broken(far, refs=refs, child=child.id, venue=class_.venue, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """Sum over all seats of the whole km beyond."""
        terms = []
        far: dict[tuple[str, str], int] = {}
        for child, week in x.child_weeks:
            for class_, literal in x.seats(child, week).items():
                key = (child, x.scenario.class_[class_].venue)
                if key not in far:
                    far[key] = self._beyond(x.scenario, x.scenario.child[child], x.scenario.venue[key[1]])
                if far[key]:
                    terms.append(far[key] * literal)
        return model.total(terms)

    def _beyond(self, scenario: Scenario, child: Child, venue: Venue) -> int:
        distance = scenario.distance_km(child, venue)
        return 0 if distance is None else max(0, floor(distance - self.free_km + 1e-9))
