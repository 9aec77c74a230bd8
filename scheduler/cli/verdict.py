"""The checker's verdict on the console; ids, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from scheduler.cli.console import Console
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Vacancy
from scheduler.rules.report import Finding, Report, report_data
from scheduler.rules.wording import Wording

SHOWN = 200
"""Hard violations listed on the console; `--json` lists all."""


def show_verdict(console: Console, scenario: Scenario, plan: Plan, report: Report) -> None:
    """What was judged, every broken hard rule, the verdict, and the cost of the soft rules."""
    wording = Wording(console.words)
    _show_ground(console, scenario, plan)
    if report.past:
        rules = sorted({found.violation.rule for found in report.past})
        console.say("past_breaks", n=len(report.past), rules=", ".join(rules))
    if not report.same_input:
        console.say("other_input")
    show_remarks(console, report.remarks)
    for found in report.broken[:SHOWN]:
        console.result(f"✗ {found.violation.rule}: {wording.violation(found.violation)}")
    if len(report.broken) > SHOWN:
        console.say("more_violations", n=len(report.broken) - SHOWN)
    if report.broken:
        counts = Counter(found.violation.rule for found in report.broken)
        console.say("verdict_broken", n=len(report.broken), rules=", ".join(sorted(counts)))
    else:
        console.say("verdict_clean", cost=f"{report.cost:g}")


def next_step(report: Report, only: Collection[str]) -> str:
    """The sentence to end an export with: where to look first, or that nothing of it may be handed out."""
    if report.broken:
        return "run_next_broken"
    return "run_next" if "html" in only else "run_next_plain"


def show_remarks(console: Console, remarks: Iterable[Finding]) -> None:
    """What breaks nothing and yet should be known."""
    wording = Wording(console.words)
    for found in remarks:
        console.say("remark", sentence=wording.violation(found.violation))


def _show_ground(console: Console, scenario: Scenario, plan: Plan) -> None:
    """What the plan itself takes out of judgement, or has judged otherwise than the settings would."""
    if plan.policy != scenario.settings.policy:
        console.say("judged_by", policy=plan.policy, settings=scenario.settings.policy)
    if plan.as_of is not None:
        console.say("not_judged", date=plan.as_of.isoformat())
    if plan.withheld_unknown:
        console.say("withheld_unknown")
    if plan.withheld:
        console.say("withheld", n=len(plan.withheld))


def show_score(console: Console, report: Report) -> None:
    """What every soft rule costs."""
    rows = [
        (
            rule,
            console.words(f"rule.{rule}.sentence"),
            score.amount,
            console.words(f"rule.{rule}.unit"),
            score.cost,
        )
        for rule, score in report.score.items()
        if score.amount
    ]
    headings = [console.words(f"cli.score_{name}") for name in ("rule", "sentence", "amount", "unit", "cost")]
    if rows:
        console.table(headings, rows)


def report_json(console: Console, report: Report, vacancies: Iterable[Vacancy]) -> dict[str, Any]:
    """The verification as every tool's JSON reports it."""
    return report_data(report, Wording(console.words), vacancies)
