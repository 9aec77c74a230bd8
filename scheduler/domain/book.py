"""Tables as they stand in a file: cells of text with the place they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def letters(index: int) -> str:
    """The spreadsheet letters of a 0-based column index (0 -> A, 26 -> AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True)
class Source:
    """Where a row came from: file, sheet, row as the spreadsheet numbers it, and the columns' letters."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)

    def cell(self, column: str) -> str:
        """The cell's address as Excel shows it, or the row's number where the column is not in the file."""
        letter = self.columns.get(column)
        return f"{letter}{self.row}" if letter else str(self.row)


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in a file.

    `header_row` is the 1-based row of the headings; `rows` maps 1-based row numbers to their cells (as
    text or the typed value a workbook holds), each as long as `header`.
    """

    name: str
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    header_row: int = 1


@dataclass(frozen=True)
class Book:
    """All tables of one workbook or folder, in the file's order."""

    path: str
    sheets: tuple[Sheet, ...]
