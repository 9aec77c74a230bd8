"""What is told of how the stages ended agrees with itself and with the plan."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules.derived.stages import Stages
from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, rows, tiny


def _stage(name: str, status: str = "optimal", *levels: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "status": status, "seconds": 1.0, "levels": list(levels)}


def _level(name: str, value: float, bound: float, gap: float) -> dict[str, Any]:
    return {"name": name, "value": value, "bound": bound, "gap": gap}


def _told(**levels: float) -> list[dict[str, Any]]:
    return [_level(name, value, value, 0) for name, value in levels.items()]


PLACES = _level("places", 14, 14, 0)
COST = _level("soft", 80, 60, 0.25)  # (80 - 60) / 80


@pytest.mark.parametrize(
    ("stages", "amount"),
    [
        ([], 0),
        ([_stage("placement"), _stage("timetable"), _stage("staffing")], 0),
        ([_stage("placement"), _stage("staffing")], 0),  # stopped before the timetable
        ([_stage("placement", "optimal", PLACES), _stage("timetable", "feasible", COST)], 0),
        ([_stage("placement"), _stage("placement")], 1),
        ([_stage("timetable"), _stage("placement")], 1),
        ([_stage("placement", "optimal", PLACES, PLACES)], 1),
        ([_stage("timetable", "optimal", COST)], 1),  # its cost has a gap
        ([_stage("timetable", "feasible", COST | {"gap": 0.1})], 1),
        ([_stage("timetable", "optimal", COST | {"gap": 0.0})], 1),
        ([_stage("timetable", "feasible", COST | {"value": "nan"})], 1),
    ],
)
def test_stages(stages: list[dict[str, Any]], amount: int) -> None:
    assert checked("stages", tiny(), plan(stages=stages)) == amount


@pytest.mark.parametrize(
    ("name", "levels", "amount"),
    [
        # b and c are placed, in their second and their first choice; both have rank 2, and nobody has rank 1
        ("placement", {"placed": 2, "rank_1": 0, "rank_2": 2, "positions": 3}, 0),
        ("placement", {"placed": 3, "rank_1": 0, "rank_2": 2, "positions": 3}, 1),
        ("placement", {"placed": 2, "rank_1": 1, "rank_2": 1, "positions": 3}, 2),
        ("placement", {"placed": 2, "rank_1": 0, "rank_2": 2, "rank_9": 4}, 1),  # nobody has it
        ("placement", {"placed": 2, "rank_1": 0, "rank_2": 2, "positions": 2}, 1),
        ("placement", {"claims": 1, "placed": 2}, 0),  # a's, as declared
        ("placement", {"claims": 0, "placed": 2}, 1),
        ("placement", {"soft": 7, "draw": 7}, 0),  # who has the rules at hand reckons these
        # missing: a homeroom teacher, an aide, an adult on the trip, who must be there, and two volunteers
        ("staffing", {"must_gaps": 3, "soft_gaps": 2}, 0),
        ("staffing", {"must_gaps": 0, "soft_gaps": 0}, 2),
        ("staffing", {"must_gaps": 5, "soft_gaps": 0}, 2),
    ],
)
def test_levels_tell_what_the_plan_reaches(name: str, levels: dict[str, float], amount: int) -> None:
    scenario = tiny(needs=rows("needs", second={"role": "volunteer", "per_class": 2}))
    post = {"class": "C1", "venue": "V1", "date": "2024-07-15", "shift": "AM"}
    missing = {"lead": 1, "aide": 1, "trip:zoo": 1, "second": 2}
    found = plan(
        placements=[*placed("b@C2", choice=2), *placed("c@C1")],
        envy=[{"child": "a", "week": "1", "class": "C1", "reason": "bound_unit"}],
        gaps=[{**post, "need": need, "missing": number} for need, number in missing.items()],
        stages=[_stage(name, "optimal", *_told(**levels))],
    )
    assert len(list(Stages().remarks(scenario, found))) == amount
    assert checked("stages", scenario, found) == 0  # who changes a plan by hand has not broken it
    # what replaces a plan may hold a history that no level counts
    assert not list(Stages().remarks(scenario, found.with_(previous_sha256="0" * 64)))


@pytest.mark.parametrize(
    ("name", "levels", "amount"),
    [
        ("placement", ["claims", "changes", "placed", "rank_2", "rank_10", "positions", "soft", "draw"], 0),
        ("placement", ["placed", "claims"], 1),
        ("placement", ["placed", "rank_10", "rank_2", "positions"], 1),
        ("timetable", ["changes", "soft"], 0),
        ("timetable", ["soft", "changes"], 1),
        ("staffing", ["must_gaps", "soft_gaps", "changes", "soft"], 0),
        ("staffing", ["soft_gaps", "must_gaps", "soft"], 1),
        ("staffing", ["something new", "must_gaps", "soft_gaps"], 0),
        ("placement", ["placed", "rank_x", "rank_" + "9" * 5000, "positions"], 0),  # not known
    ],
)
def test_levels_stand_in_their_strict_order(name: str, levels: list[str], amount: int) -> None:
    told = _told(**dict.fromkeys(levels, 0.0))
    assert checked("stages", tiny(), plan(stages=[_stage(name, "optimal", *told)])) == amount
