"""What is told of how the stages ended agrees with itself and with the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from scheduler.domain.demand import AIDE
from scheduler.domain.plan import Plan, Stage
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.rules.base import STAGES, Rule, StageName, Violation

NEAR = 2e-6
"""Gaps are told with six decimals; however small, one is never told as none."""

LEVELS = {
    "placement": ("claims", "changes", "placed", "rank", "positions", "soft", "draw"),
    "timetable": ("changes", "soft"),
    "staffing": ("must_gaps", "soft_gaps", "changes", "soft"),
}
"""The strict order of each stage's levels; of `rank_1`, `rank_2` and so on the lower number comes first."""

_RANK = re.compile(r"rank_(\d{1,9})")


class Stages(Rule):
    """Stages stand once and in their order, and so does each level in its stage, with the gap between its
    value and bound; only a stage without a gap is told as optimal.

    Levels tell of the solve. Where what they count (places, positions, claims, adults missing) is no longer
    what the plan holds, somebody changed it since: that is remarked on, and breaks nothing. In a plan that
    replaces another it is left open: no level counts a history that the lists no longer admit.
    """

    stage: ClassVar[StageName] = "derived"
    unit: ClassVar[str] = "stages"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every stage that is told twice, too late or at odds with itself."""
        before = -1
        for stage in plan.stages:
            place = STAGES.index(stage.name)
            if place <= before:
                yield self.broken(1, "order", (), name=stage.name)
            before = max(before, place)
            yield from self._within(stage)

    def remarks(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every level that tells another number than the plan reaches."""
        true = {} if plan.previous_sha256 else _reached(scenario, plan)
        for stage in plan.stages:
            for level in stage.levels:
                value = true.get((stage.name, level.name))
                if value is not None and not abs(level.value - value) <= NEAR:
                    told = {"name": stage.name, "level": level.name, "told": _number(level.value)}
                    yield self.broken(1, "value", (), **told, true=_number(value))

    def _within(self, stage: Stage) -> Iterator[Violation]:
        names = [level.name for level in stage.levels]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield self.broken(1, "level_twice", (), name=stage.name, level=name)
        places = [place for name in names if (place := _place(stage.name, name))]
        if places != sorted(places):
            yield self.broken(1, "level_order", (), name=stage.name)
        for level in stage.levels:
            true = abs(level.value - level.bound) / max(1.0, abs(level.value))
            if not abs(level.gap - true) <= NEAR:  # "nan" is a number, too
                value, bound = _number(level.value), _number(level.bound)
                told = {"name": stage.name, "level": level.name, "value": value, "bound": bound}
                yield self.broken(1, "gap", (), **told, told=level.gap, true=round(true, 6))
        if stage.status == "optimal" and any(level.gap for level in stage.levels):
            yield self.broken(1, "not_optimal", (), name=stage.name)


def _number(value: float) -> float:
    """As people write it: 300, not 300.0."""
    return int(value) if float(value).is_integer() else value


def _place(stage: StageName, level: str) -> tuple[int, int] | None:
    """Where a level stands in its stage; None of a level that is not known."""
    ranked = _RANK.fullmatch(level)
    kind, rank = ("rank", int(ranked[1])) if ranked else (level, 0)
    order = LEVELS.get(stage, ())
    return (order.index(kind), rank) if kind in order else None


def _reached(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], float]:
    """What the levels count that can be read off the plan's own rows, by stage and level."""
    standings = Standings(scenario)
    ranks = Counter(standings.rank(row.child) for row in plan.placements if row.child in scenario.child)
    levels = (level.name for stage in plan.stages for level in stage.levels)
    ranked = [match for level in levels if (match := _RANK.fullmatch(level))]
    must = {AIDE, *(need.id for need in scenario.need.values() if need.strength == "must")}
    urgent = sum(row.missing for row in plan.gaps if row.need in must or row.need.startswith("trip:"))
    return {
        ("placement", "claims"): len(plan.envy),
        ("placement", "placed"): len(plan.placements),
        **{("placement", level[0]): ranks[int(level[1])] for level in ranked},
        ("placement", "positions"): sum(row.choice for row in plan.placements),
        ("staffing", "must_gaps"): urgent,
        ("staffing", "soft_gaps"): sum(row.missing for row in plan.gaps) - urgent,
    }
