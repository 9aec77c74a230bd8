"""Excel workbooks: their cells as the workbook holds them, and what Excel hides in them."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError  # the error alone: parsing is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from scheduler.domain.book import Book, letters
from scheduler.domain.problems import Problem
from scheduler.readers.files import FileKind, unsafe
from scheduler.readers.headers import column_named, header_position, table_named
from scheduler.readers.sheets import Grid, filled_rows, problems_between, sheet_of, too_wide
from scheduler.readers.skipped import is_note, is_total

_MAY_HIDE = re.compile(rb"<(?:\w+:)?(?:f[ />]|mergeCell )|\shidden=")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError, TypeError, AttributeError,
    OSError, ParseError, InvalidFileException, NotImplementedError,
)  # fmt: skip


@dataclass
class Hidden:
    """What a reader of the values alone does not see of a sheet."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)


def read_workbook(path: Path) -> tuple[Book | None, tuple[Problem, ...]]:
    """Every sheet of an .xlsx or .xlsm workbook; formulas give the values last saved."""
    try:
        danger = unsafe(path)
        if danger:
            return None, (danger,)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of extensions that hold no data
            grids, problems = _read_grids(path)
    except DefusedXmlException:
        return None, (Problem("file_entities", file=path.name, parameters={"part": "xml"}),)
    except _DAMAGED:
        return None, (Problem(FileKind.TRUNCATED.value, file=path.name),)
    wide = [problem for grid in grids if (problem := too_wide(grid))]
    if wide:
        return None, tuple(wide)
    problems += problems_between(grids)
    if _has_macros(path):
        problems.insert(0, Problem("macros_ignored", path.name, blocking=False))
    return Book(str(path), tuple(sheet_of(grid) for grid in grids)), tuple(problems)


def _read_grids(path: Path) -> tuple[list[Grid], list[Problem]]:
    grids, problems = [], []
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            # a wrong <dimension> would cut rows off silently
            sheet.reset_dimensions()
            rows = filled_rows(sheet.iter_rows(values_only=True))
            grid = Grid(sheet.title, path.name, rows, sheet.sheet_state != "visible")
            grids.append(grid)
            if table_named(grid.name) is not None and rows:
                # openpyxl knows each sheet's part but has no public name for it
                part = sheet._worksheet_path  # type: ignore[attr-defined]
                problems += _problems_of(grid, _hidden(path, part))
    finally:
        book.close()
    return grids, problems


def hidden_in(path: Path, sheet: str) -> Hidden:
    """What a reader of the values alone does not see of one sheet of a workbook that was read before."""
    book = load_workbook(path, read_only=True, keep_links=False)
    try:
        part = book[sheet]._worksheet_path  # type: ignore[attr-defined] # as above
    finally:
        book.close()
    return _hidden(path, part)


def _has_macros(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith("vbaProject.bin") for name in archive.namelist())


def _hidden(path: Path, part: str) -> Hidden:
    found = Hidden()
    with zipfile.ZipFile(path) as archive:
        if not _mentions_hidden(archive, part):
            return found
        with archive.open(part) as file:
            for tag, element in _elements(file):
                if tag == "row" and element.get("hidden") in ("1", "true"):
                    found.rows.add(int(element.get("r") or 0))
                elif tag == "col" and element.get("hidden") in ("1", "true"):
                    found.columns.append((int(element.get("min")), int(element.get("max"))))
                elif tag == "mergeCell":
                    found.merged.append(element.get("ref"))
                elif tag == "c" and _lacks_value(element):
                    found.without_value.append(element.get("r"))
    return found


def _mentions_hidden(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(2**20):
            if _MAY_HIDE.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


def _elements(file: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a file of bytes; an Element
    for _, element in iterparse(file):
        tag = element.tag.rpartition("}")[2]
        if tag in ("row", "col", "mergeCell", "c"):
            yield tag, element
        if tag in ("row", "col", "mergeCell"):
            element.clear()


def _lacks_value(cell: Any) -> bool:  # noqa: ANN401 - an Element
    """Whether a formula was never calculated; a calculated empty text has the type `str`."""
    tags = {child.tag.rpartition("}")[2]: child for child in cell}
    if "f" not in tags or cell.get("t") == "str":
        return False
    return "v" not in tags or not tags["v"].text


def _problems_of(grid: Grid, hidden: Hidden) -> list[Problem]:
    model = table_named(grid.name)
    assert model is not None
    at = header_position(model, grid.rows)
    header = grid.rows[at][1]
    known = {i + 1 for i, text in enumerate(header) if isinstance(text, str) and column_named(model, text)}
    return problems_hidden(grid, hidden, at, known)


def problems_hidden(grid: Grid, hidden: Hidden, at: int, known: set[int]) -> list[Problem]:
    """What is hidden, merged or not calculated below the headings (at a position among the rows), in known
    columns (1-based)."""
    header_row = grid.rows[at][0]
    below = grid.rows[at + 1 :]
    skipped = {number for number, cells in below if is_total(cells) or is_note(cells)}
    data = {number for number, _ in below} - skipped

    def warning(id: str, cell: str = "", **parameters: object) -> Problem:
        return Problem(id, grid.file, grid.name, cell, blocking=False, parameters=parameters)

    problems = []
    if grid.is_hidden:
        problems.append(warning("sheet_hidden"))
    if rows := sorted(hidden.rows & data):
        problems.append(warning("rows_hidden", str(rows[0]), number=len(rows), rows=_ranges(rows)))
    columns = sorted(c for low, high in hidden.columns for c in known if low <= c <= high)
    if columns:
        names = ", ".join(letters(c - 1) for c in columns)
        problems.append(warning("columns_hidden", f"{letters(columns[0] - 1)}{header_row}", columns=names))
    for ref in hidden.merged:
        left, top, right, bottom = _bounds(ref)
        if top in data and bottom > top and known & set(range(left, right + 1)):
            cell = f"{letters(left - 1)}{top}"
            problems.append(Problem("cells_merged", grid.file, grid.name, cell, parameters={"range": ref}))
    for cell in hidden.without_value:
        left, top, _, _ = _bounds(cell)
        if top > header_row and top not in skipped and left in known:
            problems.append(Problem("formula_without_value", grid.file, grid.name, cell))
    return problems


def _bounds(ref: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(ref)
    return left or 1, top or 1, right or 1, bottom or 1


def _ranges(numbers: list[int]) -> str:
    """Row numbers in words: 3-5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
