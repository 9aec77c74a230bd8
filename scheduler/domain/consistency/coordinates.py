"""Latitudes and longitudes are whole, plausible, and there where distances are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Person, Venue

CHINA = ((3.0, 54.0), (73.0, 136.0))
"""Latitudes and longitudes that hold all of China."""

Placed = Venue | Child | Person


def coordinates_whole(scenario: Scenario) -> Iterator[Problem]:
    """Latitude and longitude stand together."""
    for row in _all(scenario):
        if (row.latitude is None) != (row.longitude is None):
            column = "latitude" if row.latitude is None else "longitude"
            yield Problem.at(row.source, column, "coordinates_half", who=row.id)


def coordinates_plausible(scenario: Scenario) -> Iterator[Problem]:
    """Coordinates are neither 0, 0 nor swapped; far from China they are worth a look."""
    for row in _all(scenario):
        if row.latitude is None or row.longitude is None:
            continue
        pair = f"{row.latitude:g}, {row.longitude:g}"
        if row.latitude == row.longitude == 0:
            yield Problem.at(row.source, "latitude", "coordinates_zero", pair, who=row.id)
        elif scenario.settings.timezone != "Asia/Shanghai" or _in_china(row.latitude, row.longitude):
            continue
        elif _in_china(row.longitude, row.latitude):
            yield Problem.at(row.source, "latitude", "coordinates_swapped", pair, who=row.id)
        else:
            yield Problem.at(row.source, "latitude", "coordinates_far", pair, blocking=False, who=row.id)


def venues_placed(scenario: Scenario) -> Iterator[Problem]:
    """Where there are several venues, each has coordinates: else ways to it take the fixed minutes only."""
    if len(scenario.venues) < 2:
        return
    minutes = f"{scenario.settings.travel_fixed_minutes:g}"
    for row in scenario.venues:
        if row.latitude is None and row.longitude is None:
            yield Problem.at(
                row.source, "latitude", "venue_not_placed", blocking=False, who=row.id, minutes=minutes
            )


def homes_placed(scenario: Scenario) -> Iterator[Problem]:
    """Whom a distance limits has coordinates: else the limit is not applied."""
    limited = scenario.settings.max_distance_km is not None
    children = [row for row in scenario.processed if limited and not row.choices and row.latitude is None]
    staff = [
        row
        for row in scenario.staff
        if row.max_distance_km is not None and not row.venues and row.latitude is None
    ]
    yield from _together("homes_not_placed", children)
    yield from _together("staff_not_placed", staff)


def _together(id: str, rows: Sequence[Child] | Sequence[Person]) -> Iterator[Problem]:
    if rows:
        yield Problem.at(
            rows[0].source,
            "latitude",
            id,
            blocking=False,
            number=len(rows),
            ids=listed([row.id for row in rows]),
        )


def listed(ids: Sequence[str], most: int = 10) -> str:
    """The first ids in words."""
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")


def _all(scenario: Scenario) -> Iterator[Placed]:
    yield from scenario.venues
    yield from scenario.children
    yield from scenario.staff


def _in_china(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = CHINA
    return south <= latitude <= north and west <= longitude <= east
