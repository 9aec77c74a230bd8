"""No class holds more children than it, or its home room, has seats for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class ClassCapacity(Rule):
    """A class has at most `capacity` children, and at most its home room's capacity."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children beyond the seats of a class-week."""
        for class_, week, children in class_weeks(scenario, plan):
            room = scenario.room.get(class_.room or "")
            limits = [class_.capacity]
            if room is not None and room.capacity is not None:
                limits.append(room.capacity)
            over = len(children) - min(limits)
            if over > 0:
                refs = (f"class:{class_.id}",)
                yield self.broken(
                    over, refs=refs, class_=class_.id, week=week, children=len(children), seats=min(limits)
                )

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """Heads <= seats; of an optional class <= seats where it runs, which is tighter for a relaxation."""
        for class_, week in x.class_weeks:
            seats, row = x.scenario.seats(class_), x.scenario.class_[class_]
            if len(x.holders(class_, week)) > seats:
                tight = row.room is not None and seats < row.capacity
                because = Because("rooms", row.room or "") if tight else Because("classes", class_)
                runs = x.runs(class_, week) if row.optional else 1
                model.require(x.heads(class_, week) <= seats * runs, because)
