"""The claims a plan declares are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.claims import envy
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Envied(Rule):
    """`envy` declares the claims there are, one row a unit. (That none is missing is, under `fair`, the rule
    `no_envy`.)"""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "rows"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Rows that are not so; under `seats` also those that are missing."""
        true = Counter((row.child, row.week, row.class_, row.reason) for row in envy(scenario, plan))
        told = Counter((row.child, row.week, row.class_, row.reason) for row in plan.envy)
        for child, week, class_, _ in sorted((told - true).elements()):
            yield self.broken(refs=(f"child:{child}",), child=child, week=week, class_=class_)
        if scenario.settings.policy == "seats":
            declared = {row[0] for row in told}
            for child, week, class_, _ in sorted((true - told).elements()):
                if child not in declared:
                    refs = (f"child:{child}",)
                    yield self.broken(1, "missing", refs, child=child, week=week, class_=class_)
