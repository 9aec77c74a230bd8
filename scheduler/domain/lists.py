"""The lists a season is given in: every table's rows, by id, and their digest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from scheduler.domain.tables import (
    Availability,
    Child,
    Class,
    Closure,
    Course,
    Day,
    Lock,
    Need,
    Period,
    Person,
    Points,
    Priority,
    Room,
    Row,
    Settings,
    Shift,
    Trip,
    Venue,
)

R = TypeVar("R", bound=Row)

_ordered = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Lists(BaseModel):
    """Every table's rows, references resolved to ids. Frozen; row order carries no meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    settings: Settings = Settings()
    days: tuple[Day, ...] = ()
    shifts: tuple[Shift, ...] = ()
    periods: tuple[Period, ...] = ()
    venues: tuple[Venue, ...] = ()
    rooms: tuple[Room, ...] = ()
    classes: tuple[Class, ...] = ()
    children: tuple[Child, ...] = ()
    priorities: tuple[Priority, ...] = ()
    points: tuple[Points, ...] = ()
    courses: tuple[Course, ...] = ()
    trips: tuple[Trip, ...] = ()
    staff: tuple[Person, ...] = ()
    availability: tuple[Availability, ...] = ()
    needs: tuple[Need, ...] = ()
    closures: tuple[Closure, ...] = ()
    locks: tuple[Lock, ...] = ()

    # ---- identity -------------------------------------------------------------------------------

    @cached_property
    def sha256(self) -> str:
        """Digest of the canonical scenario: sorted rows and keys, whatever file they came from."""
        digest = sha256()
        for i, name in enumerate(sorted(type(self).model_fields)):
            digest.update(f'{"," if i else "{"}"{name}":{self._text_of(name)}'.encode())
        digest.update(b"}")
        return digest.hexdigest()

    def _text_of(self, table: str) -> str:
        """The canonical text of one table, or of the settings."""
        if table == "settings":
            return _compact(self.settings.model_dump(mode="json", exclude={"language"}))
        rows = [row.model_dump(mode="json") for row in getattr(self, table)]
        return f"[{','.join(map(_compact, sorted(rows, key=_ordered)))}]"

    # ---- rows by id -----------------------------------------------------------------------------

    @cached_property
    def day(self) -> dict[date, Day]:
        """Days by date."""
        return {day.date: day for day in sorted(self.days, key=lambda day: day.date)}

    @cached_property
    def shift(self) -> dict[str, Shift]:
        """Shifts by id, in the order of their start."""
        return {row.id: row for row in sorted(self.shifts, key=lambda row: (row.start, row.end, row.id))}

    @cached_property
    def period(self) -> dict[str, Period]:
        """Periods by id, in the order of their start."""
        return {row.id: row for row in sorted(self.periods, key=lambda row: (row.start, row.end, row.id))}

    @cached_property
    def venue(self) -> dict[str, Venue]:
        """Venues by id."""
        return _by_id(self.venues)

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return _by_id(self.rooms)

    @cached_property
    def class_(self) -> dict[str, Class]:
        """Classes by id."""
        return _by_id(self.classes)

    @cached_property
    def child(self) -> dict[str, Child]:
        """All children of the list by id, processed or not."""
        return _by_id(self.children)

    @cached_property
    def priority(self) -> dict[str, Priority]:
        """Priorities by id."""
        return _by_id(self.priorities)

    @cached_property
    def course(self) -> dict[str, Course]:
        """Courses by id."""
        return _by_id(self.courses)

    @cached_property
    def trip(self) -> dict[str, Trip]:
        """Trips by id."""
        return _by_id(self.trips)

    @cached_property
    def person(self) -> dict[str, Person]:
        """Staff by id."""
        return _by_id(self.staff)

    @cached_property
    def need(self) -> dict[str, Need]:
        """Needs by id."""
        return _by_id(self.needs)

    @cached_property
    def lock(self) -> dict[str, Lock]:
        """Locks by id."""
        return _by_id(self.locks)


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    return {row.id: row for row in sorted(rows, key=lambda row: row.id)}  # type: ignore[attr-defined]
