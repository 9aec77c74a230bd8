"""From the cells of a sheet to a `Sheet` with its headings found, whatever file the cells came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.book import Sheet, letters
from scheduler.domain.problems import Problem
from scheduler.readers.headers import header_position, key_of, table_like, table_named
from scheduler.readers.skipped import is_blank

MOST_COLUMNS = 500
"""More columns than this are a slip of the hand far to the right, not a table."""

_GUIDES = frozenset(
    ("说明", "填写说明", "使用说明", "readme", "guide", "help", "instructions", "notes", "lists")
)

Rows = list[tuple[int, list[object]]]


@dataclass
class Grid:
    """The cells of one sheet: rows that hold anything, by number, each cut behind its last filled cell."""

    name: str
    file: str
    rows: Rows
    is_hidden: bool = False


def filled_rows(rows: Iterable[Sequence[object]]) -> Rows:
    """The rows that hold anything with their 1-based numbers, without the empty cells at their ends."""
    found: Rows = []
    for number, row in enumerate(rows, 1):
        width = len(row)
        while width and is_blank(row[width - 1]):
            width -= 1
        if width:
            found.append((number, list(row[:width])))
    return found


def too_wide(grid: Grid) -> Problem | None:
    """The problem of a cell far to the right of any table."""
    number, row = max(grid.rows, key=lambda pair: len(pair[1]), default=(0, []))
    if len(row) <= MOST_COLUMNS:
        return None
    return Problem("sheet_too_wide", grid.file, grid.name, f"{letters(len(row) - 1)}{number}")


def sheet_of(grid: Grid) -> Sheet:
    """The sheet with its headings; every other row is kept, also those above the headings."""
    if not grid.rows:
        return Sheet(grid.name, grid.file, (), ())
    at = header_position(table_named(grid.name), grid.rows)
    number, header = grid.rows[at]
    width = max(len(cells) for _, cells in grid.rows)
    headings = tuple("" if value is None else str(value) for value in header)
    rows = tuple(
        (row, (*cells, *[None] * (width - len(cells)))) for i, (row, cells) in enumerate(grid.rows) if i != at
    )
    return Sheet(grid.name, grid.file, headings + ("",) * (width - len(headings)), rows, number)


def problems_between(grids: Sequence[Grid]) -> list[Problem]:
    """Sheets that hold the same table, and sheets that hold none."""
    problems: list[Problem] = []
    first: dict[str, Grid] = {}
    ignored: list[Grid] = []
    for grid in grids:
        model = table_named(grid.name)
        if model is None:
            if not grid.is_hidden and grid.rows and key_of(grid.name) not in _GUIDES:
                ignored.append(grid)
        elif model.table in first:
            other = first[model.table]
            problems.append(
                Problem(
                    "table_twice",
                    grid.file,
                    grid.name,
                    parameters={
                        "table": model.table,
                        "zh": model.zh,
                        "other": other.name,
                        "other_file": other.file,
                    },
                )
            )
        else:
            first[model.table] = grid
    for grid in ignored:
        near = table_like(grid.name)
        if near and near.table not in first:
            names = {"table": near.table, "zh": near.zh}
            problems.append(
                Problem("sheet_like_table", grid.file, grid.name, blocking=False, parameters=names)
            )
    if ignored:
        sheets = ", ".join(grid.name for grid in ignored)
        problems.append(
            Problem("sheets_ignored", ignored[0].file, blocking=False, parameters={"sheets": sheets})
        )
    return problems
