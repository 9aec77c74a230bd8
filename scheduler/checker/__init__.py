"""The independent checker: every rule over a plan, whoever made it. Imports no solver code."""

from __future__ import annotations

from scheduler.checker.forecast import Forecast, WeekForecast, forecast
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.report import Finding, Report


def verify(scenario: Scenario, plan: Plan) -> Report:
    """Every violation of every rule in a plan, with the score recomputed.

    The plan is judged by the policy it names, the rest by the scenario's settings.
    """
    ruled = scenario.ruled_by(plan.policy)
    rulebook = Rulebook(ruled.settings)
    findings = tuple(
        Finding(found, rule.stage, rule.hard, 0.0 if rule.hard else found.amount * rulebook.weight(rule))
        for rule in rulebook.rules
        for found in rule.check(ruled, plan)
    )
    score = rulebook.score(ruled, plan)
    return Report(findings, score, same_input=plan.input_sha256 in ("", scenario.sha256))


__all__ = ["Forecast", "WeekForecast", "forecast", "verify"]
