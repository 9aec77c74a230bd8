"""The independent checker: every rule over a plan, whoever made it. Imports no solver code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.checker.forecast import Forecast, WeekForecast, forecast
from scheduler.domain.plan import Plan, Score
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rule, Rulebook, Violation
from scheduler.rules.derived.score import Score as ScoreTold
from scheduler.rules.report import Finding, Report


def verify(scenario: Scenario, plan: Plan) -> Report:
    """Every violation of every rule in a plan, with the score recomputed.

    The plan is judged by the policy it names, the rest by the scenario's settings.
    """
    ruled = scenario.ruled_by(plan.policy)
    rulebook = Rulebook(ruled.settings)
    found = {rule.id(): tuple(rule.check(ruled, plan)) for rule in rulebook.rules}
    score = rulebook.score_of(found)
    findings = tuple(
        Finding(broken, rule.stage, rule.hard, 0.0 if rule.hard else broken.amount * rulebook.weight(rule))
        for rule in rulebook.rules
        for broken in (*found[rule.id()], *_false_scores(rule, plan, score))
    )
    return Report(findings, score, same_input=plan.input_sha256 in ("", scenario.sha256))


def _false_scores(rule: Rule, plan: Plan, score: Mapping[str, Score]) -> Iterator[Violation]:
    """What the plan tells falsely of its score: only the whole rulebook can say."""
    if isinstance(rule, ScoreTold):
        yield from rule.compared(plan, score)


__all__ = ["Forecast", "WeekForecast", "forecast", "verify"]
