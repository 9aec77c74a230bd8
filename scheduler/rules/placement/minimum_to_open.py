"""An optional class runs only with enough children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class MinimumToOpen(Rule):
    """An optional class that runs has at least `min_children` children."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children missing to the minimum of an optional class that anybody is in."""
        for class_, week, children in class_weeks(scenario, plan):
            short = class_.min_children - len(children)
            if class_.optional and short > 0:
                yield self.broken(
                    short,
                    refs=(f"class:{class_.id}",),
                    class_=class_.id,
                    week=week,
                    children=len(children),
                    minimum=class_.min_children,
                )

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """Heads >= minimum where the class runs."""
        for class_, week in x.class_weeks:
            row = x.scenario.class_[class_]
            if row.optional and row.min_children > 1:
                heads, runs = x.heads(class_, week), x.runs(class_, week)
                model.require(heads >= row.min_children * runs, Because("classes", class_))
