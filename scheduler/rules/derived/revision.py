"""Only a plan that replaces another has a past."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Revision(Rule):
    """A plan with a revision beyond the first names the plan it replaces, and only such a plan has weeks that
    had begun (`as_of`)."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "plans"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """A first plan with a past, or one that is past as a whole: `as_of` takes what lies before it out of
        judgement."""
        replaces = plan.previous_sha256 is not None
        if replaces != (plan.revision > 1):
            yield self.broken(1, "no_previous" if plan.revision > 1 else "first", (), revision=plan.revision)
        elif plan.as_of is not None and not replaces:
            yield self.broken(1, "as_of", (), date=plan.as_of.isoformat())
        elif plan.as_of is not None and plan.as_of > max(scenario.day, default=plan.as_of):
            yield self.broken(1, "all_past", (), date=plan.as_of.isoformat())
