"""The fees of all sessions stay within the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class FeeBudget(Rule):
    """Counts the yuan by which the fees of all sessions, each rounded to whole yuan, exceed the budget; a
    joint session is paid once.

    `yuan`: the budget of the season; blank: none, and nothing is counted.
    """

    stage = "timetable"
    hard = False
    unit = "yuan"
    weight = 0.1

    yuan: int | None = Field(default=None, ge=0)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """The season, where it costs more than there is."""
        if self.yuan is None:
            return
        fees = 0
        for rows in meetings(scenario, plan.sessions):
            person = scenario.person.get(rows[0].teacher or "")
            fees += int((person.fee_per_session or 0.0) + 0.5) if person else 0
        if fees > self.yuan:
            yield self.broken(fees - self.yuan, fees=fees, budget=self.yuan)

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """The excess of the sum of all fees."""
        if self.yuan is None:
            return 0
        fees: list[Expression] = []
        most = 0
        for meeting in x.meetings:
            person = x.scenario.person.get(meeting.one.teacher or "")
            exact = Decimal(str(person.fee_per_session or 0)) if person else Decimal(0)
            fee = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            if fee:
                fees.append(fee * meeting.held)
                most += fee
        return model.excess(model.total(fees), self.yuan, max(0, most - self.yuan), "fees") if fees else 0
