"""Rows that are sound and yet never have an effect, or a far larger one than meant."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Closure
from scheduler.domain.tables.staff import DUTY_ROLES


def employers_known(scenario: Scenario) -> Iterator[Problem]:
    """An employer that a venue is held for is one of some child: else it is misspelt, most likely."""
    known = sorted({employer for row in scenario.children for employer in row.employer})
    if not scenario.children:
        return
    for row in scenario.venues:
        for column in ("reserved_for", "only_for"):
            for employer in getattr(row, column):
                if employer in known:
                    continue
                near = get_close_matches(employer, known, n=1, cutoff=0.5)
                id = "employer_unknown_near" if near else "employer_unknown"
                told = {"near": near[0]} if near else {}
                yield Problem.at(row.source, column, id, employer, blocking=False, who=row.id, **told)


def closures_somewhere(scenario: Scenario) -> Iterator[Problem]:
    """A closure names a place; one that names none shuts everything."""
    for row in scenario.closures:
        shuts_some_day = any(row.from_ <= day <= row.to for day in scenario.open_days)
        if row.venue is row.room is row.class_ is None and shuts_some_day:
            stretch = f"{row.from_} – {row.to}"
            yield Problem.at(row.source, "from_", "closure_everywhere", stretch, blocking=False)


def closures_apply(scenario: Scenario) -> Iterator[Problem]:
    """Venue, room and class of a closure belong together: it shuts only what is all three."""
    for row in scenario.closures:
        yield from _apart(scenario, row)


def _apart(scenario: Scenario, row: Closure) -> Iterator[Problem]:
    room = scenario.room.get(row.room) if row.room else None
    class_ = scenario.class_.get(row.class_) if row.class_ else None
    if room and row.venue and room.venue != row.venue:
        yield Problem.at(
            row.source,
            "room",
            "closure_room_elsewhere",
            room.id,
            blocking=False,
            venue=row.venue,
            other=room.venue,
        )
    if class_ and row.venue and class_.venue != row.venue:
        yield Problem.at(
            row.source,
            "class_",
            "closure_class_elsewhere",
            class_.id,
            blocking=False,
            venue=row.venue,
            other=class_.venue,
        )
    if room and class_ and class_.room != room.id:
        home = class_.room or "-"
        yield Problem.at(
            row.source, "room", "closure_room_not_home", room.id, blocking=False, who=class_.id, other=home
        )


def courses_fit_shifts(scenario: Scenario) -> Iterator[Problem]:
    """Some shift has as many course periods in a row as a course takes."""
    if not scenario.periods:
        return
    for row in scenario.courses:
        if not any(scenario.block(period, row.length) for period in scenario.period):
            yield Problem.at(row.source, "length", "course_too_long", row.length, blocking=False, who=row.id)


def needs_ask_for_duties(scenario: Scenario) -> Iterator[Problem]:
    """A need asks for people on duty; specialists teach, and are never on duty as such."""
    for row in scenario.needs:
        counts_nobody = row.children_per_adult and row.counts and not set(row.counts) & set(DUTY_ROLES)
        column = "role" if row.role == "specialist" and row.per_class else "counts" if counts_nobody else None
        if column:
            known = ", ".join(DUTY_ROLES)
            yield Problem.at(
                row.source,
                column,
                "need_of_specialists",
                "specialist",
                blocking=False,
                who=row.id,
                known=known,
            )


def classes_have_seats(scenario: Scenario) -> Iterator[Problem]:
    """A class takes at least one child."""
    for row in scenario.classes:
        if row.capacity == 0:
            yield Problem.at(row.source, "capacity", "class_without_seats", 0, blocking=False, who=row.id)
