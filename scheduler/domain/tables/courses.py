"""Table `courses`: what the timetable can fill a class's periods with."""

from __future__ import annotations

from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Course(Row):
    """A course; its limits hold for each class."""

    table = "courses"
    zh = "课程"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    name: str = column(Kind.TEXT, "名称", "name as families know it", required=True)
    min_age: int | None = column(
        Kind.INTEGER, "最小年龄", "youngest child in the class that week", unit="years", minimum=0, maximum=30
    )
    max_age: int | None = column(
        Kind.INTEGER, "最大年龄", "oldest child in the class that week", unit="years", minimum=0, maximum=30
    )
    min_per_week: int = column(
        Kind.INTEGER,
        "每周最少",
        "sessions a week and class",
        unit="sessions",
        default=0,
        minimum=0,
        maximum=50,
    )
    max_per_week: int | None = column(
        Kind.INTEGER,
        "每周最多",
        "sessions a week and class",
        unit="sessions",
        default=1,
        minimum=0,
        maximum=50,
    )
    max_per_season: int | None = column(
        Kind.INTEGER,
        "全季最多",
        "sessions a season and class",
        unit="sessions",
        blank="no limit",
        minimum=0,
        maximum=1000,
    )
    length: int = column(
        Kind.INTEGER,
        "课时长",
        "consecutive course periods of one shift",
        unit="periods",
        default=1,
        minimum=1,
        maximum=10,
    )
    room_feature: str = column(
        Kind.TEXT, "所需设施", "what its room must offer", default="", blank="any room"
    )
    kits: int | None = column(
        Kind.INTEGER,
        "教具套数",
        "sessions at the same time over all venues",
        unit="sessions",
        blank="no limit",
        minimum=0,
        maximum=10000,
    )
    joint: int | None = column(
        Kind.INTEGER,
        "合班人数",
        "children of one venue that may share a session",
        unit="children",
        blank="never shared",
        minimum=0,
        maximum=10000,
    )
    teacher: bool = column(Kind.YES_NO, "需专业老师", "no: led by whoever is on duty", default=True)
    energy: Literal["active", "quiet"] | None = column(
        Kind.CHOICE, "动静", "active or quiet", options={"active": ("动", "活跃"), "quiet": ("静", "安静")}
    )
    after: str | None = column(
        Kind.ID, "先修", "a course the class must have had on an earlier day", refers_to=("courses",)
    )
    provider: str = column(Kind.TEXT, "提供方", "who offers it", default="")
