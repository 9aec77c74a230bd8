"""The independent checker: every rule over a plan, whoever made it. Imports no solver code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.checker.forecast import Forecast, WeekForecast, forecast
from scheduler.checker.past import Past
from scheduler.domain.plan import Plan, Score
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rule, Rulebook, Violation
from scheduler.rules.derived.score import Score as ScoreTold
from scheduler.rules.report import Finding, Report


def verify(scenario: Scenario, plan: Plan) -> Report:
    """Every violation of every rule in a plan, with the score recomputed.

    The plan is judged by the policy it names, the rest by the scenario's settings. What is past is told, and
    condemns nothing.
    """
    ruled = scenario.ruled_by(plan.policy)
    rulebook = Rulebook(ruled.settings)
    found = {rule.id(): tuple(rule.check(ruled, plan)) for rule in rulebook.rules}
    score = rulebook.score_of(found)
    history = Past(ruled, plan)
    findings: list[Finding] = []
    past: list[Finding] = []
    for rule in rulebook.rules:
        for broken in (*found[rule.id()], *_false_scores(rule, plan, score)):
            cost = 0.0 if rule.hard else broken.amount * rulebook.weight(rule)
            told = past if history.holds(rule, broken) else findings
            told.append(Finding(broken, rule.stage, rule.hard, cost))
    return Report(
        tuple(findings),
        score,
        same_input=plan.input_sha256 in ("", scenario.sha256),
        past=tuple(past),
        remarks=remarks(ruled, plan),
    )


def remarks(scenario: Scenario, plan: Plan) -> tuple[Finding, ...]:
    """What breaks nothing and yet should be known."""
    return tuple(
        Finding(found, rule.stage, hard=False)
        for rule in Rulebook(scenario.settings).rules
        for found in rule.remarks(scenario, plan)
    )


def _false_scores(rule: Rule, plan: Plan, score: Mapping[str, Score]) -> Iterator[Violation]:
    """What the plan tells falsely of its score: only the whole rulebook can say."""
    if isinstance(rule, ScoreTold):
        yield from rule.compared(plan, score)


__all__ = ["Forecast", "WeekForecast", "forecast", "remarks", "verify"]
