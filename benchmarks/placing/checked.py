"""Any engine's plan, judged by the checker: hard rules of placement, and every level worked out anew."""

from __future__ import annotations

from scheduler import checker
from scheduler.domain.claims import envy
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings


def judged(scenario: Scenario, plan: Plan) -> tuple[int, dict[str, float]]:
    """Hard rules of placement broken (claims that are not declared among them), and the levels by name."""
    told = plan if plan.envy else plan.with_(envy=envy(scenario, plan))
    report = checker.verify(scenario, told)
    broken = sum(row.stage == "placement" and row.hard for row in report.findings)
    soft = sum(row.cost for row in report.findings if row.stage == "placement" and not row.hard)
    standings = Standings(scenario)
    order = sorted((row.id for row in scenario.processed), key=lambda child: scenario.draws[child])
    turn = {child: number for number, child in enumerate(order)}
    levels: dict[str, float] = {"claims": len(told.envy), "placed": len(plan.placements)}
    for rank in sorted({standings.rank(row.id) for row in scenario.processed}):
        levels[f"rank_{rank}"] = sum(standings.rank(row.child) == rank for row in plan.placements)
    levels["positions"] = sum(row.choice for row in plan.placements)
    levels["soft"] = round(soft, 3)
    levels["draw"] = sum(turn[row.child] for row in plan.placements)
    return broken, levels
