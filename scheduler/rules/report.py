"""What the checker found: every violation, and the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.domain.plan import Score
from scheduler.rules.base import StageName, Violation


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

    `same_input` is false where the lists have changed since the plan was made: worth knowing, not wrong.
    """

    findings: tuple[Finding, ...] = ()
    score: Mapping[str, Score] = field(default_factory=dict)
    same_input: bool = True

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Violations of hard rules, and derived values that are false."""
        return tuple(found for found in self.findings if found.hard)

    @property
    def cost(self) -> float:
        """The weighted cost of all soft rules."""
        return sum(score.cost for score in self.score.values())
