"""Table `locks`: decisions made by hand that every solve keeps."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row
from scheduler.domain.tables.staff import ROLES, Role

LockKind = Literal[
    "place", "keep_out", "open", "close", "duty", "no_duty", "session", "no_session", "trip", "no_trip"
]


class Lock(Row):
    """A decision made by hand; a blank field means every one."""

    table = "locks"
    zh = "锁定"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    kind: LockKind = column(
        Kind.CHOICE,
        "类型",
        "what is locked",
        required=True,
        options={
            "place": ("安排",),
            "keep_out": ("不安排",),
            "open": ("开班",),
            "close": ("不开班",),
            "duty": ("值班",),
            "no_duty": ("不值班",),
            "session": ("上课",),
            "no_session": ("不上课",),
            "trip": ("外出",),
            "no_trip": ("不外出",),
        },
    )
    child: str | None = column(Kind.ID, "儿童", "the child", refers_to=("children",), blank="every one")
    person: str | None = column(Kind.ID, "人员", "the person", refers_to=("staff",), blank="every one")
    class_: str | None = column(Kind.ID, "班级", "the class", refers_to=("classes",), blank="every one")
    week: str | None = column(Kind.ID, "周", "the week", refers_to=("weeks",), blank="every one")
    date: Date | None = column(Kind.DATE, "日期", "the day", blank="every one")
    shift: str | None = column(Kind.ID, "班次", "the shift", refers_to=("shifts",), blank="every one")
    period: str | None = column(
        Kind.ID, "时段", "the first period", refers_to=("periods",), blank="every one"
    )
    course: str | None = column(Kind.ID, "课程", "the course", refers_to=("courses",), blank="every one")
    trip: str | None = column(Kind.ID, "外出", "the trip", refers_to=("trips",), blank="every one")
    role: Role | None = column(Kind.CHOICE, "岗位", "the role", options=ROLES, blank="every one")
    reason: str = column(Kind.TEXT, "理由", "why", default="")
    owner: str = column(Kind.TEXT, "负责人", "who decided", default="")
