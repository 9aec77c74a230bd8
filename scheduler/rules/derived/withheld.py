"""What is withheld for want of adults could be held, and is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Withheld(Rule):
    """Every class-week in `withheld` can be held, is written once, does not run and has nobody in it."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "class-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Class-weeks that are not withheld in truth: without this, `withheld` would silence any claim."""
        can_be_held = frozenset(scenario.class_weeks)
        filled = {(row.class_, row.week) for row in plan.placements}
        rows = Counter((row.class_, row.week) for row in plan.withheld)
        for (class_, week), number in sorted(rows.items()):
            refs = (f"class:{class_}",)
            if (class_, week) not in can_be_held:
                yield self.broken(1, "never_held", refs, class_=class_, week=week)
            elif (class_, week) in plan.running or (class_, week) in filled:
                yield self.broken(1, "in_use", refs, class_=class_, week=week)
            elif number > 1:
                yield self.broken(1, "twice", refs, class_=class_, week=week)
