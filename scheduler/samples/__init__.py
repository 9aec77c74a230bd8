"""Synthetic seasons of any size, and the examples that come with the program."""

from __future__ import annotations

from scheduler.domain.scenario import Scenario
from scheduler.samples import families, places, programme, season, staff
from scheduler.samples.size import Size


def sample(children: int, venues: int | None = None, weeks: int | None = None, seed: int = 0) -> Scenario:
    """A synthetic but realistic season: the same numbers give the same season everywhere.

    Demand is a little above the seats, so waiting lists exist; no hard rules contradict each other.
    """
    size = Size.of(children, venues, weeks)
    districts = places.districts(size, seed)
    enrolled = families.children(districts, size, seed)
    people, times = staff.staff(districts, enrolled, size, seed)
    return Scenario(
        settings=season.settings(size, seed),
        days=season.days(size),
        shifts=season.shifts(),
        periods=season.periods(),
        venues=tuple(row for district in districts for row in district.venues),
        rooms=tuple(row for district in districts for row in district.rooms),
        classes=tuple(row for district in districts for row in district.classes),
        children=enrolled,
        priorities=season.priorities(),
        courses=programme.courses(size),
        trips=programme.trips(size),
        staff=people,
        availability=times,
        needs=programme.needs(),
        closures=tuple(places.closures(districts, size, seed)),
        locks=families.locks(enrolled, districts, seed),
    )


__all__ = ["sample"]
