"""Values on their way into a table: which cell each goes to, and the table as it then stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.domain.answers import TableEdit
from scheduler.domain.book import Book, Sheet
from scheduler.domain.columns import Kind, columns_of
from scheduler.exporters.table_cells import text_of
from scheduler.exporters.tables import heading_in, word_for


@dataclass(frozen=True)
class Placed:
    """Cells to be written into one sheet: by 1-based row and 0-based column, headings of new columns too."""

    name: str
    table: str
    sheet: Sheet | None
    header: tuple[str, ...]
    header_row: int
    cells: Mapping[tuple[int, int], object]
    kinds: Mapping[int, Kind]
    first_new_row: int
    last_row: int
    pattern_row: int

    @property
    def old_width(self) -> int:
        """Columns the sheet has by now."""
        return len(self.sheet.header) if self.sheet else 0


def place(edit: TableEdit) -> Placed:
    """The cells of an edit; columns that the table lacks come after its last one."""
    known = columns_of(edit.model)
    header = list(edit.sheet.header) if edit.sheet else []
    places = dict(edit.columns)
    written = {name for values in (*edit.changes.values(), *edit.additions) for name in values}
    needed = {name for name, column in known.items() if edit.sheet is None and column.required}
    for name, column in known.items():
        if name in written | needed and name not in places:
            places[name] = len(header)
            header.append(heading_in(name, column, edit.language))
    header_row = edit.sheet.header_row if edit.sheet else 1
    old = len(edit.sheet.header) if edit.sheet else 0
    cells: dict[tuple[int, int], object] = {
        (header_row, index): text for index, text in enumerate(header) if index >= old and text
    }
    last = max([header_row, *(number for number, _ in edit.sheet.rows)]) if edit.sheet else 1
    rows = {**edit.changes, **dict(enumerate(edit.additions, last + 1))}
    for row, values in rows.items():
        for name, value in values.items():
            cells[row, places[name]] = word_for(value, known[name], edit.language)
    title = edit.model.zh if edit.language == "zh" else edit.model.table
    return Placed(
        name=edit.sheet.name if edit.sheet else title,
        table=edit.model.table,
        sheet=edit.sheet,
        header=tuple(header),
        header_row=header_row,
        cells={at: value for at, value in cells.items() if value is not None},
        kinds={index: known[name].kind for name, index in places.items()},
        first_new_row=last + 1,
        last_row=last + len(edit.additions),
        pattern_row=edit.pattern_row,
    )


def edited(book: Book, placed: Placed) -> Book:
    """The book as it stands once the cells are written."""
    rows = dict(placed.sheet.rows) if placed.sheet else {}
    width = len(placed.header)
    grown = {number: [*cells, *[None] * (width - len(cells))] for number, cells in rows.items()}
    for (row, index), value in placed.cells.items():
        if row != placed.header_row:
            grown.setdefault(row, [None] * width)[index] = value
    new = tuple((number, tuple(cells)) for number, cells in sorted(grown.items()))
    if placed.sheet is None:
        file = book.sheets[0].file if book.sheets else ""
        sheet = Sheet(placed.name, file, placed.header, new, placed.header_row)
        return replace(book, sheets=(*book.sheets, sheet))
    sheet = replace(placed.sheet, header=placed.header, rows=new)
    return replace(book, sheets=tuple(sheet if other is placed.sheet else other for other in book.sheets))


def same_cells(read: Book | None, meant: Book) -> bool:
    """Whether a file, read again, holds in its sheets just what it was meant to hold."""
    if read is None:
        return False
    wanted = {sheet.name: _texts(sheet) for sheet in meant.sheets}
    return bool(read.sheets) and all(wanted.get(sheet.name) == _texts(sheet) for sheet in read.sheets)


def _texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The filled cells of a sheet as text, by row and column; moments to the second."""
    rows = [(sheet.header_row, sheet.header), *sheet.rows]
    return {
        (row, index): text
        for row, cells in rows
        for index, value in enumerate(cells)
        if (text := text_of(_to_the_second(value)).replace("\r\n", "\n").replace("\r", "\n"))
    }


def _to_the_second(value: object) -> object:
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return value
