"""Locks say enough to be kept, and nothing that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.columns import heading
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.domain.tables.staff import DUTY_ROLES

USED: dict[str, tuple[str, ...]] = {
    "place": ("child", "class_", "week"),
    "keep_out": ("child", "class_", "week"),
    "open": ("class_", "week"),
    "close": ("class_", "week"),
    "duty": ("person", "class_", "week", "date", "shift", "role"),
    "no_duty": ("person", "class_", "week", "date", "shift", "role"),
    "session": ("person", "class_", "week", "date", "shift", "period", "course"),
    "no_session": ("person", "class_", "week", "date", "shift", "period", "course"),
    "trip": ("class_", "week", "date", "shift", "trip"),
    "no_trip": ("class_", "week", "date", "shift", "trip"),
}
"""The fields each kind of lock looks at."""

NEEDED: dict[str, tuple[str, ...]] = {
    "place": ("child", "class_"),
    "duty": ("person",),
    "session": ("course",),
    "trip": ("trip",),
}
"""The fields without which a lock does not say what is to be."""

ANY_OF_ITS_FIELDS = ("keep_out", "no_duty", "no_session", "no_trip")
"""Kinds that would forbid everything if all their fields were blank."""

_FIELDS = tuple(dict.fromkeys(name for names in USED.values() for name in names))


def fields_complete(scenario: Scenario) -> Iterator[Problem]:
    """A lock has the fields its kind needs."""
    for row in scenario.locks:
        for name in NEEDED.get(row.kind, ()):
            if getattr(row, name) is None:
                yield Problem.at(
                    row.source, name, "lock_incomplete", who=row.id, kind=row.kind, needed=heading(name)
                )
        if row.kind in ANY_OF_ITS_FIELDS and all(getattr(row, name) is None for name in USED[row.kind]):
            needed = " / ".join(heading(name) for name in USED[row.kind])
            yield Problem.at(
                row.source, "kind", "lock_of_everything", who=row.id, kind=row.kind, needed=needed
            )


def fields_used(scenario: Scenario) -> Iterator[Problem]:
    """A lock fills no field its kind does not look at."""
    for row in scenario.locks:
        for name in _FIELDS:
            if name not in USED[row.kind] and getattr(row, name) is not None:
                yield Problem.at(
                    row.source,
                    name,
                    "lock_field_unused",
                    getattr(row, name),
                    blocking=False,
                    who=row.id,
                    kind=row.kind,
                    field=heading(name),
                )


def can_hold(scenario: Scenario) -> Iterator[Problem]:
    """A lock does not ask for what its own rows rule out, whatever else the season holds."""
    for row in scenario.locks:
        if row.kind == "session":
            yield from _session(scenario, row)
        elif row.kind == "trip" and row.date is not None and row.trip in scenario.trip:
            dates = scenario.trip[row.trip].dates
            if row.date not in dates:
                known = ", ".join(day.isoformat() for day in sorted(dates))
                yield Problem.at(
                    row.source, "date", "lock_no_trip_day", row.date, who=row.id, trip=row.trip, known=known
                )
        elif row.kind == "duty" and row.person in scenario.person:
            roles = scenario.person[row.person].roles
            fitting = (row.role,) if row.role in DUTY_ROLES else () if row.role else DUTY_ROLES
            if not set(fitting) & set(roles):
                yield Problem.at(
                    row.source,
                    "person",
                    "lock_person_without_role",
                    row.person,
                    who=row.id,
                    needed=", ".join(fitting or DUTY_ROLES),
                    roles=", ".join(roles) or "-",
                )


def _session(scenario: Scenario, row: Lock) -> Iterator[Problem]:
    """What keeps a session from being: no lessons in that period, or nobody of that name to teach it."""
    if row.period in scenario.period and scenario.period[row.period].kind == "care":
        yield Problem.at(row.source, "period", "lock_in_care", row.period, who=row.id)
    course = scenario.course.get(row.course) if row.course else None
    person = scenario.person.get(row.person) if row.person else None
    if course is None or person is None:
        return
    if not course.teacher:
        id = "lock_course_without_teacher"
    elif "specialist" not in person.roles or course.id not in person.courses:
        id = "lock_person_cannot_teach"
    else:
        return
    yield Problem.at(row.source, "person", id, person.id, who=row.id, course=course.id)


def dates_in_season(scenario: Scenario) -> Iterator[Problem]:
    """A lock's day is one of the season; on a closed day nothing takes place."""
    for row in scenario.locks:
        if row.date is None:
            continue
        if row.date not in scenario.day:
            yield Problem.at(row.source, "date", "lock_date_outside", row.date, who=row.id)
        elif not scenario.day[row.date].open:
            yield Problem.at(row.source, "date", "date_closed", row.date, blocking=False, who=row.id)


def places_agree(scenario: Scenario) -> Iterator[Problem]:
    """A lock's day lies in its week, and its period in its shift."""
    for row in scenario.locks:
        if row.date in scenario.day and row.week and scenario.week_of(row.date) != row.week:
            yield _disagree(row, "week", row.week, "date", scenario.week_of(row.date))
        if row.period in scenario.period and row.shift and scenario.period[row.period].shift != row.shift:
            yield _disagree(row, "shift", row.shift, "period", scenario.period[row.period].shift)


def child_processed(scenario: Scenario) -> Iterator[Problem]:
    """A lock's child is enrolled with consent: else it is not placed, whatever the lock says."""
    processed = {row.id for row in scenario.processed}
    for row in scenario.locks:
        if row.child is not None and row.child not in processed:
            yield Problem.at(
                row.source, "child", "lock_child_not_processed", row.child, blocking=False, who=row.id
            )


def _disagree(row: Lock, column: str, value: str, other: str, right: str) -> Problem:
    return Problem.at(row.source, column, "lock_disagrees", value, who=row.id, other=other, right=right)
