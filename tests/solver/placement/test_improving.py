"""How long the bound by cutoffs may take: the levels to come are not to be starved by it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from scheduler.solver.door import Clock, Contradiction, Limits
from scheduler.solver.placement import deciding, improving, searching
from scheduler.solver.placement.shares import BOUND
from scheduler.solver.placement.stable import Stable
from scheduler.solver.rows import Terms
from tests.tiny.judge import solved, tiny_season

SEEDS = range(3000, 3012)


def parts(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Of the time left, what that bound was given in some tiny seasons that go the way of wide ones."""
    found = []

    def bound(_: Stable, _terms: Terms, _limits: Limits, clock: Clock, seconds: float) -> int:
        found.append(seconds / clock.left)
        return -(10**6)

    monkeypatch.setattr(Stable, "bound", bound)
    monkeypatch.setattr(searching, "WIDE", dict.fromkeys(searching.WIDE, 0))
    monkeypatch.setattr(deciding, "MOST", 0)
    for seed in SEEDS:
        with suppress(Contradiction):
            solved(tiny_season(seed, policy="fair"), limits)
    return found


@pytest.mark.parametrize("limits", [Limits(seconds=0.5, workers=1), Limits(seconds=40, reproducible=True)])
def test_where_the_others_wait_for_it_most_of_the_time_is_left_to_them(
    limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = parts(limits, monkeypatch)
    assert found
    assert max(found) == pytest.approx(BOUND[False], rel=0.1)


def test_beside_them_it_may_take_nearly_as_long_as_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    found = parts(Limits(seconds=0.5, workers=2), monkeypatch)
    assert found
    assert min(found) == pytest.approx(improving.BESIDE, rel=0.1)
