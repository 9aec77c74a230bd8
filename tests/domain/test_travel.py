from __future__ import annotations

import random
from math import pi

import pytest

from scheduler.domain.travel import EARTH_RADIUS_KM, haversine_km, to_wgs84
from tests.seasons import rows, tiny

QUARTER = pi * EARTH_RADIUS_KM / 2
"""A quarter of a great circle: 10,007.557 km."""


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (0, 90), QUARTER),
        ((0, 0), (90, 0), QUARTER),
        ((0, 0), (0, 180), 2 * QUARTER),  # antipodes: no root of more than 1
        ((39.9, 116.4), (39.9, 116.4), 0),
        ((39.9, 116.4), (40.9, 116.4), QUARTER / 90),  # a degree of latitude: 111.195 km
        ((0, 179.5), (0, -179.5), QUARTER / 90),  # across the date line
        # sin(d/2) = cos 60° · sin 0.5°: d = 0.00872656, half a degree of latitude less 0.5 m
        ((60, 0), (60, 1), 55.5970),
    ],
)
def test_great_circle_distances(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert haversine_km(a, b) == pytest.approx(km, abs=2e-4)
    assert haversine_km(b, a) == pytest.approx(km, abs=2e-4)


def test_two_points_of_beijing() -> None:
    # Tian'anmen to the Summer Palace, about 15 km north-west
    assert haversine_km((39.9087, 116.3975), (39.9999, 116.2755)) == pytest.approx(14.5, abs=0.5)


# ---- Chinese coordinate systems -----------------------------------------------------------------


def test_wgs84_stays() -> None:
    assert to_wgs84((39.9, 116.4), "wgs84") == (39.9, 116.4)


def test_gcj02_is_some_hundred_metres_off() -> None:
    # Tian'anmen: WGS-84 39.90735, 116.39108; GCJ-02 39.908749, 116.397321 by the published distortion
    place = to_wgs84((39.90875, 116.39732), "gcj02")
    assert haversine_km(place, (39.90735, 116.39108)) < 0.005
    assert 0.3 < haversine_km(place, (39.90875, 116.39732)) < 0.8


def test_bd09_is_a_further_step() -> None:
    # the same place as Baidu gives it: 39.91509, 116.40374
    place = to_wgs84((39.91509, 116.40374), "bd09")
    assert haversine_km(place, (39.90735, 116.39108)) < 0.02


@pytest.mark.parametrize("place", [(39.9, 116.4), (34.6, 112.4), (22.5, 113.9), (45.8, 126.5), (30.6, 104.0)])
def test_the_distortion_keeps_short_distances(place: tuple[float, float]) -> None:
    # smooth: two places a kilometre apart move together
    near = (place[0] + 0.009, place[1])
    moved = haversine_km(to_wgs84(place, "gcj02"), to_wgs84(near, "gcj02"))
    assert moved == pytest.approx(haversine_km(place, near), rel=0.01)


# ---- ways between venues ------------------------------------------------------------------------


def test_a_way_takes_the_fixed_minutes_and_the_distance() -> None:
    # 0.05° of latitude: 5.5597 km; at 20 km/h 16.68 minutes, and 10 fixed
    assert tiny().travel_minutes("V1", "V2") == pytest.approx(10 + 60 * 5.5597 / 20, abs=0.01)
    assert tiny().travel_minutes("V1", "V1") == 0


def test_speed_and_fixed_minutes_are_settings() -> None:
    scenario = tiny({"season": "x", "travel_kmh": 60, "travel_fixed_minutes": 5})
    assert scenario.travel_minutes("V1", "V2") == pytest.approx(5 + 5.5597, abs=0.01)


def test_without_coordinates_a_way_takes_the_fixed_minutes() -> None:
    scenario = tiny(venues=rows("venues", V2={"latitude": None, "longitude": None}))
    assert scenario.travel_minutes("V1", "V2") == 10


def test_a_way_fits_between_an_end_and_a_start() -> None:
    scenario = tiny()
    p1, p2, p3 = (scenario.period[id] for id in ("P1", "P2", "P3"))
    assert scenario.too_close(p1, "V1", p2, "V2")  # 15 minutes for a way of 26.7
    assert not scenario.too_close(p1, "V1", p2, "V1")
    assert not scenario.too_close(p2, "V1", p3, "V2")  # from 10:45 to 14:00


def test_a_way_that_just_fits_fits() -> None:
    # no coordinates: 10 minutes; from 9:30 to 9:40
    venues = rows("venues", V2={"latitude": None, "longitude": None})
    scenario = tiny(venues=venues, periods=rows("periods", P2={"start": "09:40"}))
    assert not scenario.too_close(scenario.period["P1"], "V1", scenario.period["P2"], "V2")


def test_a_person_works_at_named_venues_or_within_a_distance() -> None:
    staff = rows(
        "staff",
        t1={"latitude": 39.95, "longitude": 116.4, "max_distance_km": 5},  # at V1; V2 is 5.56 km away
        t2={"latitude": 39.95, "longitude": 116.4, "max_distance_km": 5, "venues": ["V2"]},
        s1={"max_distance_km": 5},  # nobody knows how far
    )
    scenario = tiny(staff=staff)
    assert [scenario.works_at("t1", venue) for venue in ("V1", "V2")] == [True, False]
    assert [scenario.works_at("t2", venue) for venue in ("V1", "V2")] == [False, True]
    assert [scenario.works_at("s1", venue) for venue in ("V1", "V2")] == [True, True]


@pytest.mark.parametrize("latitude", [0.0, 36.2, -60.0, 89.9])
@pytest.mark.parametrize("longitude", [117.1, 179.95, -180.0])
def test_the_venues_within_a_distance_are_those_that_measuring_each_finds(
    latitude: float, longitude: float
) -> None:
    # around the place, over the date line, over the pole: none is passed over for its latitude or longitude
    dice = random.Random(0)
    places = {
        f"W{n:03}": {
            "name": f"场地{n}",
            "mode": "community",
            "latitude": min(90.0, max(-90.0, latitude + dice.uniform(-0.3, 0.3))),
            "longitude": (longitude + dice.uniform(-0.5, 0.5) + 180) % 360 - 180,
        }
        for n in range(200)
    }
    places["W200"] = {"name": "某处", "mode": "community"}
    person = {"latitude": latitude, "longitude": longitude, "max_distance_km": 20}
    scenario = tiny(venues=rows("venues", **places), staff=rows("staff", t1=person))
    row = scenario.person["t1"]
    near = {id for id, venue in scenario.venue.items() if (scenario.distance_km(row, venue) or 0.0) <= 20}
    assert set(scenario.venues_within(row, 20)) == near == scenario.area_of("t1")
    assert "W200" in near
    assert 10 < len(near) < 203
    assert all("t1" in {one.id for one in scenario.workers_at(id)} for id in near)


def test_shifts_are_close_where_some_way_takes_longer_than_the_pause() -> None:
    # a degree of longitude at 40° N is 85 km: 10 + 60·85/20 = 265 minutes, or 10 where both are one place
    shifts = rows("shifts", AM={"end": "12:00"}, PM={"start": "13:00"})
    near = rows("venues", V1={"latitude": 40, "longitude": 116}, V2={"latitude": 40, "longitude": 116})
    far = rows("venues", V1={"latitude": 40, "longitude": 116}, V2={"latitude": 40, "longitude": 117})
    assert tiny(shifts=shifts, venues=near).close_shifts == ()
    assert [(a.id, b.id) for a, b in tiny(shifts=shifts, venues=far).close_shifts] == [("AM", "PM")]
