"""Homes north of V1: a degree of latitude is 111.2 km."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import people, roster, staffed, try_out


@pytest.mark.parametrize(
    ("degrees", "beyond"),
    [(0.03, 0), (0.0539, 0), (0.0540, 1), (0.0629, 1), (0.0630, 2)],  # 3.3, 5.99, 6.004, 6.99, 7.005 km
)
def test_whole_kilometres_beyond_five(degrees: float, beyond: int) -> None:
    scenario = staffed(staff=people(v1={"latitude": 39.95 + degrees, "longitude": 116.4}))
    try_out("long_ways", scenario, roster("v1 C1 15 AM"), beyond)


def test_every_duty_counts() -> None:
    scenario = staffed(staff=people(v1={"latitude": 39.95 + 0.0630, "longitude": 116.4}))
    # V2 lies 0.05 degrees south of V1: 12.56 km from home
    try_out("long_ways", scenario, roster("v1 C1 15 AM", "v1 C1 15 PM", "v1 C2 16 AM"), 2 + 2 + 7)


def test_no_home_no_way() -> None:
    try_out("long_ways", staffed(), roster("v1 C1 15 AM"), 0)


def test_the_free_distance_is_a_setting() -> None:
    home = {"latitude": 39.95 + 0.0630, "longitude": 116.4}
    scenario = staffed({"parameters": {"long_ways": {"free_km": "2.5"}}}, staff=people(v1=home))
    try_out("long_ways", scenario, roster("v1 C1 15 AM"), 4)
