"""CSV files: their encoding, separator and records, whatever program wrote them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from scheduler.domain.csv_text import unguarded
from scheduler.domain.problems import Problem
from scheduler.readers.headers import header_position, score, table_named
from scheduler.readers.sheets import Grid, Rows
from scheduler.readers.skipped import is_blank

SEPARATORS = (",", ";", "\t", "，", "；", "|")
MOST_CELL = 2**26
"""Characters a cell may hold; longer is no note but an unclosed quote."""

_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def read_text(
    path: Path, separator_of: Callable[[str, str], str] | None = None
) -> tuple[Grid | None, list[Problem]]:
    """The rows of a CSV file, or what is wrong with its bytes.

    `separator_of` tells the separator of (file name, text) where the file is none of the program's tables.
    """
    grid = Grid(path.stem, path.name, [])
    text = decode(path.read_bytes())
    if isinstance(text, list):
        return None, [_of(grid, *found) for found in text]
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return None, [_of(grid, "text_nul", row, "\\0")]
    try:
        records = records_of(text, (separator_of or separator_in)(grid.name, text))
    except csv.Error:
        return None, [_of(grid, "text_quotes", _first_odd_quote(text), "")]
    grid.rows = records
    return grid, ragged(grid, header_position(table_named(grid.name), records))


def separator_of(path: Path) -> str:
    """The separator of a CSV file that was read before."""
    text = decode(path.read_bytes())
    return separator_in(path.stem, text) if isinstance(text, str) else ","


def decode(content: bytes) -> str | list[tuple[str, int, str]]:
    """The text, or (problem, row, bytes) for each row that is in no or in another encoding than the rest."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _other(content)


def _other(content: bytes) -> str | list[tuple[str, int, str]]:
    """GB 18030, unless some rows are plainly UTF-8: then the others are broken or mixed in."""
    broken, chinese = [], 0
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            chinese += bool(_CHINESE.search(line.decode()))
        except UnicodeDecodeError as error:
            broken.append((number, line[error.start : error.start + 4].hex(" ").upper()))
    if chinese:
        return [("text_broken", number, found) for number, found in broken]
    return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str | list[tuple[str, int, str]]:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return [("text_broken", row, content[error.start : error.start + 4].hex(" ").upper())]


def separator_in(name: str, text: str) -> str:
    """The separator by which the first rows name most columns; of equals the most frequent."""
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        return told[1]
    model = table_named(name)
    first = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def merit(separator: str) -> tuple[int, int]:
        cells = [line.replace('"', "").split(separator) for line in first] if model else []
        named = max((score(model, row) for row in cells), default=0) if model else 0
        return named, first[0].count(separator) if first else 0

    return max(SEPARATORS, key=merit)


def records_of(text: str, separator: str) -> Rows:
    """The records that hold anything, by number; raises csv.Error where quotes do not come in pairs."""
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: Rows = []
    for number, record in enumerate(reader, 1):
        if number == 1 and re.fullmatch(r"sep=.?", "".join(record)):
            continue
        if any(not is_blank(value) for value in record):
            rows.append((number, [None if value == "" else unguarded(value) for value in record]))
    return rows


def ragged(grid: Grid, at: int) -> list[Problem]:
    """Rows longer or shorter than the headings (at a position among the rows): their values may stand under
    wrong ones."""
    if not grid.rows:
        return []
    width = len(grid.rows[at][1])
    problems = []
    for number, cells in grid.rows[at + 1 :]:
        if any(not is_blank(value) for value in cells[width:]):
            problems.append(_of(grid, "row_too_long", number, "", cells=len(cells), columns=width))
        elif len(cells) < width:
            problems.append(_of(grid, "row_too_short", number, "", cells=len(cells), columns=width))
        del cells[max(width, _filled(cells)) :]
    return problems


def _filled(cells: list[object]) -> int:
    return max((i + 1 for i, value in enumerate(cells) if not is_blank(value)), default=0)


def _of(grid: Grid, id: str, row: int, value: str, **parameters: object) -> Problem:
    blocking = id != "row_too_short"
    return Problem(id, grid.file, grid.name, str(row), value, blocking, parameters)


def _first_odd_quote(text: str) -> int:
    """The row of the line where quotes stop coming in pairs."""
    quotes = 0
    last = 1
    for number, line in enumerate(text.splitlines(), 1):
        if quotes % 2 == 0:
            last = number
        quotes += line.count('"')
    return last
