"""Table `shifts`: the stretches of a day that adults are on duty for."""

from __future__ import annotations

from datetime import time

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Shift(Row):
    """One shift of every open day, e.g. AM 08:00-12:00."""

    table = "shifts"
    zh = "班次"
    required = True

    id: str = column(Kind.ID, "编号", "unique id, e.g. AM", required=True)
    start: time = column(Kind.TIME, "开始", "first minute", required=True)
    end: time = column(Kind.TIME, "结束", "last minute", required=True)
