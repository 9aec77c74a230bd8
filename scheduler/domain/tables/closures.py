"""Table `closures`: when nothing takes place at a venue, in a room or in a class."""

from __future__ import annotations

from datetime import date

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Closure(Row):
    """A range of days on which nothing takes place there; all three places blank: everywhere."""

    table = "closures"
    zh = "停用"

    venue: str | None = column(Kind.ID, "场地", "the venue", refers_to=("venues",), blank="any")
    room: str | None = column(Kind.ID, "教室", "the room", refers_to=("rooms",), blank="any")
    class_: str | None = column(Kind.ID, "班级", "the class", refers_to=("classes",), blank="any")
    from_: date = column(Kind.DATE, "从", "first day", required=True)
    to: date = column(Kind.DATE, "到", "last day", required=True)
    shifts: tuple[str, ...] = column(
        Kind.IDS, "班次", "shifts", default=(), blank="all", refers_to=("shifts",)
    )
    reason: str = column(Kind.TEXT, "原因", "shown in reports", default="")
