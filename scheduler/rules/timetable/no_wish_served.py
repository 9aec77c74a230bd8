"""Every child with interests gets at least one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable

Stay = tuple[tuple[str, str], ...]


class NoWishServed(Rule):
    """Counts the placed children with interests who get none of them all season."""

    stage = "timetable"
    hard = False
    unit = "children"
    weight = 10.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every placed child none of whose interests is served."""
        taught = {
            (row.class_, scenario.week_of(row.date), row.course)
            for row in plan.sessions
            if row.date in scenario.day
        }
        for child in sorted({row.child for row in plan.placements} & set(scenario.child)):
            wishes = set(scenario.child[child].interests) & set(scenario.course)
            weeks = plan.weeks_of(child)
            if wishes and not any(
                (class_, week, course) in taught for week, class_ in weeks.items() for course in wishes
            ):
                yield self.broken(refs=(f"child:{child}",), child=child, courses=tuple(sorted(wishes)))

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """For children who share classes, weeks and all interests one variable: none served."""
        groups: Counter[tuple[Stay, tuple[str, ...]]] = Counter()
        for child in {row.child for row in x.plan.placements} & set(x.scenario.child):
            wishes = sorted(set(x.scenario.child[child].interests) & set(x.scenario.course))
            if wishes:
                stay = sorted((class_, week) for week, class_ in x.plan.weeks_of(child).items())
                groups[tuple(stay), tuple(wishes)] += 1
        terms: list[Expression] = []
        for number, ((stay_, wishes_), children) in enumerate(sorted(groups.items())):
            ways = [
                way
                for class_, week in stay_
                for course in wishes_
                for way in x.taught_in(class_, week, course)
            ]
            missed = model.boolean(f"nothing|{number}") if ways else 1
            if ways:
                model.any_of([missed, *ways])
            terms.append(children * missed)
        return model.total(terms)
