"""What the checks of placement rules share: a plan's placements that make sense, each once."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class


def seats(scenario: Scenario, plan: Plan) -> Iterator[tuple[Child, str, Class]]:
    """Every placement of a known child in a known class and week; a row written twice counts once."""
    found = {(row.child, row.week, row.class_) for row in plan.placements}
    for child, week, class_ in sorted(found):
        if child in scenario.child and class_ in scenario.class_ and week in scenario.weeks:
            yield scenario.child[child], week, scenario.class_[class_]


def class_weeks(scenario: Scenario, plan: Plan) -> Iterator[tuple[Class, str, tuple[str, ...]]]:
    """Every known class-week that anybody is in, with its known children."""
    found: dict[tuple[str, str], list[str]] = {}
    for child, week, class_ in seats(scenario, plan):
        found.setdefault((class_.id, week), []).append(child.id)
    for (name, week), children in sorted(found.items()):
        yield scenario.class_[name], week, tuple(sorted(children))


def venues_of(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], set[str]]:
    """The venues each child is at in each week it is placed: one, in a plan that makes sense."""
    found: dict[tuple[str, str], set[str]] = {}
    for child, week, class_ in seats(scenario, plan):
        found.setdefault((child.id, week), set()).add(class_.venue)
    return found
