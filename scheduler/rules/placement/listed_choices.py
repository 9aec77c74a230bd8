"""Children are placed only where their family would have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import seats


class ListedChoices(Rule):
    """A child is in a class it named, or whose venue it named; without choices, within `max_distance_km`.
    A lock `place` overrides this."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "child-weeks"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Placements in classes not named or too far, but for those made by a lock."""
        locked = PlacementLocks(scenario).placed
        limit = scenario.settings.max_distance_km
        for child, week, class_ in seats(scenario, plan):
            if (child.id, week, class_.id) in locked:
                continue
            refs = (f"child:{child.id}", f"class:{class_.id}")
            if child.choices:
                if not {class_.id, class_.venue} & set(child.choices):
                    yield self.broken(refs=refs, child=child.id, class_=class_.id, week=week)
            elif limit is not None:
                distance = scenario.distance_km(child, scenario.venue[class_.venue])
                if distance is not None and distance > limit:
                    told = {"child": child.id, "class_": class_.id, "week": week}
                    yield self.broken(1, "too_far", refs, **told, km=round(distance, 1), limit=limit)
