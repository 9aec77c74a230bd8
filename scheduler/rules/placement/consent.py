"""Only children who are enrolled with consent are placed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Consent(Rule):
    """Nobody is placed who has withdrawn, whose guardian has not consented, or who is not on the list."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Placed children who may not be processed; the variables know none of them."""
        weeks: dict[str, set[str]] = {}
        for placement in plan.placements:
            weeks.setdefault(placement.child, set()).add(placement.week)
        for child in sorted(weeks):
            row = scenario.child.get(child)
            refs = (f"child:{child}",)
            if row is None:
                yield self.broken(1, "unknown", refs, child=child)
            elif row.status != "enrolled":
                yield self.broken(1, "withdrawn", refs, child=child, weeks=tuple(sorted(weeks[child])))
            elif not row.consent:
                yield self.broken(refs=refs, child=child, weeks=tuple(sorted(weeks[child])))
