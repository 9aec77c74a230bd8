"""The solver equals brute force, level by level, on random tiny seasons; `python -m tests.tiny` runs more."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from scheduler.domain.claims import claims
from scheduler.domain.consistency import problems
from scheduler.domain.units import units
from scheduler.solver.door import Limits, Stop
from tests.placement_seasons import every_plan
from tests.tiny.brute import Brute
from tests.tiny.judge import LIMITS, bound_faults, brute, faults, judged, solved, tiny_season
from tests.tiny.seasons import Tables
from tests.tiny.shrink import shrunk

SEASONS = 300
CHUNKS = 10

CLAIMS_LEFT = (128, 191, 251, 303, 333, 449, 611, 617, 657, 677)
"""Seasons of the theme `crossed` in which every plan leaves somebody with a claim."""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_equals_brute_force(chunk: int) -> None:
    # every level with its bound, every hard rule, waiting lists, claims named; contradictions told as such
    for seed in range(chunk, SEASONS, CHUNKS):
        tables = tiny_season(seed)
        assert faults(tables) == [], f"season {seed}:\n{tables}"


@pytest.mark.parametrize("seed", CLAIMS_LEFT)
def test_where_claims_cannot_be_helped_the_fewest_are_left_and_named(seed: int) -> None:
    tables = tiny_season(seed, policy="fair", crossed=True)
    best = brute(tables).best
    assert best is not None
    assert best[0] > 0
    assert faults(tables) == [], str(tables)
    assert len(solved(tables).plan.envy) == best[0]


@pytest.mark.parametrize("seconds", [0.0001, 0.002, 0.02])
def test_bounds_hold_however_short_the_time(seconds: float) -> None:
    limits = replace(LIMITS, seconds=seconds)
    for seed in range(int(seconds * 10000) % 7, SEASONS, 24):  # `--bounds` of the sweep tries thousands
        tables = tiny_season(seed)
        assert bound_faults(tables, limits) == [], f"season {seed}:\n{tables}"


def test_bounds_hold_when_somebody_stops_at_once() -> None:
    for seed in range(5, SEASONS, 24):
        stop = Stop()
        stop.request()
        limits = Limits(seconds=20, workers=1, stop=stop)
        assert bound_faults(tiny_season(seed), limits) == [], seed


def test_bounds_hold_where_claims_are_left() -> None:
    for seed in CLAIMS_LEFT:
        tables = tiny_season(seed, policy="fair", crossed=True)
        assert bound_faults(tables, replace(LIMITS, seconds=0.001)) == [], seed


# ---- the judge is judged ------------------------------------------------------------------------


def test_the_seasons_have_what_makes_placement_hard() -> None:
    seen: Counter[str] = Counter()
    for seed in range(SEASONS):
        seen.update(_features(tiny_season(seed)))
    for name, often in EXPECTED.items():
        assert seen[name] >= often, f"{name}: {seen[name]}"


EXPECTED = {
    "fair": 150,
    "seats": 50,
    "ties by draw": 100,
    "several weeks": 80,
    "equal classes": 100,
    "equal classes, foes": 30,
    "equal classes, bound siblings": 30,
    "equal classes, a place locked": 10,
    "equal classes, optional": 15,
    "foes bound together": 10,
    "bound siblings": 60,
    "whole stays": 40,
    "week by week": 40,
    "optional": 40,
    "points": 60,
    "late": 30,
    "no choices, distances": 10,
    "venue capacity": 60,
    "several shifts": 30,
    "withheld": 10,
    "locks": 60,
    "ages": 25,
}
"""How many of the seasons have a feature, at least."""


def _features(tables: Tables) -> set[str]:
    scenario, rows = tables.scenario, tables.rows
    alike = Counter(str({k: v for k, v in row.items() if k not in ("id", "name")}) for row in rows["classes"])
    bound = [unit for unit in units(scenario) if len(unit.members) > 1]
    equal = max(alike.values()) > 1
    has = {
        "fair": scenario.settings.policy == "fair",
        "seats": scenario.settings.policy == "seats",
        "ties by draw": scenario.settings.ties == "draw",
        "several weeks": len(scenario.weeks) > 1,
        "equal classes": equal,
        "equal classes, foes": equal and bool(scenario.foes),
        "equal classes, bound siblings": equal and bool(bound),
        "equal classes, a place locked": equal and any(row.kind == "place" for row in scenario.locks),
        "equal classes, optional": any(n > 1 and "'optional': True" in row for row, n in alike.items()),
        "foes bound together": any(
            scenario.are_apart(a, b) for u in bound for a in u.members for b in u.members
        ),
        "bound siblings": bool(bound),
        "whole stays": any(row.stay == "whole" for row in scenario.processed),
        "week by week": any(row.stay == "weeks" for row in scenario.processed),
        "optional": any(row.optional for row in scenario.classes),
        "points": bool(scenario.points),
        "late": any(row.submitted_at for row in scenario.processed)
        and scenario.settings.deadline is not None,
        "no choices, distances": scenario.settings.max_distance_km is not None
        and any(not row.choices for row in scenario.processed),
        "venue capacity": any(row.capacity is not None for row in scenario.venues),
        "several shifts": len({row.shifts for row in scenario.classes}) > 1,
        "withheld": bool(tables.kept_back),
        "locks": bool(scenario.locks),
        "ages": any(row.min_age or row.max_age for row in scenario.classes),
    }
    return {name for name, there in has.items() if there}


def test_no_season_is_one_that_reading_would_refuse() -> None:
    for seed in range(SEASONS):
        assert [p.id for p in problems(tiny_season(seed).scenario) if p.blocking] == [], seed


def test_the_plans_listed_are_all_that_keep_the_hard_rules() -> None:
    looked_at = 0
    for seed in range(60):
        tables = tiny_season(seed, withheld=False)
        scenario = tables.scenario
        slots = sum(len(scenario.wanted_weeks(row.id)) for row in scenario.processed)
        if (len(scenario.classes) + 1) ** slots > 700:
            continue
        listed = Brute(scenario)
        mine = {tuple(sorted(seats)) for _, seats in listed.everything if listed.keeps_hard_rules(seats)}
        every = (
            tuple(sorted((row.child, row.week, row.class_) for row in found.placements))
            for found in every_plan(scenario)
        )
        assert mine == {seats for seats in every if listed.keeps_hard_rules(seats)}, seed
        looked_at += len(mine) > 3
    assert looked_at > 5


def test_claims_are_counted_as_the_domain_does() -> None:
    with_claims = 0
    for seed in range(0, SEASONS, 5):
        listed = brute(tiny_season(seed, policy="fair"))
        for _, seats in listed.everything[:: max(1, len(listed.everything) // 6)]:
            number = sum(1 for _ in claims(listed.scenario, listed.plan(seats)))
            assert listed.claims(seats) == number, seed
            with_claims += number > 0
    assert with_claims > 100


def test_a_spoilt_answer_is_found_out() -> None:
    tables = tiny_season(3, policy="fair", roomy=True, locks=False, opened=False)
    listed, answer = brute(tables), solved(tables)
    assert list(judged(listed, answer)) == []
    fewer = answer.plan.with_(placements=answer.plan.placements[1:])
    assert list(judged(listed, replace(answer, plan=fewer)))
    level = answer.stage.levels[1]
    worse = (answer.stage.levels[0], level.model_copy(update={"bound": level.bound + 1}))
    stage = answer.stage.model_copy(update={"levels": (*worse, *answer.stage.levels[2:])})
    assert any("not proven" in fault for fault in judged(listed, replace(answer, stage=stage)))


def test_a_failing_season_is_made_small() -> None:
    small = shrunk(tiny_season(0), lambda tables: len(tables.scenario.classes) >= 2)
    assert len(small.rows["classes"]) == 2
    assert len(small.rows["children"]) == 1
    assert small.rows["locks"] == []
    assert faults(small) == []  # it is a season still
