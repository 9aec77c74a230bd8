"""Children do not travel far."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    # V2 lies 5.56 km south of V1; a lives at V1, b 1.1 km north of it, c nobody knows where
    children=rows(
        "children",
        a={"choices": [], "latitude": 39.95, "longitude": 116.4},
        b={"latitude": 39.96, "longitude": 116.4},
    )
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # at the door
        (("b@C1",), 0),  # within 3 km
        (("a@C2",), 2),  # 2.56 km beyond
        (("a@C2", "b@C2"), 5),  # and 3.67 km beyond
        (("c@C2",), 0),  # unknown
    ],
)
def test_short_way(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("short_way", SEASON, candidate) == amount
    assert reckoned("short_way", SEASON, candidate) == amount


def test_the_free_distance_is_a_parameter() -> None:
    children = rows("children", a={"choices": [], "latitude": 39.95, "longitude": 116.4})
    season = tiny({"season": "tiny", "parameters": {"short_way": {"free_km": "5"}}}, children=children)
    candidate = plan(placements=placed("a@C2"))
    assert checked("short_way", season, candidate) == 0
    assert reckoned("short_way", season, candidate) == 0
