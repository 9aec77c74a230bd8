"""A season changed, and what of a plan still counts."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.claims import begun
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario


def placed_from_now(scenario: Scenario, plan: Plan) -> int:
    """Child-weeks placed in the weeks that have not begun."""
    past = begun(scenario, plan)
    return sum(row.week not in past for row in plan.placements)


def changed(scenario: Scenario, **tables: object) -> Scenario:
    """The same season with some tables replaced."""
    kept: Mapping[str, object] = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return Scenario(**{**kept, **tables})  # type: ignore[arg-type]
