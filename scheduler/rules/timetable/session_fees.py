"""Sessions cost little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class SessionFees(Rule):
    """Sums the fees of all sessions, each rounded to whole yuan; a joint session is paid once."""

    stage = "timetable"
    hard = False
    unit = "yuan"
    weight = 0.001

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every teacher with the fees of the season."""
        sums: Counter[str] = Counter()
        for rows in meetings(scenario, plan.sessions):
            teacher = rows[0].teacher
            if teacher in scenario.person:
                sums[teacher] += int((scenario.person[teacher].fee_per_session or 0.0) + 0.5)
        for teacher, fees in sorted(sums.items()):
            if fees:
                yield self.broken(fees, refs=(f"person:{teacher}",), teacher=teacher)

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """Fee times session."""
        terms: list[Expression] = []
        for meeting in x.meetings:
            person = x.scenario.person.get(meeting.one.teacher or "")
            fee = int(2 * (person.fee_per_session or 0.0) + 1) // 2 if person else 0
            if fee:
                terms.append(fee * meeting.held)
        return model.total(terms)
