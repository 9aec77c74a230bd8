"""Any engine's roster, judged by the checker: hard rules of staffing, and every level worked out anew."""

from __future__ import annotations

from scheduler import checker
from scheduler.domain.demand import AIDE, gaps
from scheduler.domain.plan import Gap, Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook


def judged(scenario: Scenario, plan: Plan) -> tuple[int, dict[str, float]]:
    """Hard rules of staffing broken (untrue gaps among them), and the levels by name."""
    missing = gaps(scenario, plan)
    report = checker.verify(scenario, plan)
    broken = sum(row.stage == "staffing" and row.hard for row in report.findings)
    # only what the plan itself tells of its gaps is judged; the score is written by whoever writes the plan
    untrue = sum(row.violation.rule == "gaps" for row in report.findings)
    must = sum(gap.missing for gap in missing if _is_must(scenario, gap))
    score = Rulebook(scenario.settings).score(scenario, plan)
    soft = [rule.id() for rule in Rulebook(scenario.settings).of_stage("staffing", hard=False)]
    return broken + untrue, {
        "must_gaps": must,
        "soft_gaps": sum(gap.missing for gap in missing) - must,
        "soft": round(sum(score[id].cost for id in soft if id in score), 3),
    }


def _is_must(scenario: Scenario, gap: Gap) -> bool:
    need = scenario.need.get(gap.need)
    return gap.need == AIDE or need is None or need.strength == "must"
