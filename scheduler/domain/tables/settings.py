"""Table `settings`: one key and value a row, and the season's settings they make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row

Policy = Literal["fair", "seats"]
Ties = Literal["places", "draw"]


class SettingRow(Row):
    """One setting."""

    table = "settings"
    zh = "设置"

    key: str = column(Kind.TEXT, "项目", "name of the setting", required=True)
    value: str = column(Kind.TEXT, "值", "its value", required=True)


class Settings(BaseModel):
    """The season's settings, typed; keys `weight.<rule>` and `<rule>.<parameter>` are kept for the rules."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    season: str = column(Kind.TEXT, "季节", "name of the season; part of every draw", default="")
    timezone: str = column(Kind.TEXT, "时区", "IANA time zone of all times", default="Asia/Shanghai")
    language: Literal["zh", "en"] | None = column(
        Kind.CHOICE,
        "语言",
        "language of the outputs",
        blank="the headings' language",
        options={"zh": ("中文",), "en": ("英文",)},
    )
    policy: Policy = column(
        Kind.CHOICE,
        "分配原则",
        "fair: nobody has a justified claim; seats: most places whatever the claims",
        default="fair",
        options={"fair": ("公平",), "seats": ("名额优先",)},
    )
    ties: Ties = column(
        Kind.CHOICE,
        "同等排位",
        "places: equal standing is equal; draw: the draw orders equals",
        default="places",
        options={"places": ("并列",), "draw": ("抽签",)},
    )
    lottery_seed: str = column(Kind.TEXT, "抽签种子", "seed of the draw", default="0")
    deadline: datetime | None = column(
        Kind.MOMENT, "报名截止", "later submissions stand last in their rank", blank="no deadline"
    )
    age_on: date | None = column(
        Kind.DATE, "年龄基准日", "day on which ages are reckoned", blank="first open day of the season"
    )
    max_distance_km: float | None = column(
        Kind.DECIMAL,
        "最大距离",
        "farthest venue for a child without choices",
        unit="km",
        blank="no limit",
        minimum=0,
    )
    coordinates: Literal["wgs84", "gcj02", "bd09"] = column(
        Kind.CHOICE,
        "坐标系",
        "coordinate system of all latitudes and longitudes",
        default="wgs84",
        options={"wgs84": (), "gcj02": ("高德", "火星坐标"), "bd09": ("百度",)},
    )
    travel_kmh: float = column(
        Kind.DECIMAL, "行进速度", "speed between venues", unit="km/h", default=20.0, minimum=0.1, maximum=1000
    )
    travel_fixed_minutes: float = column(
        Kind.DECIMAL,
        "行程固定分钟",
        "minutes that every way between venues takes in any case",
        unit="min",
        default=10.0,
        minimum=0,
        maximum=1440,
    )
    points_missing: Literal["refuse", "rank", "last"] = column(
        Kind.CHOICE,
        "缺积分时",
        "what children without points are where others have them: a problem, by rank behind, or last",
        default="refuse",
        options={"refuse": ("拒绝",), "rank": ("按优先级",), "last": ("最后",)},
    )
    staff_reserve: bool = column(
        Kind.YES_NO,
        "按人手开班",
        "withhold class-weeks that the adults cannot carry: they offer no seat; see `staff_reserve.share`",
        default=True,
    )
    weights: Mapping[str, float] = Field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
