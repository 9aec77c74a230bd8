"""Table `priorities`: who stands before whom."""

from __future__ import annotations

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Priority(Row):
    """A priority with its rank; 1 stands first."""

    table = "priorities"
    zh = "优先级"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    name: str = column(Kind.TEXT, "名称", "e.g. single parent", required=True)
    rank: int = column(Kind.INTEGER, "级别", "1 stands first", required=True, minimum=1, maximum=1000)
