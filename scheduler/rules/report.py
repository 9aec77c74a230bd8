"""What the checker found: every violation, and the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.plan import Score
from scheduler.domain.shortfall import Vacancy
from scheduler.rules.base import StageName, Violation
from scheduler.rules.wording import Wording


@dataclass(frozen=True)
class Finding:
    """A violation with its rule's stage and hardness beside it."""

    violation: Violation
    stage: StageName
    hard: bool
    cost: float = 0.0


@dataclass(frozen=True)
class Report:
    """The verification of one plan; `broken` empty means the plan may be published.

    `same_input` is false where the lists have changed since the plan was made: worth knowing, not wrong. So
    are `past`, what hard rules have against days and weeks that are history, and `remarks`, what came to
    nothing.
    """

    findings: tuple[Finding, ...] = ()
    score: Mapping[str, Score] = field(default_factory=dict)
    same_input: bool = True
    past: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Violations of hard rules, and derived values that are false."""
        return tuple(found for found in self.findings if found.hard)

    @property
    def cost(self) -> float:
        """The weighted cost of all soft rules."""
        return sum(score.cost for score in self.score.values())


def report_data(report: Report, wording: Wording, vacancies: Iterable[Vacancy] = ()) -> dict[str, Any]:
    """The verification as every tool's JSON tells it (section 3 of the contract), and why each unfilled post
    is unfilled."""
    return {
        "hard": len(report.broken),
        "cost": report.cost,
        "same_input": report.same_input,
        "violations": [_told(found, wording) for found in report.findings],
        "past": [_told(found, wording) for found in report.past],
        "remarks": [_told(found, wording) for found in report.remarks],
        "score": {rule: score.model_dump() for rule, score in report.score.items()},
        "gaps": [_unfilled(row, wording) for row in vacancies],
    }


def _told(found: Finding, wording: Wording) -> dict[str, Any]:
    return {
        "rule": found.violation.rule,
        "stage": found.stage,
        "hard": found.hard,
        "amount": found.violation.amount,
        "message": wording.violation(found.violation),
        "refs": list(found.violation.refs),
    }


def _unfilled(row: Vacancy, wording: Wording) -> dict[str, Any]:
    return {**row.model_dump(mode="json", by_alias=True), "message": wording.cause(row)}
