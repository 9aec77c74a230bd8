"""Table `rooms`: the rooms of the venues."""

from __future__ import annotations

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Room(Row):
    """A room of a venue."""

    table = "rooms"
    zh = "教室"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    venue: str = column(Kind.ID, "场地", "the venue it is in", required=True, refers_to=("venues",))
    name: str = column(Kind.TEXT, "名称", "name on the door", default="")
    capacity: int | None = column(
        Kind.INTEGER,
        "容量",
        "children it holds",
        unit="children",
        blank="no limit",
        minimum=0,
        maximum=100000,
    )
    features: tuple[str, ...] = column(Kind.TEXTS, "设施", "what it offers, e.g. stage", default=())
