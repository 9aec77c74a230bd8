"""Children are placed only in classes that run, and a class runs only where it is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.row_names import row_name
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Because, Model
from scheduler.variables.placement import PlacementVariables


class ClassRuns(Rule):
    """Who is placed is in a class that runs that week, and a class runs only in weeks when it can be held."""

    stage: ClassVar[StageName] = "placement"
    unit: ClassVar[str] = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children in class-weeks that are not said to run, or that cannot be held; one a class-week."""
        possible = frozenset(scenario.class_weeks)
        rows = {(row.class_, row.week, row.child) for row in plan.placements}
        heads = Counter((class_, week) for class_, week, _ in rows)
        for (class_, week), children in sorted(heads.items()):
            refs = (f"class:{class_}",)
            if class_ not in scenario.class_:
                yield self.broken(children, "unknown", refs, class_=class_, week=week)
            elif (class_, week) not in possible:
                yield self.broken(children, "cannot_be_held", refs, class_=class_, week=week)
            elif (class_, week) not in plan.running:
                yield self.broken(children, refs=refs, class_=class_, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> None:
        """A class-week runs if anybody is in it; seats that locks name must be on offer."""
        for child, week, class_ in x.locked:
            if (class_, week) not in x.offered:
                model.require(x.placed(child, week, class_) <= 0, *_why_not(x.scenario, class_, week))


def _why_not(scenario: Scenario, class_: str, week: str) -> Iterator[Because]:
    """The rows that keep a class from being held in a week: its own, the closed days where no other is, or
    the closures of every shift."""
    row = scenario.class_[class_]
    if row.weeks and week not in row.weeks:
        yield Because("classes", class_)
        return
    if not scenario.days_in(week):
        yield from (Because("days", row_name(day)) for day in scenario.days if day.week == week)
    for day in scenario.days_in(week):
        for shift in scenario.shifts_of(class_):
            closure = scenario.closed(day, shift, venue=row.venue, room=row.room, class_=class_)
            if closure is not None:
                yield Because("closures", row_name(closure))
