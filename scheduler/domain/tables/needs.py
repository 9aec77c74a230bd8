"""Table `needs`: how many adults a running class, a trip or a venue asks for."""

from __future__ import annotations

from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row
from scheduler.domain.tables.staff import ROLES, Role


class Need(Row):
    """One need; it applies to a running class by the age of its youngest child placed that week."""

    table = "needs"
    zh = "岗位需求"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    role: Role | None = column(Kind.CHOICE, "岗位", "role asked for", blank="any", options=ROLES)
    setting: Literal["class", "trip", "venue"] = column(
        Kind.CHOICE,
        "场合",
        "class; trip (instead of class in the shifts the class is away); venue (where a class runs)",
        default="class",
        options={"class": ("班级",), "trip": ("外出",), "venue": ("场地",)},
    )
    shifts: tuple[str, ...] = column(
        Kind.IDS, "班次", "shifts", default=(), blank="all", refers_to=("shifts",)
    )
    min_age: int | None = column(
        Kind.INTEGER, "最小年龄", "of the youngest child placed", unit="years", minimum=0, maximum=30
    )
    max_age: int | None = column(
        Kind.INTEGER, "最大年龄", "of the youngest child placed", unit="years", minimum=0, maximum=30
    )
    per_class: int | None = column(
        Kind.INTEGER, "每班人数", "adults for each class (or venue)", unit="adults", minimum=0, maximum=1000
    )
    children_per_adult: float | None = column(
        Kind.DECIMAL,
        "师生比",
        "children for one adult, rounded up",
        unit="children",
        minimum=0.1,
        maximum=1000,
    )
    counts: tuple[Role, ...] = column(
        Kind.CHOICES,
        "计入岗位",
        "roles that count towards children_per_adult",
        default=(),
        blank="all",
        options=ROLES,
    )
    qualification: str = column(
        Kind.TEXT, "资质", "at least one adult on duty has it", default="", blank="none"
    )
    strength: Literal["must", "soft"] = column(
        Kind.CHOICE,
        "强度",
        "must gaps are minimised first and marked",
        default="soft",
        options={"must": ("必须",), "soft": ("尽量",)},
    )
