"""What is said to run does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class OpenClasses(Rule):
    """Every class-week in `open_classes` is written once and has a child placed in it: an idle one does not
    run. (That who is placed is in one of them is the rule `class_runs`.)"""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "class-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Class-weeks with nobody, or written more than once."""
        filled = {(row.class_, row.week) for row in plan.placements}
        rows = Counter((row.class_, row.week) for row in plan.open_classes)
        for (class_, week), number in sorted(rows.items()):
            refs = (f"class:{class_}",)
            if (class_, week) not in filled:
                yield self.broken(1, "idle", refs, class_=class_, week=week)
            elif number > 1:
                yield self.broken(1, "twice", refs, class_=class_, week=week)
