"""How far it is: between venues, and from homes to venues."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations
from math import asin, cos, degrees, radians, sin

from scheduler.domain.calendar import minutes
from scheduler.domain.lists import Lists
from scheduler.domain.tables import Child, Period, Person, Shift, Venue
from scheduler.domain.travel import EARTH_RADIUS_KM, haversine_km, to_wgs84

_Placed = tuple[tuple[float, float], str]
"""Where a venue lies (latitude and longitude, WGS-84), and its id."""


class Ways(Lists):
    """Distances and travel times of a scenario."""

    def distance_km(self, a: Venue | Child | Person, b: Venue | Child | Person) -> float | None:
        """Great-circle distance in km; None where coordinates are missing."""
        if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
            return None
        system = self.settings.coordinates
        return haversine_km(
            to_wgs84((a.latitude, a.longitude), system), to_wgs84((b.latitude, b.longitude), system)
        )

    def venues_within(self, row: Child | Person, km: float) -> tuple[str, ...]:
        """The venues at most so many km away, and those whose distance cannot be reckoned, by id.

        Two places are at least as far apart as their latitudes, so only a belt of venues is measured, and of
        it those whose longitude may be near enough.
        """
        if row.latitude is None or row.longitude is None:
            return tuple(self.venue)
        here = to_wgs84((row.latitude, row.longitude), self.settings.coordinates)
        belt = degrees(km / EARTH_RADIUS_KM) + 1e-6
        placed, unplaced = self._venues_by_latitude
        first = bisect_left(placed, here[0] - belt, key=_latitude)
        last = bisect_right(placed, here[0] + belt, key=_latitude)
        width = _width(here[0], belt)
        near = (
            id
            for there, id in placed[first:last]
            if not width < abs(there[1] - here[1]) < 360 - width and haversine_km(here, there) <= km
        )
        return tuple(sorted((*near, *unplaced)))

    @cached_property
    def _venues_by_latitude(self) -> tuple[list[_Placed], list[str]]:
        """Venues with coordinates (WGS-84), by their latitude, and those without."""
        system = self.settings.coordinates
        placed = [
            (to_wgs84((row.latitude, row.longitude), system), row.id)
            for row in self.venue.values()
            if row.latitude is not None and row.longitude is not None
        ]
        known = {id for _, id in placed}
        return sorted(placed), [id for id in self.venue if id not in known]

    def nearest_first(self, venue: str, venues: Iterable[str]) -> list[str]:
        """Venues by the way from one of them, which comes first."""
        return sorted(venues, key=lambda name: (name != venue, self.travel_minutes(venue, name), name))

    def near_together(self, sizes: Mapping[str, int], most: int) -> list[list[str]]:
        """Venues of so many sizes in districts of near ones: each grows from one far from the first that is
        left, until it holds about `most`."""
        left = list(sizes)
        found: list[list[str]] = []
        while left:
            first = max(left, key=lambda venue: (self.travel_minutes(left[0], venue), venue))
            district: list[str] = []
            size = 0
            for venue in self.nearest_first(first, left):
                # the last venue goes where less is too much or too little
                if district and size + sizes[venue] / 2 > most:
                    break
                district.append(venue)
                size += sizes[venue]
            found.append(district)
            taken = set(district)
            left = [venue for venue in left if venue not in taken]
        return found

    def travel_minutes(self, venue: str, other: str) -> float:
        """Minutes from one venue to another: the fixed minutes and the way; 0 within a venue, the fixed
        minutes alone where coordinates are missing."""
        if (venue, other) not in self._travel_minutes:
            km = self.distance_km(self.venue[venue], self.venue[other]) or 0.0
            way = self.settings.travel_fixed_minutes + 60 * km / self.settings.travel_kmh
            self._travel_minutes[venue, other] = 0.0 if venue == other else way
        return self._travel_minutes[venue, other]

    @cached_property
    def _travel_minutes(self) -> dict[tuple[str, str], float]:
        """The ways asked for so far: of a province's pairs of venues few are."""
        return {}

    def too_close(self, end: Period | Shift, venue: str, start: Period | Shift, other: str) -> bool:
        """Whether who is at `venue` until `end` ends cannot be at `other` when `start` starts."""
        gap = minutes(start.start) - minutes(end.end)
        return gap < self.travel_minutes(venue, other) - 1e-9

    @cached_property
    def close_shifts(self) -> tuple[tuple[Shift, Shift], ...]:
        """The pairs of shifts, as listed, between which some way from venue to venue takes too long."""
        return tuple(
            (first, second)
            for first, second in combinations(self.shift.values(), 2)
            if any(
                self.too_close(first, venue, second, other) for venue in self.venue for other in self.venue
            )
        )


def _latitude(placed: _Placed) -> float:
    return placed[0][0]


def _width(latitude: float, belt: float) -> float:
    """By how many degrees the longitudes of two places may differ that are at most `belt` degrees of a great
    circle apart; all of them where a pole is as near."""
    if abs(latitude) + belt >= 90:
        return 180.0
    return degrees(asin(sin(radians(belt)) / cos(radians(latitude)))) + 1e-6
