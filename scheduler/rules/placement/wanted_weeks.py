"""A child is placed only in weeks it wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class WantedWeeks(Rule):
    """A child is placed only in weeks it wants."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "child-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Placements of known children in other weeks."""
        for child, week in sorted({(row.child, row.week) for row in plan.placements}):
            if child in scenario.child and week not in scenario.wanted_weeks(child):
                yield self.broken(refs=(f"child:{child}",), child=child, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """The variables know only wanted weeks, but for seats that locks name."""
        for child, week, class_ in x.locked:
            if week not in x.scenario.wanted_weeks(child):
                model.require(x.placed(child, week, class_) <= 0, Because("children", child))
