"""Children who must be kept apart are never in one class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class KeptApart(Rule):
    """Two children, one of whom says `apart` of the other, are in no class together."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "pairs a week"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Pairs in one class, each week."""
        for class_, week, children in class_weeks(scenario, plan):
            for child in children:
                foes = scenario.foes.get(child, frozenset())
                for other in sorted(foe for foe in foes.intersection(children) if child < foe):
                    refs = (f"child:{child}", f"child:{other}")
                    yield self.broken(refs=refs, child=child, other=other, class_=class_.id, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """At most one of the two in each class; once for each that says so, who could take it back."""
        for row in x.scenario.processed:
            for other in sorted(set(row.apart) - {row.id}):
                for week in x.scenario.weeks:
                    for class_, literal in x.seats(row.id, week).items():
                        foe = x.placed(other, week, class_)
                        if not isinstance(foe, int) or foe:
                            model.require(literal + foe <= 1, Because("children", row.id))
