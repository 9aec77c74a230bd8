"""A contradiction in the coordinator's words: the rows that cannot all hold, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.cli.conflict_facts import Facts
from scheduler.cli.conflict_words import sentence
from scheduler.cli.console import Console
from scheduler.domain.columns import Column, columns_of, heading
from scheduler.domain.row_names import row_name
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock, Person, Row
from scheduler.locale import Catalogue
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
        "kind",
        "roles",
        "courses",
        "venues",
        "max_shifts_per_day",
        "max_days_per_week",
        "max_days",
        "cleared_until",
    ),
    "availability": ("from_", "to", "weekdays", "shifts", "status"),
    "closures": ("venue", "room", "class_", "from_", "to", "shifts", "reason"),
    "locks": (
        *("kind", "child", "person", "class_", "week", "date", "shift", "period", "course", "trip", "role"),
        *("reason", "owner"),
    ),
}
"""What of a row can contradict another; never a name."""

WORKED = ("duty", "no_duty", "session", "no_session", "trip", "no_trip")
"""Kinds of locks on the timetable and the roster."""


def tell(console: Console, scenario: Scenario, error: Contradiction) -> None:
    """Say on stderr which rows cannot all hold, what each of them says, and where."""
    console.note(_opening(error), stage=console.words(f"stage.{error.stage}"))
    for told in _told(console, scenario, error):
        cell = told["cell"]
        place = console.words("cli.problem_row", row=cell) if cell.isdigit() else cell
        console.note("contradiction_row", **{**told, "cell": place})
    console.note("contradiction_next")


def contradiction_json(console: Console, scenario: Scenario, error: Contradiction) -> dict[str, Any]:
    """The same for programs: the stage, a sentence, and the rows with their places."""
    title = console.words(f"cli.{_opening(error)}", stage=console.words(f"stage.{error.stage}"))
    rows = list(_told(console, scenario, error))
    return {"contradiction": {"stage": error.stage, "title": title, "rows": rows}}


def _told(console: Console, scenario: Scenario, error: Contradiction) -> Iterator[dict[str, str]]:
    """Every row that cannot hold beside the others: `file`, `sheet`, `cell` and `what` it says."""
    rows = {because: _row(scenario, because) for because in error.rows}
    facts = Facts(scenario, tuple(row for row in rows.values() if row is not None))
    for because, row in rows.items():
        told = facts.of(row) if row is not None and error.stage == "placement" else ()
        for fact in told:
            yield _placed(because, row, fact.column, sentence(console.words, fact, row))
        if not told:
            yield _placed(because, row, *_plainly(console.words, because, row))
        if isinstance(row, Person):
            yield from _offered(console.words, scenario, row)


def _offered(words: Catalogue, scenario: Scenario, person: Person) -> Iterator[dict[str, str]]:
    """What somebody says of their days: no row is to blame alone, yet it may be why they cannot come."""
    for row in scenario.availability:
        if row.person == person.id:
            told = words("conflict.row", id=person.id, fields=_fields(row, "availability", words))
            yield _placed(Because("availability", person.id), row, "from_", told)


def _opening(error: Contradiction) -> str:
    """The sentence before the rows; a row of a later stage may have nothing but facts against it."""
    if not error.rows:
        return "contradiction_bare"
    alone = len(error.rows) == 1 and error.stage != "placement"
    return "contradiction_alone" if alone else "contradiction"


def _placed(because: Because, row: Row | None, column: str, what: str) -> dict[str, str]:
    source = row.source if row else None
    where = {"file": source.file, "sheet": source.sheet, "cell": source.cell(column)} if source else {}
    return {"file": "", "sheet": because.table, "cell": "-", **where, "what": what}


def _row(scenario: Scenario, because: Because) -> Row | None:
    rows: tuple[Row, ...] = getattr(scenario, because.table, ())
    return next((row for row in rows if row_name(row) == because.id), None)


def _plainly(words: Catalogue, because: Because, row: Row | None) -> tuple[str, str]:
    """The column to look at, and what a lock decides, or else what the row says."""
    if isinstance(row, Lock) and row.kind in WORKED:
        fields = _fields(row, "locks", words, but=("kind",))
        return "kind", words(f"conflict.lock_{row.kind}", id=row.id, fields=fields)
    fields = _fields(row, because.table, words)
    return "", words("conflict.row" if fields else "conflict.row_bare", id=because.id, fields=fields)


def _fields(row: Row | None, table: str, words: Catalogue, but: tuple[str, ...] = ()) -> str:
    """What a row says, in the words its table may be written in."""
    if row is None:
        return ""
    chinese = words.language == "zh"
    values, columns = row.model_dump(mode="json"), columns_of(type(row))
    told = []
    for name in TOLD.get(table, ()):
        if name not in but and values[name] not in (None, "", [], False):
            title = columns[name].zh if chinese else heading(name)
            value = _shown(columns[name], values[name], chinese=chinese)
            told.append(words("conflict.field", title=title, value=value))
    return words("conflict.semicolon").join(told)


def _shown(column: Column, value: object, *, chinese: bool) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(column, item, chinese=chinese) for item in value)
    if value is True:
        return "是" if chinese else "yes"
    words = column.options.get(str(value), ()) if chinese else ()
    return words[0] if words else str(value)
