"""Children who need an adult of their own are spread over classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.demand import AIDE
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Expression, Model
from scheduler.variables.placement import PlacementVariables


class AidesSpread(Rule):
    """A class holds at most one child who needs an aide."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "children"
    weight: ClassVar[float] = 5.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Such children beyond the first of a class-week."""
        for class_, week, children in class_weeks(scenario, plan):
            number = sum(1 for child in children if AIDE in scenario.child[child].needs)
            if number > 1:
                refs = (f"class:{class_.id}",)
                yield self.broken(number - 1, refs=refs, class_=class_.id, week=week, children=number)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """over >= such children - 1 (or the number of classes that this one stands for)."""
        terms = []
        for class_, week in x.class_weeks:
            such = [
                literal
                for child, literal in x.holders(class_, week).items()
                if AIDE in x.scenario.child[child].needs
            ]
            each = x.parallel(class_)
            if len(such) > each:
                most = len(such) - each
                terms.append(model.excess(model.total(such), each, most, f"aides {class_}/{week}"))
        return model.total(terms)
