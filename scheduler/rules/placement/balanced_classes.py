"""Parallel classes are alike in size, in girls, and in ages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class
from scheduler.rules.base import Rule, StageName, Violation
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.placement import PlacementVariables

Group = tuple[str, ...]

Kind = str | int
"""Whom a count counts: every child, every girl, or every child of an age."""


class BalancedClasses(Rule):
    """Classes of one venue for the same ages, grades and weeks, where they run, differ by at most one child,
    one girl, and one child of any age."""

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
                refs = tuple(f"class:{class_}" for class_ in group)
                for message, of_age, counts in _counts(scenario, group, filled):
                    over = max(counts) - min(counts) - 1
                    if over > 0:
                        yield self.broken(over, message, refs, classes=group, week=week, **of_age)

    def formulate(self, model: Model, x: PlacementVariables) -> Expression:
        """over >= most - least - 1, where most >= every count and least <= that of every class that runs."""
        terms = []
        for group in _parallel(x.scenario):
            for week in x.scenario.weeks:
                running = [class_ for class_ in group if x.holders(class_, week)]
                if len(running) < 2 or any(x.parallel(class_) > 1 for class_ in running):
                    continue  # what stands for several classes is balanced when these are filled
                holders = {class_: x.holders(class_, week) for class_ in running}
                for kind in _kinds_in(x.scenario, group, holders):
                    counts = {
                        class_: [
                            literal for child, literal in held.items() if _is_of(x.scenario, child, kind)
                        ]
                        for class_, held in holders.items()
                    }
                    terms.append(self._over(model, x, week, counts, kind))
        return model.total(terms)

    def _over(
        self, model: Model, x: PlacementVariables, week: str, counts: dict[str, list[Variable]], kind: Kind
    ) -> Variable:
        """Two rows a class, where comparing class with class would take one a pair."""
        name = f"{kind} {','.join(counts)}/{week}"
        top = max(len(held) for held in counts.values())
        seats = max(x.scenario.seats(class_) for class_ in counts)
        most, least = model.integer(0, top, f"most {name}"), model.integer(0, top, f"least {name}")
        for class_, held in counts.items():
            number = model.total(held)
            model.require(number <= most)
            model.require(least <= number + min(top, seats) * model.negated(x.runs(class_, week)))
        return model.excess(most - least, 1, top, f"unbalanced {name}")


def _kinds_in(scenario: Scenario, group: Group, holders: dict[str, Mapping[str, Variable]]) -> list[Kind]:
    """The kinds that children who could be in a group's classes are counted by."""
    ages = (
        {scenario.age(child) for held in holders.values() for child in held}
        if _mixes(scenario, group)
        else ()
    )
    return ["child", "girl", *sorted(age for age in ages if age is not None)]


def _is_of(scenario: Scenario, child: str, kind: Kind) -> bool:
    """Whether a child is counted in a kind."""
    if kind == "girl":
        return _is_girl(scenario, child)
    return kind == "child" or scenario.age(child) == kind


def _counts(
    scenario: Scenario, group: Group, filled: list[tuple[str, ...]]
) -> Iterator[tuple[str, dict[str, int], list[int]]]:
    """Children, girls and children of each age, class by class, with the message of each."""
    yield "broken", {}, [len(children) for children in filled]
    yield "girls", {}, [sum(_is_girl(scenario, child) for child in children) for children in filled]
    if _mixes(scenario, group):
        ages = [[scenario.age(child) for child in children if child in scenario.child] for children in filled]
        for age in sorted({age for found in ages for age in found if age is not None}):
            yield "ages", {"age": age}, [found.count(age) for found in ages]


def _mixes(scenario: Scenario, group: Group) -> bool:
    """Whether a group's classes are for children of more than one age; else ages only repeat heads."""
    row = scenario.class_[group[0]]
    return row.min_age is None or row.min_age != row.max_age


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
