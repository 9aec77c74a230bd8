"""What a row is called where it must be named: its id, or what tells it apart where it has none."""

from __future__ import annotations

from scheduler.domain.tables import Closure, Day, Row


def row_name(row: Row) -> str:
    """The id of a row; a day's date, a closure's place, days and shifts."""
    if isinstance(row, Day):
        return row.date.isoformat()
    if isinstance(row, Closure):
        places = (row.class_, row.room, row.venue)
        place = next((place for place in places if place), "*")
        return "/".join((place, row.from_.isoformat(), row.to.isoformat(), *row.shifts))
    return str(getattr(row, "id", ""))
