"""The use of rooms as sheets."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.exporters.layouts.shared import timetable, week_name
from scheduler.exporters.sheets import Sheet
from scheduler.exporters.views.rooms import RoomWeek
from scheduler.exporters.words import Words


def room_use(words: Words, rooms: Iterable[RoomWeek], *, open: bool = True, venue: str = "") -> Sheet:
    """A grid for each shared room and week."""
    tables = tuple(timetable(words, room_caption(words, row, venue), row.programme) for row in rooms)
    name, note = words("rooms.name"), words("rooms.note")
    return Sheet("rooms", name, tables, "pages", note, open=open, nothing=words("rooms.none"))


def room_caption(words: Words, row: RoomWeek, venue: str = "") -> str:
    """A room's name, its week, and how much of it is used."""
    return words.joined(
        venue,
        words(
            "rooms.caption",
            room=row.room,
            week=week_name(words, row.week),
            days=words.days(row.first, row.last),
            used=row.used,
            periods=row.periods,
        ),
    )
