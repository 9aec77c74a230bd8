"""Table `availability`: when people can work."""

from __future__ import annotations

from datetime import date
from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Availability(Row):
    """One statement of a person about days; where rows disagree the shorter range wins, then `no`."""

    table = "availability"
    zh = "可用时间"

    person: str = column(Kind.ID, "人员", "the person", required=True, refers_to=("staff",))
    from_: date = column(Kind.DATE, "从", "first day", required=True)
    to: date = column(Kind.DATE, "到", "last day", required=True)
    weekdays: tuple[int, ...] = column(Kind.WEEKDAYS, "星期", "weekdays, 1 = Monday", default=(), blank="all")
    shifts: tuple[str, ...] = column(
        Kind.IDS, "班次", "shifts", default=(), blank="all", refers_to=("shifts",)
    )
    status: Literal["yes", "no", "prefer", "avoid"] = column(
        Kind.CHOICE,
        "状态",
        "yes, no, prefer or avoid",
        required=True,
        options={
            "yes": ("可以", "是", "有空"),
            "no": ("不可以", "否", "没空"),
            "prefer": ("优先",),
            "avoid": ("尽量不",),
        },
    )
