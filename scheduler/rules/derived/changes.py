"""What is told to have changed did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.changes import decisions
from scheduler.domain.plan import Change, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation

_THING = {"placement": "child:", "duty": "person:"}


class Changes(Rule):
    """Only a plan that replaces another has changes; each is written once, ends in what the plan decides, and
    began with something else. (What the plan before decided only `diff` can tell.)"""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "changes"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every change that is none, or that the plan does not bear out."""
        if plan.previous_sha256 is None:
            if plan.changes:
                yield self.broken(len(plan.changes), "first", (), n=len(plan.changes))
            return
        decided = decisions(plan)
        rows = Counter((row.kind, row.ref) for row in plan.changes)
        for row in dict.fromkeys(plan.changes):
            if rows[row.kind, row.ref] > 1:
                yield self.broken(1, "twice", (), ref=row.ref)
            elif row.from_ == row.to or not row.ref.startswith(_THING.get(row.kind, "class:")):
                yield self.broken(1, "none", (), ref=row.ref)
            elif row.to != decided[row.kind].get(row.ref):
                yield self._false(row, decided[row.kind].get(row.ref))

    def _false(self, row: Change, true: str | None) -> Violation:
        return self.broken(1, "false", (), ref=row.ref, told=row.to or "–", true=true or "–")
