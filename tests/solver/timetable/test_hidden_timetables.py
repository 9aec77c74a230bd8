"""Around a hidden timetable there always is one: the solver must find one at least as good, and its bound
may not lie above it."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.timetable import solve
from tests.solver.timetable.hidden import hidden


@pytest.mark.parametrize("seed", range(6))
def test_a_season_that_has_a_timetable_gets_one(seed: int) -> None:
    season = hidden(seed)
    rules = Rulebook(season.scenario.settings)

    def broken(plan: Plan) -> list[str]:
        return [
            rule.id()
            for rule in rules.of_stage("timetable", hard=True)
            for _ in rule.check(season.scenario, plan)
        ]

    def cost(plan: Plan) -> float:
        return sum(
            found.amount * rules.weight(rule)
            for rule in rules.of_stage("timetable", hard=False)
            for found in rule.check(season.scenario, plan)
        )

    assert broken(season.timetable) == []
    assert len(season.timetable.sessions) >= 20  # the season is not empty
    assert any(lock.kind == "session" for lock in season.scenario.locks)
    limits = Limits(seconds=4, workers=2, reproducible=True)
    answer = solve(Request(season.scenario, rules, season.so_far, limits))  # a contradiction would be raised
    assert broken(answer.plan) == []
    level = answer.stage.levels[-1]
    assert level.value == pytest.approx(cost(answer.plan))
    assert level.value <= cost(season.timetable) + 1e-6
    assert level.bound <= cost(season.timetable) + 1e-6
