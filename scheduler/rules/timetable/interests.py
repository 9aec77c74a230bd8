"""Children get the courses they are interested in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class Interests(Rule):
    """Counts, over the placed children, the interests that no session of their classes in their weeks
    serves all season."""

    stage = "timetable"
    hard = False
    unit = "wishes"
    weight = 2.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every placed child with the interests not served."""
        had: dict[tuple[str, str], set[str]] = {}
        for session in plan.sessions:
            if session.date in scenario.day:
                week = scenario.week_of(session.date)
                had.setdefault((session.class_, week), set()).add(session.course)
        for child in sorted({row.child for row in plan.placements} & set(scenario.child)):
            served = {
                course
                for week, class_ in plan.weeks_of(child).items()
                for course in had.get((class_, week), ())
            }
            missed = (set(scenario.child[child].interests) & set(scenario.course)) - served
            if missed:
                yield self.broken(
                    len(missed), refs=(f"child:{child}",), child=child, courses=tuple(sorted(missed))
                )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """For children who share classes, weeks and an interest one variable: not served."""
        groups: Counter[tuple[frozenset[tuple[str, str]], str]] = Counter()
        for child in {row.child for row in x.plan.placements}:
            if child in x.scenario.child:
                stay = frozenset((class_, week) for week, class_ in x.plan.weeks_of(child).items())
                groups.update((stay, course) for course in set(x.scenario.child[child].interests))
        terms: list[Expression] = []
        for number, ((stay, course), children) in enumerate(sorted(groups.items(), key=_order)):
            if course not in x.scenario.course:
                continue
            ways = [way for class_, week in sorted(stay) for way in x.taught_in(class_, week, course)]
            missed = model.boolean(f"missed|{course}|{number}") if ways else 1
            if ways:
                model.any_of([missed, *ways])
            terms.append(children * missed)
        return model.total(terms)


def _order(item: tuple[tuple[frozenset[tuple[str, str]], str], int]) -> tuple[list[tuple[str, str]], str]:
    (stay, course), _ = item
    return sorted(stay), course
