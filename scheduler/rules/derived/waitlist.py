"""The waiting lists are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.claims import waiting
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Waitlist(Rule):
    """Every class-week's waiting list holds, in their order, the children whom some outcome that their unit
    prefers would place there, and nobody else."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "rows"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Rows too many and too few, each class-week."""
        true = Counter((row.class_, row.week, row.child, row.position) for row in waiting(scenario, plan))
        told = Counter((row.class_, row.week, row.child, row.position) for row in plan.waitlist)
        wrong = Counter((row[0], row[1]) for row in ((true - told) + (told - true)).elements())
        for (class_, week), number in sorted(wrong.items()):
            yield self.broken(number, refs=(f"class:{class_}",), class_=class_, week=week)
