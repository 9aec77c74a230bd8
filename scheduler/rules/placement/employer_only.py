"""Venues kept for some employers hold only their children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.choices import may_attend
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import seats
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class EmployerOnly(Rule):
    """A venue with `only_for` holds only children with a guardian at one of the employers named there."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "child-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children of other employers."""
        for child, week, class_ in seats(scenario, plan):
            named = scenario.venue[class_.venue].only_for
            if named and not any(employer in named for employer in child.employer):
                refs = (f"child:{child.id}", f"venue:{class_.venue}")
                yield self.broken(refs=refs, child=child.id, class_=class_.id, venue=class_.venue, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """The variables know only open venues, but for seats that locks name."""
        for child, week, class_ in x.locked:
            row = x.scenario.class_[class_]
            if not may_attend(x.scenario, x.scenario.child[child], row):
                rows = (Because("children", child), Because("venues", row.venue))
                model.require(x.placed(child, week, class_) <= 0, *rows)
