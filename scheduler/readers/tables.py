"""From a sheet to the rows of its table: every cell parsed, every problem collected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.book import Sheet, Source
from scheduler.domain.columns import Column, columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.cells import Noted, read_cell, written
from scheduler.readers.dates import Bad
from scheduler.readers.headers import folded, read_headings
from scheduler.readers.skipped import is_blank, is_note, is_total

PERSONAL = frozenset(("name", "guardian", "phone", "pickup", "medical", "allergies"))
"""Columns of `children` whose values no message repeats."""

KEYS: dict[str, tuple[str, ...]] = {"days": ("date",), "points": ("child", "venue"), "settings": ("key",)}
"""What makes a row the same row in tables without an id."""

LONGEST_SHOWN = 60


@dataclass
class RawRow:
    """A row whose cells are parsed and whose references are not yet resolved."""

    model: type[Row]
    source: Source
    values: dict[str, Any]
    is_whole: bool = True

    def problem(
        self, column: str, id: str, value: object = "", *, blocking: bool = True, **parameters: object
    ) -> Problem:
        """A problem of one of its cells; the value is kept back where it is a child's own."""
        shown = "" if self.model.table == "children" and column in PERSONAL else shortened(value)
        told = {"table": self.model.table, **parameters}
        return Problem.at(self.source, column, id, shown, blocking=blocking, **told)

    def refuse(self, column: str, id: str, value: object = "", **parameters: object) -> Problem:
        """The same, of a cell that keeps the row from being used."""
        self.is_whole = False
        return self.problem(column, id, value, blocking=True, **parameters)


@dataclass
class RawTable:
    """The rows of one table."""

    model: type[Row]
    sheet: Sheet
    rows: list[RawRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = ()


def shortened(value: object) -> str:
    """A cell's value as a message shows it."""
    text = " ".join(written(value).split()) if value is not None else ""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def read_table(model: type[Row], sheet: Sheet) -> RawTable:
    """The rows of a sheet of a known table."""
    table = RawTable(model, sheet)
    if not sheet.header:
        return table
    headings = read_headings(model, sheet.header, sheet.file, sheet.name, sheet.header_row)
    table.languages = headings.languages
    table.problems += headings.problems
    columns = columns_of(model)
    is_whole = not any(c.must_be_filled and name not in headings.columns for name, c in columns.items())
    for number, cells in sheet.rows:
        if number <= sheet.header_row or all(is_blank(cell) for cell in cells):
            continue
        if is_total(cells) or is_note(cells):
            id = "total_skipped" if is_total(cells) else "note_skipped"
            table.problems.append(Problem(id, sheet.file, sheet.name, str(number), blocking=False))
        elif any(not is_blank(cells[i]) for i in headings.fields):
            row = RawRow(model, Source(sheet.file, sheet.name, number, headings.columns), {}, is_whole)
            for i, name in headings.fields.items():
                _read_cell(table, row, name, columns[name], cells[i])
            table.rows.append(row)
    return table


def _read_cell(table: RawTable, row: RawRow, name: str, column: Column, cell: object) -> None:
    if is_blank(cell):
        if column.must_be_filled:
            table.problems.append(row.refuse(name, "cell_missing", heading=heading(name), zh=column.zh))
        return
    found = read_cell(cell, column, name)
    if isinstance(found, Bad):
        table.problems.append(row.refuse(name, found.id, cell, **found.parameters))
    elif isinstance(found, Noted):
        row.values[name] = found.value
        warning = row.problem(name, found.id, cell, blocking=False, **found.parameters)
        table.problems.append(warning)
    else:
        row.values[name] = found


def key_of_row(row: RawRow) -> tuple[object, ...] | None:
    """What a row must not share with another of its table; None where rows may be alike."""
    names = KEYS.get(row.model.table, ("id",))
    values = [row.values.get(name) for name in names]
    if any(value is None for value in values):
        return None
    return tuple(key_of_id(value) if isinstance(value, str) else value for value in values)


def key_of_id(text: str) -> str:
    """An id for comparison: without case, and without the zeros before a number."""
    key = folded(text)
    return key.lstrip("0") or "0" if key.isdigit() else key


def without_duplicates(table: RawTable) -> None:
    """Keep the first of rows with one key: with a warning where all is the same, else they are refused."""
    first: dict[tuple[object, ...], RawRow] = {}
    kept: list[RawRow] = []
    for row in table.rows:
        key = key_of_row(row)
        before = first.get(key) if key is not None else None
        if key is None or before is None:
            if key is not None:
                first[key] = row
            kept.append(row)
        else:
            table.problems.append(_duplicate(row, before, chinese=_is_chinese(table)))
    table.rows = kept


def _is_chinese(table: RawTable) -> bool:
    return 2 * table.languages.count("zh") > len(table.languages)


def _duplicate(row: RawRow, before: RawRow, *, chinese: bool) -> Problem:
    names = KEYS.get(row.model.table, ("id",))
    value = ", ".join(written(row.values[name]) for name in names)
    other: dict[str, Any] = {"other": before.source.row, "other_cell": before.source.cell(names[0])}
    if row.values == before.values:
        return row.problem(names[0], "same_row_twice", value, blocking=False, **other)
    if any(row.values[name] != before.values[name] for name in names):
        was = ", ".join(written(before.values[name]) for name in names)
        return row.problem(names[0], "id_near_duplicate", value, near=was, **other)
    differing = [
        column.zh if chinese else heading(name)
        for name, column in columns_of(row.model).items()
        if row.values.get(name) != before.values.get(name)
    ]
    id = "duplicate" if names == ("id",) else "duplicate_key"
    return row.problem(names[0], id, value, differing=", ".join(differing), **other)


def rows_of(tables: Iterable[RawTable]) -> dict[str, list[RawRow]]:
    """The rows by table."""
    return {table.model.table: table.rows for table in tables}
