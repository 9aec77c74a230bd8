"""What is promised at most is never exceeded when tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from scheduler.domain.outlook import Gain
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.settings import Policy
from scheduler.solver.door import Contradiction
from scheduler.solver.outlook import outlook
from tests.placement_seasons import random_season
from tests.solver.outlook.hall import (
    LIMITS,
    hall,
    kids,
    looked,
    of_kind,
    solved,
)


def seasons(number: int, policy: Policy | None = None) -> Iterator[tuple[Scenario, Plan]]:
    """Random tiny seasons with their plans; those whose locks contradict one another are passed over."""
    for seed in range(number):
        scenario = random_season(seed)
        scenario = scenario.ruled_by(policy or scenario.settings.policy)
        with suppress(Contradiction):
            yield scenario, solved(scenario)


def test_the_bounds_hold_on_random_seasons() -> None:
    tried = raised = 0
    for scenario, made in seasons(25, "seats"):
        found = looked(scenario, made)
        assert found.placed == found.best <= found.ceiling
        for gain in found.gains:
            if gain.found is None:
                continue
            tried += 1
            raised += gain.found > 0
            # more places never place fewer under `seats`, nor more than was said
            assert 0 <= gain.found <= min(gain.most, gain.about)
            assert gain.found <= found.wanted - found.placed
    assert tried > 30
    assert raised > 15


@pytest.mark.parametrize("share", [0.35, 0.0], ids=["reckoned", "by the prices alone"])
def test_the_bound_said_before_trying_holds_when_tried(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    compared = 0
    monkeypatch.setattr("scheduler.solver.outlook.search.RECKONING", share)
    for scenario, made in seasons(15):
        tried = outlook(scenario, made, LIMITS)
        with monkeypatch.context() as patched:
            patched.setattr("scheduler.solver.outlook.search.TRIALS", 0)
            bounds = {_what(gain): gain.most for gain in outlook(scenario, made, LIMITS).gains}
        for gain in tried.gains:
            if gain.found is not None:
                compared += 1
                assert gain.found <= bounds[_what(gain)]
    assert compared > 20


def _what(gain: Gain) -> tuple[object, ...]:
    return (gain.kind, gain.venue, gain.class_, gain.min_age, gain.max_age, gain.weeks)


def test_no_gain_exceeds_what_is_left_to_be_gained() -> None:
    # one child is left out: a class of five more gives one child-week
    [class_] = of_kind(looked(hall(children=kids(6))), "class")
    assert (class_.more, class_.found) == (5, 1)
