"""Table `days`: every day of the season."""

from __future__ import annotations

from datetime import date as Date

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Day(Row):
    """One day of the season; a closed day holds nothing."""

    table = "days"
    zh = "日期"
    required = True

    date: Date = column(Kind.DATE, "日期", "the day", required=True)
    week: str = column(Kind.ID, "周", "name of the week it belongs to", required=True, aliases=("周次",))
    open: bool = column(Kind.YES_NO, "开放", "whether classes are held", default=True)
    note: str = column(Kind.TEXT, "备注", "shown beside the day", default="")
