"""Parallel classes are alike in size, and in girls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.placement import PlacementVariables

Group = tuple[str, ...]


class BalancedClasses(Rule):
    """Classes of one venue for the same ages, grades and weeks, where they run, differ by at most one child
    and at most one girl."""

    stage: ClassVar[StageName] = "placement"
    hard: ClassVar[bool] = False
    unit: ClassVar[str] = "children"
    weight: ClassVar[float] = 1.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Children, and girls, by which the largest exceeds the smallest beyond one."""
        for group in _parallel(scenario):
            for week in scenario.weeks:
                filled = [found for class_ in group if (found := plan.children_in(class_, week))]
                if len(filled) < 2:
                    continue
                heads = [len(children) for children in filled]
                girls = [sum(_is_girl(scenario, child) for child in children) for children in filled]
                for message, counts in (("broken", heads), ("girls", girls)):
                    over = max(counts) - min(counts) - 1
                    if over > 0:
                        refs = tuple(f"class:{class_}" for class_ in group)
                        yield self.broken(over, message, refs, classes=group, week=week)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """over >= count of one - count of another - 1, unless the other does not run."""
        terms = []
        for group in _parallel(x.scenario):
            for week in x.scenario.weeks:
                running = [class_ for class_ in group if x.holders(class_, week)]
                if len(running) < 2:
                    continue
                for girls_only in (False, True):
                    counts = {c: self._counted(x, c, week, girls_only) for c in running}
                    if any(counts.values()):
                        terms.append(self._over(model, x, week, counts))
        return model.total(terms)

    def _counted(self, x: PlacementVariables, class_: str, week: str, girls_only: bool) -> list[Variable]:
        holders = x.holders(class_, week).items()
        return [literal for child, literal in holders if not girls_only or _is_girl(x.scenario, child)]

    def _over(
        self, model: Model, x: PlacementVariables, week: str, counts: dict[str, list[Variable]]
    ) -> Variable:
        most = max(x.scenario.seats(class_) for class_ in counts)
        over = model.integer(0, most, f"unbalanced {','.join(counts)}/{week}")
        for a, b in permutations(counts, 2):
            slack = x.scenario.seats(a) * model.negated(x.runs(b, week))
            model.require(model.total(counts[a]) - model.total(counts[b]) - 1 - slack <= over)
        return over


def _parallel(scenario: Scenario) -> list[Group]:
    """Groups of at least two parallel classes."""
    found: dict[tuple[object, ...], list[str]] = {}
    for row in scenario.class_.values():
        found.setdefault(_kind(scenario, row), []).append(row.id)
    return sorted(tuple(group) for group in found.values() if len(group) > 1)


def _kind(scenario: Scenario, row: Class) -> tuple[object, ...]:
    weeks = tuple(week for week in scenario.weeks if not row.weeks or week in row.weeks)
    return (row.venue, row.min_age, row.max_age, row.min_grade, row.max_grade, weeks)


def _is_girl(scenario: Scenario, child: str) -> bool:
    row = scenario.child.get(child)
    return row is not None and row.gender == "girl"
