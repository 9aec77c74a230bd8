"""Table `trips`: outings of classes by bus."""

from __future__ import annotations

from datetime import date

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Trip(Row):
    """A trip; the class is away for its shifts, leaving from and returning to its venue."""

    table = "trips"
    zh = "外出"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    name: str = column(Kind.TEXT, "名称", "name as families know it", required=True)
    destination: str = column(Kind.TEXT, "目的地", "where it goes", default="")
    dates: tuple[date, ...] = column(Kind.DATES, "日期", "days on which it is offered", required=True)
    shifts: tuple[str, ...] = column(
        Kind.IDS, "班次", "shifts for which the class is away", required=True, refers_to=("shifts",)
    )
    children_per_day: int | None = column(
        Kind.INTEGER,
        "每日人数",
        "children on one day",
        unit="children",
        blank="no limit",
        minimum=0,
        maximum=100000,
    )
    buses: int | None = column(
        Kind.INTEGER,
        "车辆数",
        "buses on one day",
        unit="buses",
        blank="no buses needed",
        minimum=0,
        maximum=1000,
    )
    seats_per_bus: int | None = column(
        Kind.INTEGER, "每车座位", "seats of one bus", unit="seats", blank="no limit", minimum=1, maximum=200
    )
    min_age: int | None = column(
        Kind.INTEGER, "最小年龄", "youngest child in the class that week", unit="years", minimum=0, maximum=30
    )
    max_age: int | None = column(
        Kind.INTEGER, "最大年龄", "oldest child in the class that week", unit="years", minimum=0, maximum=30
    )
    children_per_adult: float | None = column(
        Kind.DECIMAL,
        "师生比",
        "children for one adult, a need `trip:<id>`",
        unit="children",
        minimum=0.1,
        maximum=1000,
    )
    times_per_class: int = column(
        Kind.INTEGER,
        "每班次数",
        "how often each class goes, if it can",
        unit="trips",
        default=1,
        minimum=0,
        maximum=100,
    )
