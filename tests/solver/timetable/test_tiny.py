"""The solver equals brute force on random tiny seasons; `python -m tests.solver.timetable.tiny` runs more."""

from __future__ import annotations

import pytest

from tests.solver.timetable.tiny.judge import faults, tiny_season

SEASONS = 40
CHUNKS = 4


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_equals_brute_force(chunk: int) -> None:
    # cost, bound and hard rules; contradictions told as such and nowhere else
    feasible = 0
    for seed in range(chunk, SEASONS, CHUNKS):
        tables, listed = tiny_season(seed)
        assert faults(tables, listed) == [], f"season {seed}:\n{tables}"
        feasible += listed.best is not None
    # most seasons have a plan, so that little passes for want of one
    assert feasible > SEASONS / CHUNKS / 2
