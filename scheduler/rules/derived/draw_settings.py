"""The season, the ties and the seed that a plan names are those of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, StageName, Violation


class DrawSettings(Rule):
    """A plan names the `season`, `ties` and `lottery_seed` of the settings: whoever checks a draw relies on
    them. A blank season is unsaid."""

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "settings"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every one that differs."""
        settings = scenario.settings
        pairs = {
            "season": (plan.season or settings.season, settings.season),
            "ties": (plan.ties, settings.ties),
            "lottery_seed": (plan.lottery_seed, settings.lottery_seed),
        }
        for key, (told, true) in pairs.items():
            if told != true:
                yield self.broken(1, refs=(), key=key, told=told, true=true)
