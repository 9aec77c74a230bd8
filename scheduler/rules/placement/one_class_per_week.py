"""A child is in at most one class a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Model
from scheduler.variables.placement import PlacementVariables


class OneClassPerWeek(Rule):
    """A child is placed at most once a week."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "surplus placements"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """A child's rows beyond the first of a week."""
        rows = Counter((row.child, row.week) for row in plan.placements)
        for (child, week), number in sorted(rows.items()):
            if number > 1:
                yield self.broken(number - 1, refs=(f"child:{child}",), child=child, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """Sum over the classes <= 1."""
        for child, week in x.child_weeks:
            if len(x.seats(child, week)) > 1:
                model.require(x.anywhere(child, week) <= 1)
