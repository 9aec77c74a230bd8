"""The solver equals brute force, level by level, on random tiny seasons of both policies and both ties."""

from __future__ import annotations

from itertools import islice

import pytest

from scheduler.domain.claims import envy, waiting
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Contradiction, Limits, Request
from scheduler.solver.placement import solve
from tests.placement_seasons import (
    hard_rules_kept,
    levels,
    placement_cost,
    random_season,
    sensible_plans,
)

MOST = 1200


def answer(scenario: Scenario) -> Answer:
    return solve(Request(scenario, Rulebook(scenario.settings), Plan(), Limits(seconds=20, workers=1)))


def best(scenario: Scenario, plans: list[Plan]) -> tuple[float, ...] | None:
    return min((levels(scenario, found) for found in plans if hard_rules_kept(scenario, found)), default=None)


def signed(found: Answer) -> tuple[float, ...]:
    """The levels as told, each the less the better."""
    most = ("placed", "rank")
    return tuple(-level.value if level.name.startswith(most) else level.value for level in found.stage.levels)


def assert_sound(scenario: Scenario, found: Answer) -> None:
    """No rule of the stage is broken, no derived value of it is false, cost and bounds are as told."""
    book = Rulebook(scenario.settings)
    for rule in book.of_stage("placement", hard=True):
        assert not list(rule.check(scenario, found.plan)), rule.id()
    for name in ("open_classes", "choice", "waitlist", "envy"):
        assert not list(book.by_id[name].check(scenario, found.plan)), name
    assert found.plan.waitlist == waiting(scenario, found.plan)
    assert found.plan.envy == envy(scenario, found.plan)
    told = {level.name: level for level in found.stage.levels}
    assert told["soft"].value == pytest.approx(placement_cost(scenario, found.plan))
    assert all(level.gap == 0 for level in found.stage.levels)
    assert found.stage.status == "optimal"


@pytest.mark.parametrize("chunk", range(6))
def test_equals_brute_force(chunk: int) -> None:
    solved = contradictions = 0
    for seed in range(chunk * 12, chunk * 12 + 12):
        scenario = random_season(seed, children=3 + seed % 2, weeks=1 + seed // 2 % 2)
        plans = list(islice(sensible_plans(scenario), MOST + 1))
        if len(plans) > MOST:
            continue
        expected = best(scenario, plans)
        if expected is None:
            with pytest.raises(Contradiction):
                answer(scenario)
            contradictions += 1
            continue
        found = answer(scenario)
        assert levels(scenario, found.plan) == expected, seed
        assert signed(found) == expected, seed
        assert_sound(scenario, found)
        solved += 1
    assert solved >= 6


@pytest.mark.parametrize("seed", [8, 27])
def test_where_claims_cannot_be_helped_the_fewest_are_left_and_named(seed: int) -> None:
    # every class-week is locked open and so keeps somebody, who is then not where others need it to be
    drawn = random_season(seed, children=4, weeks=1 + seed // 2 % 2)
    locks = [
        {"id": f"O{number}", "kind": "open", "class_": class_, "week": week}
        for number, (class_, week) in enumerate(drawn.class_weeks)
    ]
    tables = {name: getattr(drawn, name) for name in type(drawn).model_fields}
    settings = drawn.settings.model_copy(update={"policy": "fair"})
    scenario = Scenario.model_validate({**tables, "locks": locks, "settings": settings})
    expected = best(scenario, list(sensible_plans(scenario)))
    assert expected is not None
    assert expected[0] > 0
    found = answer(scenario)
    assert levels(scenario, found.plan) == expected
    assert signed(found) == expected
    assert len(found.plan.envy) == expected[0]
    assert_sound(scenario, found)
