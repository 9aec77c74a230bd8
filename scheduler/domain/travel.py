"""Distances and travel times between venues."""

from __future__ import annotations

from math import asin, atan2, cos, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def haversine_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km between two (latitude, longitude) pairs in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


def to_wgs84(place: tuple[float, float], system: str) -> tuple[float, float]:
    """Coordinates of `system` (wgs84, gcj02, bd09) in WGS-84, good to about a metre within China.

    GCJ-02 is WGS-84 under a published smooth distortion; two fixed-point steps invert it.
    """
    if system == "bd09":
        place = _bd09_to_gcj02(place)
    if system == "wgs84":
        return place
    guess = place
    for _ in range(2):
        shifted = _to_gcj02(guess)
        guess = (guess[0] + place[0] - shifted[0], guess[1] + place[1] - shifted[1])
    return guess


def _to_gcj02(place: tuple[float, float]) -> tuple[float, float]:
    semi_major, eccentricity2 = 6378245.0, 0.00669342162296594323  # Krasovsky 1940
    latitude, longitude = place
    x, y = longitude - 105.0, latitude - 35.0
    wave = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    d_lat += (wave + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    d_lat += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    d_lon += (wave + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    d_lon += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = radians(latitude)
    bend = 1 - eccentricity2 * sin(phi) ** 2
    d_lat *= 180.0 / (semi_major * (1 - eccentricity2) / (bend * sqrt(bend)) * pi)
    d_lon *= 180.0 / (semi_major / sqrt(bend) * cos(phi) * pi)
    return latitude + d_lat, longitude + d_lon


def _bd09_to_gcj02(place: tuple[float, float]) -> tuple[float, float]:
    step = pi * 3000.0 / 180.0
    y, x = place[0] - 0.006, place[1] - 0.0065
    radius = sqrt(x * x + y * y) - 0.00002 * sin(y * step)
    angle = atan2(y, x) - 0.000003 * cos(x * step)
    return radius * sin(angle), radius * cos(angle)
