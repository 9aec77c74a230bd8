"""Classes that run with few children are reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class SmallClasses(Rule):
    """A class that runs whatever its numbers has at least `min_children` children."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "children missing"
    weight: ClassVar[float] = 1.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children missing to the minimum of a running class that is not optional."""
        for class_, week, children in class_weeks(scenario, plan):
            short = class_.min_children - len(children)
            if not class_.optional and short > 0:
                yield self.broken(
                    short,
                    refs=(f"class:{class_.id}",),
                    class_=class_.id,
                    week=week,
                    children=len(children),
                    minimum=class_.min_children,
                )

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """short >= minimum where it runs - heads."""
        terms = []
        for class_, week in x.class_weeks:
            row = x.scenario.class_[class_]
            if not row.optional and row.min_children > 1:
                short = model.integer(0, row.min_children - 1, f"short {class_}/{week}")
                model.require(row.min_children * x.runs(class_, week) - x.heads(class_, week) <= short)
                terms.append(short)
        return model.total(terms)
