"""Course periods are filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.programme import runs_on, trip_of
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import is_known, periods_of
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class EmptyPeriods(Rule):
    """Counts the course periods in which a class that is neither away nor in a session stays with its
    homeroom teacher."""

    stage = "timetable"
    hard = False
    unit = "periods"
    weight = 3.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class and day with its empty course periods."""
        for class_ in sorted({name for name, _ in plan.running} & set(scenario.class_)):
            for day in scenario.open_days:
                empty = self._empty(scenario, plan, class_, day)
                if empty:
                    yield self.broken(
                        len(empty),
                        refs=(f"class:{class_}",),
                        class_=class_,
                        date=day.isoformat(),
                        periods=tuple(sorted(empty)),
                    )

    @staticmethod
    def _empty(scenario: Scenario, plan: Plan, class_: str, day: date) -> set[str]:
        here = {
            shift
            for shift in runs_on(scenario, plan, class_, day)
            if trip_of(scenario, plan, class_, day, shift) is None
        }
        periods = {row.id for row in scenario.periods if row.kind == "course" and row.shift in here}
        filled = {
            period.id
            for row in plan.sessions_of(class_, day)
            if is_known(scenario, row)
            for period in periods_of(scenario, row)
        }
        return periods - filled

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """All course periods, less those of the trips, less those of the sessions."""
        length = {
            shift: sum(row.kind == "course" for row in x.scenario.periods_of(shift))
            for shift in x.scenario.shift
        }
        terms: list[Expression] = []
        for class_, day in x.class_days:
            terms.append(sum(length[shift] for shift in x.held(class_, day)))
            terms += [-len(start.block) * start.held for start in x.starts(class_, day)]
        for departure in x.departures:
            terms.append(-sum(length[shift] for shift in departure.trip.shifts) * departure.held)
        return model.total(terms)
