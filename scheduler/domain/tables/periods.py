"""Table `periods`: the periods of a day, each inside one shift."""

from __future__ import annotations

from datetime import time
from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Period(Row):
    """One period of every open day."""

    table = "periods"
    zh = "时段"
    required = True

    id: str = column(Kind.ID, "编号", "unique id, e.g. P1", required=True)
    start: time = column(Kind.TIME, "开始", "first minute", required=True)
    end: time = column(Kind.TIME, "结束", "last minute", required=True)
    shift: str = column(Kind.ID, "班次", "the shift it lies in", required=True, refers_to=("shifts",))
    kind: Literal["course", "care"] = column(
        Kind.CHOICE,
        "类型",
        "course: the timetable fills it; care: arrival, lunch, nap, pick-up",
        default="course",
        options={"course": ("课程", "上课"), "care": ("看护", "照护")},
    )
