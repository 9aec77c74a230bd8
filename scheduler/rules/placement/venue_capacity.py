"""No venue holds more children at once than it may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.rules.seats import class_weeks
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class VenueCapacity(Rule):
    """In no week and shift are more children at a venue, over its classes held then, than its capacity."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children beyond the capacity in a week and shift."""
        present: dict[tuple[str, str, str], int] = {}
        for class_, week, children in class_weeks(scenario, plan):
            held = {shift for day in scenario.days_in(week) for shift in scenario.held(class_.id, day)}
            for shift in held:
                key = (class_.venue, week, shift)
                present[key] = present.get(key, 0) + len(children)
        for (venue, week, shift), children_there in sorted(present.items()):
            row = scenario.venue.get(venue)
            if row is not None and row.capacity is not None and children_there > row.capacity:
                yield self.broken(
                    children_there - row.capacity,
                    refs=(f"venue:{venue}",),
                    venue=venue,
                    week=week,
                    shift=shift,
                    children=children_there,
                    seats=row.capacity,
                )

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """Heads over the classes held <= capacity; shifts that hold the same classes are one constraint."""
        for venue in x.scenario.venue.values():
            if venue.capacity is None:
                continue
            for week in x.scenario.weeks:
                held = {x.held_in(venue.id, week, shift) for shift in x.scenario.shift}
                for classes in sorted(held):
                    heads = [literal for c in classes for literal in x.holders(c, week).values()]
                    if len(heads) > venue.capacity:
                        model.require(model.total(heads) <= venue.capacity, Because("venues", venue.id))
