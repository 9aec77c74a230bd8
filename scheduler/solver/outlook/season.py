"""What of a plan still counts."""

from __future__ import annotations

from scheduler.domain.history import begun
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario


def placed_from_now(scenario: Scenario, plan: Plan) -> int:
    """Child-weeks placed in the weeks that have not begun."""
    past = begun(scenario, plan)
    return sum(row.week not in past for row in plan.placements)
