"""Table `venues`: where classes are held."""

from __future__ import annotations

from typing import Literal

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Venue(Row):
    """A place that holds classes."""

    table = "venues"
    zh = "场地"
    required = True

    id: str = column(Kind.ID, "编号", "unique id; no class may bear it too", required=True)
    name: str = column(Kind.TEXT, "名称", "name as families know it", required=True)
    mode: Literal["employer", "community", "joint"] = column(
        Kind.CHOICE,
        "方式",
        "who runs it",
        required=True,
        options={
            "employer": ("单位", "单位自办", "用人单位"),
            "community": ("社区", "社区办"),
            "joint": ("联合", "联合办"),
        },
    )
    operator: str = column(Kind.TEXT, "承办方", "who answers for running and safety", default="")
    district: str = column(Kind.TEXT, "区", "district", default="")
    address: str = column(Kind.TEXT, "地址", "street address", default="")
    latitude: float | None = column(Kind.DECIMAL, "纬度", "latitude", unit="°", minimum=-90, maximum=90)
    longitude: float | None = column(Kind.DECIMAL, "经度", "longitude", unit="°", minimum=-180, maximum=180)
    capacity: int | None = column(
        Kind.INTEGER,
        "容量",
        "children at once over all its classes",
        unit="children",
        blank="no limit",
        minimum=0,
        maximum=100000,
    )
    contact: str = column(Kind.TEXT, "联系人", "who to ask for", default="")
    phone: str = column(Kind.TEXT, "电话", "venue's phone", default="")
    reserved_for: tuple[str, ...] = column(
        Kind.TEXTS, "优先单位", "employers whose children stand first here", default=()
    )
    only_for: tuple[str, ...] = column(
        Kind.TEXTS, "仅限单位", "only these employers' children may attend", default=(), blank="everybody"
    )
