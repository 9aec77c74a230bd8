"""The score a plan tells of is the one it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.plan import Score as Told
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class Score(Rule):
    """`score` holds the amount and the cost of every soft rule."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "rules"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Amounts and costs that no rule can have; a rule knows no other, so the rest is `compared`'s."""
        for name, told in sorted(plan.score.items()):
            if told.amount < 0 or told.cost < 0:
                yield self._false(name, told, Told(amount=0, cost=0))

    def compared(self, plan: Plan, true: Mapping[str, Told]) -> Iterator[Violation]:
        """What differs from the score that all soft rules give: for whoever holds the rulebook."""
        for name in sorted(true.keys() | plan.score.keys()):
            told = plan.score.get(name)
            if name not in true:
                yield self.broken(1, "unknown", (), name=name)
            elif told is None:
                yield self.broken(1, "untold", (), name=name, true=f"{true[name].amount:g}")
            elif not _alike(told, true[name]):
                yield self._false(name, told, true[name])

    def _false(self, name: str, told: Told, true: Told) -> Violation:
        return self.broken(
            1,
            "false",
            (),
            name=name,
            told=f"{told.amount:g} / {told.cost:g}",
            true=f"{true.amount:g} / {true.cost:g}",
        )


def _alike(told: Told, true: Told) -> bool:
    return max(abs(told.amount - true.amount), abs(told.cost - true.cost)) <= 1e-6
