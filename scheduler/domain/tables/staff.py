"""Table `staff`: teachers and volunteers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row

Role = Literal["homeroom", "specialist", "life", "volunteer", "site"]
ROLES = {
    "homeroom": ("班主任",),
    "specialist": ("专业老师", "专业教师", "任课老师"),
    "life": ("生活老师", "生活教师"),
    "volunteer": ("志愿者",),
    "site": ("场地负责", "场地负责人", "现场"),
}
DUTY_ROLES: tuple[Role, ...] = ("homeroom", "life", "volunteer", "site")


class Person(Row):
    """An adult (or a minor, who never counts) that works in the classes."""

    table = "staff"
    zh = "人员"

    id: str = column(Kind.ID, "编号", "unique id", required=True)
    name: str = column(Kind.TEXT, "姓名", "name as colleagues know it", required=True)
    kind: Literal["teacher", "volunteer"] = column(
        Kind.CHOICE,
        "类别",
        "teachers are available on open days unless they say no; volunteers only where they say yes",
        required=True,
        options={"teacher": ("教师", "老师"), "volunteer": ("志愿者",)},
    )
    roles: tuple[Role, ...] = column(
        Kind.CHOICES, "岗位", "posts the person can fill", required=True, options=ROLES
    )
    courses: tuple[str, ...] = column(
        Kind.IDS, "课程", "courses a specialist teaches", default=(), refers_to=("courses",)
    )
    birth_date: date | None = column(
        Kind.DATE,
        "出生日期",
        "date of birth; who is under 18 counts for no need, but may lead sessions",
        blank="adult",
    )
    gender: Literal["female", "male"] | None = column(
        Kind.CHOICE, "性别", "gender", options={"female": ("女", "f"), "male": ("男", "m")}
    )
    employer: str = column(Kind.TEXT, "单位", "employer", default="")
    provider: str = column(Kind.TEXT, "派出机构", "organisation that sends the person", default="")
    venues: tuple[str, ...] = column(
        Kind.IDS,
        "场地",
        "where the person works, whatever the distance",
        default=(),
        blank="anywhere within max_distance_km",
        refers_to=("venues",),
    )
    district: str = column(Kind.TEXT, "区", "where the person lives", default="")
    latitude: float | None = column(Kind.DECIMAL, "纬度", "of the home", unit="°", minimum=-90, maximum=90)
    longitude: float | None = column(Kind.DECIMAL, "经度", "of the home", unit="°", minimum=-180, maximum=180)
    max_distance_km: float | None = column(
        Kind.DECIMAL,
        "最大距离",
        "farthest venue where `venues` is blank",
        unit="km",
        blank="no limit",
        minimum=0,
    )
    max_shifts_per_day: int | None = column(
        Kind.INTEGER, "每天最多班次", "shifts a day", unit="shifts", blank="no limit", minimum=0, maximum=50
    )
    max_days_per_week: int | None = column(
        Kind.INTEGER, "每周最多天数", "days a week", unit="days", default=5, minimum=0, maximum=7
    )
    max_days: int | None = column(
        Kind.INTEGER, "全季最多天数", "days a season", unit="days", blank="no limit", minimum=0, maximum=400
    )
    min_days: int = column(
        Kind.INTEGER,
        "最少天数",
        "days needed, e.g. for a certificate",
        unit="days",
        default=0,
        minimum=0,
        maximum=400,
    )
    max_sessions_per_day: int | None = column(
        Kind.INTEGER, "每天最多课", "sessions a day", unit="sessions", blank="no limit", minimum=0, maximum=50
    )
    max_sessions_per_week: int | None = column(
        Kind.INTEGER,
        "每周最多课",
        "sessions a week",
        unit="sessions",
        blank="no limit",
        minimum=0,
        maximum=400,
    )
    cleared_until: date | None = column(
        Kind.DATE,
        "核查有效期",
        "background check valid to this day",
        blank="not cleared: never scheduled, listed",
    )
    qualifications: tuple[str, ...] = column(Kind.TEXTS, "资质", "e.g. first_aid", default=(), blank="none")
    volunteer_type: Literal["student", "model_worker", "community", "employee"] | None = column(
        Kind.CHOICE,
        "志愿者类型",
        "kind of volunteer",
        options={
            "student": ("学生", "大学生"),
            "model_worker": ("劳模",),
            "community": ("热心居民", "社区", "居民"),
            "employee": ("职工",),
        },
    )
    own_children: tuple[str, ...] = column(
        Kind.IDS, "自己的孩子", "own children among the enrolled", default=(), refers_to=("children",)
    )
    partners: tuple[str, ...] = column(
        Kind.IDS, "搭档", "people to be on duty with", default=(), refers_to=("staff",)
    )
    fee_per_shift: float | None = column(
        Kind.DECIMAL, "每班费用", "fee for one duty", unit="yuan", blank="none", minimum=0, maximum=1e6
    )
    fee_per_session: float | None = column(
        Kind.DECIMAL, "每课费用", "fee for one session", unit="yuan", blank="none", minimum=0, maximum=1e6
    )
