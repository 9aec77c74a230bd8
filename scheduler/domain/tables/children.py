"""Table `children`: the children enrolled, and what their families want."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row

Stay = Literal["steady", "whole", "weeks"]
Siblings = Literal["must", "prefer", "indifferent"]


class Child(Row):
    """A child enrolled for the season."""

    table = "children"
    zh = "儿童"
    required = True

    id: str = column(Kind.ID, "编号", "unique id; part of the draw", required=True)
    name: str = column(Kind.TEXT, "姓名", "the child's name", required=True)
    gender: Literal["girl", "boy"] | None = column(
        Kind.CHOICE,
        "性别",
        "for balance between parallel classes",
        options={"girl": ("女", "f", "female"), "boy": ("男", "m", "male")},
    )
    birth_date: date | None = column(
        Kind.DATE, "出生日期", "date of birth", blank="needed where a class asks for an age"
    )
    grade: int | None = column(
        Kind.GRADE,
        "年级",
        "grade in school",
        blank="needed where a class asks for one",
        minimum=0,
        maximum=12,
    )
    family: str = column(Kind.ID, "家庭", "children of one family share this", default="", blank="none")
    employer: tuple[str, ...] = column(
        Kind.TEXTS, "家长单位", "the guardians' employers", default=(), blank="none"
    )
    priority: str | None = column(
        Kind.ID, "优先类别", "its priority", refers_to=("priorities",), blank="the last rank"
    )
    weeks: tuple[str, ...] = column(
        Kind.IDS, "周", "weeks wanted", default=(), blank="all", refers_to=("weeks",)
    )
    choices: tuple[str, ...] = column(
        Kind.IDS,
        "志愿",
        "venues and classes, best first",
        default=(),
        blank="any fitting class within `max_distance_km`",
        refers_to=("venues", "classes"),
    )
    stay: Stay = column(
        Kind.CHOICE,
        "连续",
        "steady: one venue, as many weeks as can be had; whole: one venue, all weeks or none; "
        "weeks: each week on its own",
        default="steady",
        options={"steady": ("固定",), "whole": ("全程",), "weeks": ("按周",)},
    )
    siblings: Siblings = column(
        Kind.CHOICE,
        "兄弟姐妹",
        "whether children of one family are to be at one venue; the strictest of a family holds",
        default="prefer",
        options={"must": ("必须",), "prefer": ("希望",), "indifferent": ("无所谓", "不限")},
    )
    friends: tuple[str, ...] = column(
        Kind.IDS,
        "好友",
        "children it wants to be with; counts when mutual",
        default=(),
        refers_to=("children",),
    )
    apart: tuple[str, ...] = column(
        Kind.IDS, "回避", "children never in one class with it", default=(), refers_to=("children",)
    )
    interests: tuple[str, ...] = column(
        Kind.IDS, "兴趣", "courses it would like", default=(), refers_to=("courses",)
    )
    needs: tuple[str, ...] = column(
        Kind.TEXTS, "特殊需要", "e.g. aide: one adult more in its class", default=()
    )
    allergies: str = column(Kind.TEXT, "过敏", "what it must not meet", default="")
    medical: str = column(Kind.TEXT, "健康备注", "what the venue must know", default="")
    guardian: str = column(Kind.TEXT, "监护人", "guardian's name", default="")
    phone: str = column(Kind.TEXT, "电话", "guardian's phone", default="")
    pickup: str = column(Kind.TEXT, "接送人", "who may fetch it", default="")
    district: str = column(Kind.TEXT, "区", "where it lives", default="")
    latitude: float | None = column(Kind.DECIMAL, "纬度", "of the home", unit="°", minimum=-90, maximum=90)
    longitude: float | None = column(Kind.DECIMAL, "经度", "of the home", unit="°", minimum=-180, maximum=180)
    submitted_at: datetime | None = column(
        Kind.MOMENT, "提交时间", "when the family enrolled", blank="in time"
    )
    status: Literal["enrolled", "withdrawn"] = column(
        Kind.CHOICE,
        "状态",
        "withdrawn children are listed, not processed",
        default="enrolled",
        options={"enrolled": ("报名", "已报名"), "withdrawn": ("退出", "已退出")},
    )
    consent: bool = column(
        Kind.YES_NO,
        "同意",
        "guardian's consent to process the data; else listed only",
        required=True,
        default=False,
        blank="no",
        aliases=("知情同意",),
    )
