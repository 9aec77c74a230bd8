"""The export of a form: its sheet, and where its headings stand, whatever stands above them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.book import Sheet, letters
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.book import read_book
from scheduler.readers.files import FileKind, kind_of
from scheduler.readers.form.map import FormMap
from scheduler.readers.form.words import bare, field_by_words, service_field
from scheduler.readers.headers import SEARCHED_ROWS, column_named, folded
from scheduler.readers.sheets import Grid, too_wide
from scheduler.readers.text import SEPARATORS, ragged, read_text, records_of

_OF_OTHER_TABLES = (
    "sheets_ignored", "sheet_like_table", "table_twice", "row_too_long", "row_too_short", "cells_merged",
    "rows_hidden", "columns_hidden", "formula_without_value", "sheet_hidden",
)  # fmt: skip
"""Problems a reader of seasons tells by headings that are not the form's; they are found anew here."""

Found = tuple["Form | None", tuple[Problem, ...]]


@dataclass(frozen=True)
class Form:
    """The cells of a form's export."""

    file: str
    sheet: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    """The rows below the headings, each as long as these."""

    def cell(self, index: int, row: int) -> str:
        """A cell's address."""
        return f"{letters(index)}{row}"


def read_form(path: Path, model: type[Row], rules: FormMap) -> Found:
    """The answers of an export as they stand; the form is None where nothing can be read."""
    if path.is_dir():
        return None, (Problem("form_is_folder", path.name),)
    grids, problems = _grids(path)
    if not grids:
        return None, problems or (Problem("form_empty", path.name),)
    chosen = _chosen(grids, model, rules)
    if isinstance(chosen, Problem):
        return None, (*problems, chosen)
    at = _header_position(chosen, model, rules)
    if at is None:
        return None, (*problems, Problem("map_header_row", rules.file, value=str(rules.header_row)))
    number, header = chosen.rows[at]
    names = tuple("" if value is None else str(value).strip() for value in header)
    width = max(len(names), max((len(cells) for _, cells in chosen.rows), default=0))
    rows = tuple((row, (*cells, *[None] * (width - len(cells)))) for row, cells in chosen.rows[at + 1 :])
    form = Form(path.name, chosen.name, number, names + ("",) * (width - len(names)), rows)
    others = [grid.name for grid in grids if grid is not chosen and not grid.is_hidden]
    if others:
        told = {"others": ", ".join(others)}
        problems += (Problem("form_sheet_chosen", path.name, form.sheet, blocking=False, parameters=told),)
    return form, (*problems, *_problems_below(path, chosen, at))


def _grids(path: Path) -> tuple[list[Grid], tuple[Problem, ...]]:
    """The sheets that hold anything, and what is wrong with the file."""
    if path.is_file() and kind_of(path) is FileKind.TEXT:
        grid, found = read_text(path, _separator)
        told = tuple(problem for problem in found if problem.id not in _OF_OTHER_TABLES)
        wide = too_wide(grid) if grid else None
        return ([grid] if grid and grid.rows and not wide else []), (*told, *([wide] if wide else []))
    book, problems = read_book(path)
    told = tuple(problem for problem in problems if problem.id not in _OF_OTHER_TABLES)
    return [_grid(sheet) for sheet in book.sheets if sheet.header or sheet.rows] if book else [], told


def _grid(sheet: Sheet) -> Grid:
    header = [value or None for value in sheet.header]
    rows = sorted([*sheet.rows, (sheet.header_row, tuple(header))])
    return Grid(sheet.name, sheet.file, [(number, list(cells)) for number, cells in rows])


def _separator(name: str, text: str) -> str:
    """The separator that cuts the first rows into equally many columns, and more than others do."""

    def merit(separator: str) -> tuple[int, int]:
        try:
            widths = [len(cells) for _, cells in records_of(text, separator)[:SEARCHED_ROWS]]
        except csv.Error:
            return (0, 0)
        most = max(widths, key=widths.count, default=0)
        return (widths.count(most) if most > 1 else 0, most)

    return max(SEPARATORS, key=merit)


def _chosen(grids: Sequence[Grid], model: type[Row], rules: FormMap) -> Grid | Problem:
    """The sheet the map names, else the one that asks for most of the table's columns."""
    if rules.sheet:
        named = next((grid for grid in grids if folded(grid.name) == folded(rules.sheet)), None)
        known = {"known": ", ".join(grid.name for grid in grids)}
        return named or Problem("map_sheet_unknown", rules.file, value=rules.sheet, parameters=known)
    return max(grids, key=lambda grid: max(_scores(grid, model, rules), default=0))


def _header_position(grid: Grid, model: type[Row], rules: FormMap) -> int | None:
    """The row of headings among a sheet's rows: the map's, else the first that asks for most columns."""
    if rules.header_row:
        numbers = [number for number, _ in grid.rows]
        return numbers.index(rules.header_row) if rules.header_row in numbers else None
    scores = _scores(grid, model, rules)
    return scores.index(max(scores)) if scores else None


def _scores(grid: Grid, model: type[Row], rules: FormMap) -> list[int]:
    """How many columns each of the first rows names."""

    def known(text: str) -> bool:
        named = service_field(text) is not None or column_named(model, bare(text)) is not None
        return named or rules.field(text) is not None or bool(field_by_words(model.table, text))

    return [
        sum(isinstance(cell, str) and bool(cell.strip()) and known(cell) for cell in cells)
        for _, cells in grid.rows[:SEARCHED_ROWS]
    ]


def _problems_below(path: Path, grid: Grid, at: int) -> list[Problem]:
    kind = kind_of(path)
    if kind is FileKind.TEXT:
        return ragged(grid, at)
    if kind is not FileKind.WORKBOOK:
        return []
    # loaded only here: an export as CSV needs no library for workbooks
    from scheduler.readers.workbook import hidden_in, problems_hidden

    known = {index + 1 for index, text in enumerate(grid.rows[at][1]) if text}
    return problems_hidden(grid, hidden_in(path, grid.name), at, known)
