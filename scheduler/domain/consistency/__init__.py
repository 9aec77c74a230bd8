"""Whether the tables of a scenario agree with one another; `ROW_CHECKS` and `SEASON_CHECKS` are the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.domain.consistency import (
    calendar,
    coordinates,
    effects,
    families,
    identity,
    locks,
    people,
    places,
)
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario

Check = Callable[[Scenario], Iterator[Problem]]

ROW_CHECKS: tuple[Check, ...] = (
    identity.ids_unique,
    identity.class_and_venue_ids_differ,
    identity.limits_in_order,
    identity.needs_not_reserved,
    effects.closures_somewhere,
    effects.closures_apply,
    effects.needs_ask_for_duties,
    effects.classes_have_seats,
    calendar.days_once,
    calendar.ends_after_start,
    calendar.periods_in_shift,
    calendar.periods_apart,
    calendar.shifts_apart,
    calendar.ranges_in_order,
    calendar.timezone_known,
    places.room_at_venue,
    places.home_room_own,
    places.capacity_in_room,
    coordinates.coordinates_whole,
    coordinates.coordinates_plausible,
    families.birth_dates_plausible,
    families.grade_matches_age,
    families.not_processed,
    families.names_others,
    families.not_enrolled_twice,
    people.birth_dates_plausible,
    people.clearance,
    people.specialists_have_courses,
    people.courses_in_order,
    people.needs_ask_for_somebody,
    locks.fields_complete,
    locks.fields_used,
    locks.can_hold,
)
"""Checks that a row fails by what is there: true also of part of a season."""

SEASON_CHECKS: tuple[Check, ...] = (
    calendar.some_day_open,
    calendar.ranges_in_season,
    calendar.trips_on_open_days,
    places.classes_held,
    effects.employers_known,
    effects.courses_fit_shifts,
    coordinates.venues_placed,
    coordinates.homes_placed,
    families.some_child_processed,
    families.age_known,
    families.fits_some_class,
    families.points_complete,
    families.friends_mutual,
    families.siblings_found,
    people.volunteers_available,
    people.courses_have_teachers,
    people.features_offered,
    people.qualifications_held,
    locks.dates_in_season,
    locks.places_agree,
    locks.child_processed,
)
"""Checks that a season fails by what is missing: to be asked of a whole one."""


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong, or worth a look, in a season whose rows are all sound."""
    yield from row_problems(scenario)
    for check in SEASON_CHECKS:
        yield from check(scenario)


def row_problems(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the rows there are, where others are missing for problems of their own."""
    for check in ROW_CHECKS:
        yield from check(scenario)
