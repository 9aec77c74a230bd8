"""What is told of how the stages ended agrees with itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import plan, tiny


def _stage(name: str, status: str = "optimal", *levels: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "status": status, "seconds": 1.0, "levels": list(levels)}


def _level(name: str, value: float, bound: float, gap: float) -> dict[str, Any]:
    return {"name": name, "value": value, "bound": bound, "gap": gap}


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
    ],
)
def test_stages(stages: list[dict[str, Any]], amount: int) -> None:
    assert checked("stages", tiny(), plan(stages=stages)) == amount
