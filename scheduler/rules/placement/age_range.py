"""Children are of the age and grade their class is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.choices import fits_age
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import seats
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class AgeRange(Rule):
    """A child's completed years on the season's age day, and its grade, lie within its class's limits."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "child-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children too young, too old, or of unknown age or grade where one is asked for."""
        for child, week, class_ in seats(scenario, plan):
            age = scenario.age(child.id)
            limits = (
                (age, class_.min_age, class_.max_age),
                (child.grade, class_.min_grade, class_.max_grade),
            )
            if any(_outside(*limit) for limit in limits):
                refs = (f"child:{child.id}", f"class:{class_.id}")
                yield self.broken(refs=refs, child=child.id, class_=class_.id, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """The variables know only fitting classes, but for seats that locks name."""
        for child, week, class_ in x.locked:
            if not fits_age(x.scenario, x.scenario.child[child], x.scenario.class_[class_]):
                rows = (Because("children", child), Because("classes", class_))
                model.require(x.placed(child, week, class_) <= 0, *rows)


def _outside(value: int | None, low: int | None, high: int | None) -> bool:
    if value is None:
        return low is not None or high is not None
    return (low is not None and value < low) or (high is not None and value > high)
