"""Explanations as lists of line ids and as text, for the tests."""

from __future__ import annotations

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer import Audience, Explanation, Telling, explain
from scheduler.locale import LANGUAGES, Language, catalogue


def ids(explanation: Explanation) -> list[str]:
    """The ids of the lines, in order."""
    return [line.id for line in explanation.lines]


def text(
    scenario: Scenario, plan: Plan, ref: str, audience: Audience = "coordinator", language: Language = "en"
) -> str:
    """The explanation as people read it."""
    found = explain(scenario, plan, ref, audience)
    telling = Telling(catalogue(language), scenario, audience)
    return "\n".join(telling.line(line) for line in (found.title, *found.lines))


def in_all_languages(scenario: Scenario, plan: Plan, ref: str, audience: Audience = "coordinator") -> None:
    """Every line can be worded in every language; raises KeyError otherwise."""
    for language in LANGUAGES:
        text(scenario, plan, ref, audience, language)
