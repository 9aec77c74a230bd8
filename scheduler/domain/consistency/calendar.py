"""Days, shifts and periods follow one another, and ranges of dates lie in the season."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Availability, Closure, Period, Shift, Trip


def days_once(scenario: Scenario) -> Iterator[Problem]:
    """Every day is listed once."""
    seen = set()
    for row in scenario.days:
        if row.date in seen:
            yield Problem.at(row.source, "date", "day_twice", row.date)
        seen.add(row.date)


def some_day_open(scenario: Scenario) -> Iterator[Problem]:
    """At least one day of the season is open."""
    if scenario.days and not scenario.open_days:
        source = scenario.days[0].source
        yield Problem("no_open_day", source.file if source else "", source.sheet if source else "")


def ends_after_start(scenario: Scenario) -> Iterator[Problem]:
    """Shifts and periods end after they start."""
    rows: tuple[Shift | Period, ...] = (*scenario.shifts, *scenario.periods)
    for row in rows:
        if row.end <= row.start:
            start = row.start.isoformat("minutes")
            yield Problem.at(row.source, "end", "end_before_start", row.end.isoformat("minutes"), start=start)


def periods_in_shift(scenario: Scenario) -> Iterator[Problem]:
    """A period lies inside its shift."""
    for row in scenario.periods:
        shift = scenario.shift.get(row.shift)
        if shift and row.start < row.end and not shift.start <= row.start < row.end <= shift.end:
            yield Problem.at(
                row.source,
                "start",
                "period_outside_shift",
                _stretch(row),
                who=row.id,
                shift=shift.id,
                stretch=_stretch(shift),
            )


def periods_apart(scenario: Scenario) -> Iterator[Problem]:
    """Periods do not overlap."""
    return _overlaps(scenario.periods, "periods_overlap")


def shifts_apart(scenario: Scenario) -> Iterator[Problem]:
    """Shifts do not overlap."""
    return _overlaps(scenario.shifts, "shifts_overlap")


def timezone_known(scenario: Scenario) -> Iterator[Problem]:
    """The season's time zone is one the world knows."""
    name = scenario.settings.timezone
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem("timezone_unknown", value=name, parameters={"setting": "timezone"})


def ranges_in_order(scenario: Scenario) -> Iterator[Problem]:
    """A range of days does not end before it begins."""
    for row in _ranges(scenario):
        if row.to < row.from_:
            yield Problem.at(row.source, "to", "range_backwards", row.to, first=row.from_.isoformat())


def ranges_in_season(scenario: Scenario) -> Iterator[Problem]:
    """A range of days touches the season."""
    days = list(scenario.day)
    if not days:
        return
    for row in _ranges(scenario):
        if row.from_ <= row.to and (row.to < days[0] or row.from_ > days[-1]):
            stretch = f"{row.from_} – {row.to}"
            yield Problem.at(
                row.source,
                "from_",
                "range_outside_season",
                stretch,
                blocking=False,
                first=days[0].isoformat(),
                last=days[-1].isoformat(),
            )


def trips_on_open_days(scenario: Scenario) -> Iterator[Problem]:
    """A trip is offered on open days of the season, on as many as each class is to go."""
    for row in scenario.trips:
        for day in row.dates:
            if day not in scenario.day:
                yield Problem.at(row.source, "dates", "date_outside_season", day, blocking=False)
            elif not scenario.day[day].open:
                yield Problem.at(row.source, "dates", "date_closed", day, blocking=False)
            else:
                shut = ", ".join(_kept_back(scenario, row, day))
                if shut:
                    yield Problem.at(row.source, "dates", "trip_date_shut", day, blocking=False, classes=shut)
        open_dates = sum(day in scenario.open_days for day in row.dates)
        if row.times_per_class > open_dates:
            yield Problem.at(
                row.source,
                "times_per_class",
                "trip_too_often",
                row.times_per_class,
                blocking=False,
                dates=open_dates,
            )


def _kept_back(scenario: Scenario, trip: Trip, day: date) -> list[str]:
    """The classes that would be on in all the trip's shifts that day, were there no closure."""
    week = scenario.week_of(day)
    found = []
    for row in scenario.class_.values():
        if (row.weeks and week not in row.weeks) or not set(trip.shifts) <= set(scenario.shifts_of(row.id)):
            continue
        if any(
            scenario.closed(day, shift, venue=row.venue, room=row.room, class_=row.id)
            for shift in trip.shifts
        ):
            found.append(row.id)
    return found


def _overlaps(rows: Sequence[Shift] | Sequence[Period], id: str) -> Iterator[Problem]:
    """Neighbours by start that overlap; one inside another hides none: the later end is kept."""
    ordered = sorted(
        (row for row in rows if row.start < row.end), key=lambda row: (row.start, row.end, row.id)
    )
    latest = ordered[0] if ordered else None
    for before, row in pairwise(ordered):
        latest = before if latest is None or before.end > latest.end else latest
        if row.start < latest.end:
            yield Problem.at(
                row.source, "start", id, _stretch(row), who=row.id, other=latest.id, stretch=_stretch(latest)
            )


def _ranges(scenario: Scenario) -> Iterator[Availability | Closure]:
    yield from scenario.availability
    yield from scenario.closures


def _stretch(row: Shift | Period) -> str:
    return f"{row.start:%H:%M}-{row.end:%H:%M}"
