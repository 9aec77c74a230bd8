"""After an active session, and after lunch or the rest at noon, comes something quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise

from scheduler.domain.plan import Plan
from scheduler.domain.programme import runs_on
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Period
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import is_known, periods_of
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Start, Timetable


class ActiveRest(Rule):
    """Counts active sessions straight after an active session, or straight after lunch or the rest at noon;
    straight after: in the class's next period of the day.

    `noon`, `until`: a care period that ends after the one and not after the other is lunch or rest; later
    ones are snacks and pick-up.
    """

    stage = "timetable"
    hard = False
    unit = "sessions"
    weight = 1.0

    noon: time = time(12, 0)
    until: time = time(15, 0)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every active session that comes without a rest, or right after one."""
        days = {(row.class_, row.date) for row in plan.sessions if is_known(scenario, row)}
        for class_, day in sorted(days):
            shifts = runs_on(scenario, plan, class_, day)
            periods = [row for row in scenario.period.values() if row.shift in shifts]
            active = [
                row
                for row in plan.sessions_of(class_, day)
                if is_known(scenario, row) and scenario.course[row.course].energy == "active"
            ]
            ends = {periods_of(scenario, row)[-1].id: row for row in active}
            for before, then in pairwise(periods):
                for session in active:
                    if session.period != then.id:
                        continue
                    if before.id in ends:
                        yield self._found(class_, day, "broken", session.course, then.id)
                    elif before.kind == "care" and self.noon < before.end <= self.until:
                        yield self._found(class_, day, "after_rest", session.course, then.id)

    def _found(self, class_: str, day: date, message: str, course: str, period: str) -> Violation:
        refs = (f"class:{class_}", f"course:{course}")
        return self.broken(
            1, message, refs, class_=class_, date=day.isoformat(), course=course, period=period
        )

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """Two neighbours cost where both are active; a session after a rest costs by itself."""
        order = list(x.scenario.period.values())
        terms: list[Expression] = []
        for class_, day in x.class_days:
            active = [start for start in x.starts(class_, day) if start.course.energy == "active"]
            held = x.held(class_, day)
            for before, then in pairwise([period for period in order if period.shift in held]):
                begins = [start for start in active if start.block[0] is then]
                if begins:
                    terms += self._costs(model, before, begins, active, f"active|{class_}|{day}|{then.id}")
        return model.total(terms)

    def _costs(
        self, model: Model, before: Period, begins: list[Start], active: list[Start], name: str
    ) -> list[Expression]:
        if before.kind == "care":
            rest = before.end > self.noon and not before.end > self.until
            return [start.held for start in begins] if rest else []
        ends = [start for start in active if start.block[-1] is before]
        if not ends:
            return []
        both = model.total(start.held for start in (*begins, *ends))
        return [model.excess(both, 1, 1, name)]
