"""What is told of a season that does not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.domain import consistency
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules.wording import Wording
from tests.seasons import rows, tiny

Changes = Mapping[str, Any]


def found(scenario: Scenario) -> list[Problem]:
    """The problems of a season; each is worded in both languages."""
    problems = list(consistency.problems(scenario))
    for language in LANGUAGES:
        wording = Wording(catalogue(language))
        assert all(wording.problem(problem) and wording.fix(problem) for problem in problems)
    return problems


def ids(scenario: Scenario) -> list[str]:
    return [problem.id for problem in found(scenario)]


def changed(table: str, **changes: Changes) -> Scenario:
    return tiny(**{table: rows(table, **changes)})


def is_only_worth_a_look(id: str, scenario: Scenario) -> None:
    """A problem is told of a season, and nothing blocks it."""
    problems = found(scenario)
    assert id in [problem.id for problem in problems]
    assert not any(problem.blocking for problem in problems)
