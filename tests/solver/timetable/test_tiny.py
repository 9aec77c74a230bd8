"""The solver equals brute force on random tiny seasons; `python -m tests.solver.timetable.tiny` runs more."""

from __future__ import annotations

import pytest

from tests.solver.timetable.tiny.judge import ORDINARY, TIMED, WHOLE, WIDE, faults, tiny_season

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


def test_wide_seasons_are_told_nothing_false(monkeypatch: pytest.MonkeyPatch) -> None:
    # bound, cost and hard rules, while pieces and bounds are looked for side by side
    for module, name, value in WIDE:
        monkeypatch.setattr(module, name, value)
    for seed in range(61000, 61020):
        tables, listed = tiny_season(seed)
        assert faults(tables, listed, TIMED) == [], f"season {seed}:\n{tables}"


@pytest.mark.parametrize("way", [ORDINARY, WHOLE])
def test_seasons_of_several_pieces_are_told_nothing_false(
    way: tuple[tuple[object, str, object], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # bound, cost and hard rules, while branch and bound on the whole goes on beside, from a known timetable
    for module, name, value in way:
        monkeypatch.setattr(module, name, value)
    for seed in range(62000, 62010):
        tables, listed = tiny_season(seed)
        assert faults(tables, listed, TIMED) == [], f"season {seed}:\n{tables}"
