"""What is told of how the stages ended agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan, Stage
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import STAGES, Rule, StageName, Violation

NEAR = 2e-6
"""Gaps are told with six decimals; however small, one is never told as none."""


class Stages(Rule):
    """Stages stand once and in their order, each level once in its stage with the gap between its value and
    bound, and only a stage without a gap is told as optimal."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "stages"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every stage that is told twice, too late, or at odds with itself."""
        before = -1
        for stage in plan.stages:
            place = STAGES.index(stage.name)
            if place <= before:
                yield self.broken(1, "order", (), name=stage.name)
            before = max(before, place)
            yield from self._within(stage)

    def _within(self, stage: Stage) -> Iterator[Violation]:
        names = [level.name for level in stage.levels]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield self.broken(1, "level_twice", (), name=stage.name, level=name)
        for level in stage.levels:
            true = abs(level.value - level.bound) / max(1.0, abs(level.value))
            if abs(level.gap - true) > NEAR:
                told = {"name": stage.name, "level": level.name, "value": level.value, "bound": level.bound}
                yield self.broken(1, "gap", (), **told, told=level.gap, true=round(true, 6))
        if stage.status == "optimal" and any(level.gap for level in stage.levels):
            yield self.broken(1, "not_optimal", (), name=stage.name)
