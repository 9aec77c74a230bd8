"""The stage equals brute force, level by level, on random tiny seasons of everything.

`python -m tests.solver.staffing.tiny` runs thousands.
"""

from __future__ import annotations

from collections import Counter

import pytest

from scheduler.domain.consistency import problems
from scheduler.solver.door import Limits, Stop
from tests.solver.staffing.tiny.judge import bound_faults, brute, faults, tiny_season
from tests.solver.staffing.tiny.seasons import THEMES, Tables, drawn
from tests.solver.staffing.tiny.shrink import shrunk

SEASONS = 48
CHUNKS = 6


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_equals_brute_force(chunk: int) -> None:
    # every level proven, every hard rule, gaps named; contradictions told as such
    for seed in range(chunk, SEASONS, CHUNKS):
        tables = tiny_season(seed)
        assert faults(tables) == [], f"season {seed}:\n{tables}"


@pytest.mark.parametrize("seconds", [0.0001, 0.01, 0.3])
def test_bounds_hold_however_short_the_time(seconds: float) -> None:
    limits = Limits(seconds=seconds, workers=1, reproducible=True)
    for seed in range(int(seconds * 100) % 5, SEASONS, 8):
        tables = tiny_season(seed)
        assert bound_faults(tables, limits) == [], f"season {seed}:\n{tables}"


def test_bounds_hold_when_somebody_stops_at_once() -> None:
    for seed in range(5, SEASONS, 12):
        stop = Stop()
        stop.request()
        limits = Limits(seconds=20, workers=1, stop=stop)
        assert bound_faults(tiny_season(seed), limits) == [], seed


def test_bounds_hold_as_cities_are_solved() -> None:
    # too small to be worth that way: whatever it finds, rules are kept, levels and bounds are true
    for seed in range(2, SEASONS, 5):
        limits, city, apart = Limits(seconds=0.5, workers=1), seed % 2 == 1, seed % 4 == 3
        assert bound_faults(tiny_season(seed), limits, wide=True, city=city, apart=apart) == [], seed


def test_the_seasons_are_worth_solving() -> None:
    seen: Counter[str] = Counter()
    for seed in range(SEASONS):
        tables = tiny_season(seed)
        assert not [row for row in problems(tables.scenario) if row.blocking], f"{seed}:\n{tables}"
        listed = brute(tables)
        seen["contradictions"] += listed.best is None
        seen["rosters to choose from"] += listed.number() > 20
        if listed.best is not None:
            seen["must gaps"] += listed.best[0] > 0
            seen["soft gaps"] += listed.best[1] > 0
            seen["no gap"] += listed.best[:2] == (0, 0)
            seen["several as good in gaps"] += sum(row == listed.table[0][0] for row, _ in listed.table) > 1
        for name in ("sessions", "trips", "previous"):
            seen[name] += bool(tables.plan[name])
    few = {name: number for name, number in seen.items() if number < 3}
    assert not few


def test_every_theme_is_drawn() -> None:
    for theme in THEMES:
        for seed in range(3):
            tables = drawn(seed, **{theme: True})
            assert not [row for row in problems(tables.scenario) if row.blocking], (theme, seed)


def test_a_failing_season_is_made_small() -> None:
    # "fails" where anybody is not cleared: one such person is left, and what must be there
    tables = tiny_season(4, clearance=True)

    def fails(found: Tables) -> bool:
        return any(row.cleared_until is None for row in found.scenario.staff)

    tables.rows["staff"][0]["cleared_until"] = None
    small = shrunk(tables, fails)
    assert len(small.rows["staff"]) == 1
    assert small.scenario.staff[0].cleared_until is None
    assert not small.rows["needs"]
    assert not small.plan["placements"]
