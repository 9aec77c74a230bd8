"""Any engine's timetable, judged by the checker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler import checker
from scheduler.domain.plan import Plan
from scheduler.domain.programme import runs_on, trip_of
from scheduler.domain.scenario import Scenario


@dataclass(frozen=True)
class Score:
    """What the checker says of a timetable.

    `cost`: all soft rules of the timetable; `filled`: share of the course periods of classes that are here;
    `served`: share of the children's wishes; `without`: children with wishes and none served; `missed`:
    sessions missing to `min_per_week`; `trips`: trips missed; `broken`: hard rules with their violations.
    """

    cost: float
    filled: float
    served: float
    without: int
    missed: int
    trips: int
    broken: Mapping[str, int]


def scored(scenario: Scenario, plan: Plan) -> Score:
    """A timetable's score; placements and duties are not looked at."""
    report = checker.verify(scenario, plan)
    of_timetable = [row for row in report.findings if row.stage == "timetable"]
    amounts = {rule: int(score.amount) for rule, score in report.score.items()}
    periods, wishes = _periods_here(scenario, plan), _wishes(scenario, plan)
    return Score(
        cost=round(sum(row.cost for row in of_timetable), 3),
        filled=1 - amounts["empty_periods"] / max(1, periods),
        served=1 - amounts["interests"] / max(1, wishes),
        without=amounts["no_wish_served"],
        missed=amounts["minimum_sessions"],
        trips=amounts["trips_taken"],
        broken=Counter(row.violation.rule for row in of_timetable if row.hard),
    )


def _periods_here(scenario: Scenario, plan: Plan) -> int:
    """The course periods of all classes, less those in which they are away on a trip."""
    return sum(
        row.kind == "course"
        for class_ in {name for name, _ in plan.running}
        for day in scenario.open_days
        for shift in runs_on(scenario, plan, class_, day)
        if trip_of(scenario, plan, class_, day, shift) is None
        for row in scenario.periods_of(shift)
    )


def _wishes(scenario: Scenario, plan: Plan) -> int:
    """The wishes of all children placed, each once."""
    return sum(len(set(scenario.child[child].interests)) for child in {row.child for row in plan.placements})
