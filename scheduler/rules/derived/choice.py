"""The choice written beside a placement is the child's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Choice(Rule):
    """`choice` is the position of the class, or of its venue if that is better, among the child's choices; 0
    without choices or placed by a lock."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "placements"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Placements with another number; of unlisted classes `listed_choices` tells."""
        locked = PlacementLocks(scenario).placed
        for row in sorted(plan.placements, key=lambda row: (row.child, row.week, row.class_)):
            child, class_ = scenario.child.get(row.child), scenario.class_.get(row.class_)
            if child is None or class_ is None:
                continue
            true = 0
            if child.choices and (row.child, row.week, row.class_) not in locked:
                named = (class_.id, class_.venue)
                true = next((i for i, choice in enumerate(child.choices, 1) if choice in named), row.choice)
            if row.choice != true:
                refs = (f"child:{row.child}",)
                told = {"child": row.child, "class_": row.class_, "week": row.week}
                yield self.broken(1, refs=refs, **told, choice=row.choice, true=true)
