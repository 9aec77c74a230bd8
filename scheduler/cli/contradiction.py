"""A contradiction in the coordinator's words: the rows that cannot all hold, and what to do."""

from __future__ import annotations

from scheduler.cli.console import Console
from scheduler.domain.columns import Column, columns_of, heading
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Row
from scheduler.solver import Contradiction
from scheduler.variables.model import Because

TOLD = {
    "children": ("grade", "employer", "family", "siblings", "apart", "stay", "weeks", "choices"),
    "classes": (
        *("venue", "room", "min_age", "max_age", "min_grade", "max_grade"),
        *("min_children", "capacity", "optional", "weeks", "shifts"),
    ),
    "venues": ("capacity", "only_for"),
    "rooms": ("venue", "capacity", "features"),
    "courses": (
        "min_age",
        "max_age",
        "max_per_week",
        "max_per_season",
        "length",
        "room_feature",
        "kits",
        "joint",
        "after",
    ),
    "trips": (
        *("dates", "shifts", "min_age", "max_age"),
        *("children_per_day", "buses", "seats_per_bus", "times_per_class"),
    ),
    "staff": (
        "roles",
        "courses",
        "venues",
        "max_shifts_per_day",
        "max_days_per_week",
        "max_days",
        "cleared_until",
    ),
    "closures": ("venue", "room", "class_", "from_", "to", "shifts", "reason"),
    "locks": (
        *("kind", "child", "person", "class_", "week", "date", "shift", "period", "course", "trip", "role"),
        *("reason", "owner"),
    ),
}
"""What of a row can contradict another; never a name."""


def tell(console: Console, scenario: Scenario, error: Contradiction) -> None:
    """Say on stderr which rows cannot all hold."""
    stage = console.words(f"stage.{error.stage}")
    console.note("contradiction" if error.rows else "contradiction_bare", stage=stage)
    for because in error.rows:
        console.note("contradiction_row", **_told(scenario, because, chinese=console.words.language == "zh"))
    console.note("contradiction_next")


def _told(scenario: Scenario, because: Because, *, chinese: bool) -> dict[str, object]:
    row = next((row for row in _rows(scenario, because) if getattr(row, "id", None) == because.id), None)
    source = row.source if row else None
    return {
        "file": source.file if source else "",
        "sheet": source.sheet if source else because.table,
        "row": source.row if source else "-",
        "what": f"{because.id} {_fields(row, because.table, chinese=chinese)}".rstrip(),
    }


def _rows(scenario: Scenario, because: Because) -> tuple[Row, ...]:
    return tuple(getattr(scenario, because.table, ()))


def _fields(row: Row | None, table: str, *, chinese: bool) -> str:
    """What a row says, in the words its table may be written in."""
    if row is None:
        return ""
    values, columns = row.model_dump(mode="json"), columns_of(type(row))
    told = []
    for name in TOLD.get(table, ()):
        if values[name] not in (None, "", [], False):
            title = columns[name].zh if chinese else heading(name)
            told.append(f"{title}={_shown(columns[name], values[name], chinese=chinese)}")
    return ", ".join(told)


def _shown(column: Column, value: object, *, chinese: bool) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(column, item, chinese=chinese) for item in value)
    if value is True:
        return "是" if chinese else "yes"
    words = column.options.get(str(value), ()) if chinese else ()
    return words[0] if words else str(value)
