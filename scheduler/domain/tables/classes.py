"""Table `classes`: the classes that venues hold."""

from __future__ import annotations

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Class(Row):
    """A class at a venue, for some ages, in some weeks and shifts."""

    table = "classes"
    zh = "班级"
    required = True

    id: str = column(Kind.ID, "编号", "unique id; no venue may bear it too", required=True)
    name: str = column(Kind.TEXT, "名称", "name as families know it", required=True)
    venue: str = column(Kind.ID, "场地", "where it is held", required=True, refers_to=("venues",))
    room: str | None = column(Kind.ID, "教室", "its home room", refers_to=("rooms",), blank="none of its own")
    min_age: int | None = column(
        Kind.INTEGER, "最小年龄", "youngest, inclusive, on `age_on`", unit="years", minimum=0, maximum=30
    )
    max_age: int | None = column(
        Kind.INTEGER, "最大年龄", "oldest, inclusive, on `age_on`", unit="years", minimum=0, maximum=30
    )
    min_grade: int | None = column(Kind.GRADE, "最低年级", "lowest grade, inclusive", minimum=0, maximum=12)
    max_grade: int | None = column(Kind.GRADE, "最高年级", "highest grade, inclusive", minimum=0, maximum=12)
    min_children: int = column(
        Kind.INTEGER,
        "最少人数",
        "fewest children to run (optional classes) or not to be reported",
        unit="children",
        default=0,
        minimum=0,
        maximum=1000,
    )
    capacity: int = column(
        Kind.INTEGER,
        "容量",
        "most children at once",
        unit="children",
        required=True,
        minimum=0,
        maximum=1000,
        aliases=("人数上限", "名额"),
    )
    weeks: tuple[str, ...] = column(
        Kind.IDS, "周", "weeks it is offered", default=(), blank="all", refers_to=("weeks",)
    )
    shifts: tuple[str, ...] = column(
        Kind.IDS, "班次", "shifts it is held", default=(), blank="all", refers_to=("shifts",)
    )
    optional: bool = column(Kind.YES_NO, "可不开", "runs only with at least `min_children`", default=False)
