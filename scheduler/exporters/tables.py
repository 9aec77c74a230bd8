"""Input tables written out: a book as a workbook or as CSV files, and a scenario as a book."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from scheduler.domain.book import Book, Sheet
from scheduler.domain.columns import Column, Kind, columns_of, heading
from scheduler.domain.csv_text import guarded
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import TABLES, Row, Settings
from scheduler.exporters.table_cells import (
    NUMBER_FORMATS,
    known_columns,
    sheet_name,
    table_of,
    text_of,
    typed,
)
from scheduler.locale import Language

CELL_LIMIT = 32_767
"""Characters a workbook cell can hold; what is longer would be lost in silence."""

FIRST_DAY = date(1900, 3, 1)
"""Before this day Excel's calendar counts a 29 February that never was."""

CREATED = datetime(2000, 1, 1)
"""The creation time written into every workbook, so that equal tables give equal bytes."""


class TextTooLong(ValueError):
    """A text no workbook cell can hold; says where it stands, not what it says."""

    def __init__(self, sheet: str, row: int, column: int) -> None:
        """Keep the place: sheet, 1-based row in the workbook to be, 0-based column."""
        super().__init__(f"{sheet}, row {row}, column {column + 1}: longer than {CELL_LIMIT} characters")
        self.sheet, self.row, self.column = sheet, row, column


# ---- a book as CSV files ---------------------------------------------------------------------------


def folder_files(book: Book) -> dict[str, bytes]:
    """The tables as CSV files by file name: the contract's tables under their English names."""
    files: dict[str, bytes] = {}
    for sheet in book.sheets:
        table = table_of(sheet)
        name = table.table if table else re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", sheet.name).strip(". ")
        files[f"{_unused(name or 'table', files, '.csv')}.csv"] = _csv(sheet)
    return files


def _csv(sheet: Sheet) -> bytes:
    kinds = [known[1].kind if known else None for known in known_columns(sheet)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(guarded, sheet.header))
    for _, cells in sheet.rows:
        writer.writerow(guarded(text_of(cell, kind)) for cell, kind in zip(cells, kinds, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _unused(name: str, taken: Any, ending: str = "") -> str:  # noqa: ANN401 - anything that knows `in`
    lower = {word.casefold() for word in taken}
    candidates = (name, *(f"{name[:26]}_{n}" for n in range(2, 10_000)))
    return next(word for word in candidates if f"{word}{ending}".casefold() not in lower)


# ---- a book as a workbook --------------------------------------------------------------------------


def workbook_bytes(book: Book, language: Language) -> bytes:
    """The tables as one workbook: typed cells, nothing a formula, foreign sheets and columns kept.

    Raises TextTooLong where a cell could not hold a text whole.
    """
    out = io.BytesIO()
    workbook = new_workbook(out)
    taken: list[str] = []
    for sheet in book.sheets:
        wished = re.sub(r"[\[\]:*?/\\]", "_", sheet_name(sheet, language)).strip("'")[:31]
        name = _unused(wished or "table", taken)
        taken.append(name)
        write_sheet(workbook, workbook.add_worksheet(name), sheet)
    if not taken:
        workbook.add_worksheet()
    workbook.close()
    return out.getvalue()


def new_workbook(out: io.BytesIO) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    """An empty workbook in which text stays text and equal content gives equal bytes."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"created": CREATED})
    return workbook


def write_sheet(workbook: Any, worksheet: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """One table on a worksheet: frozen header with filter, typed cells, columns as wide as their text."""
    head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": False})
    formats: dict[str, Any] = {}
    known = known_columns(sheet)
    for index, word in enumerate(sheet.header):
        column = known[index]
        number_format = NUMBER_FORMATS.get(column[1].kind, "") if column else ""
        if number_format not in formats:
            formats[number_format] = workbook.add_format({"num_format": number_format or "General"})
        widest = max((width_of(cells[index]) for _, cells in sheet.rows[:500]), default=0)
        worksheet.set_column(index, index, min(40, max(width_of(word), widest) + 3), formats[number_format])
        _put(worksheet, 0, index, word, head)
    dated = {kind: workbook.add_format({"num_format": NUMBER_FORMATS[kind]}) for kind in _DATED}
    text = workbook.add_format({"num_format": "@"})
    for row, (_, cells) in enumerate(sheet.rows, 1):
        for index, cell in enumerate(cells):
            column = known[index]
            value = typed(cell, column[1].kind if column else None)
            _put(worksheet, row, index, value, _style(value, dated, text))
    print_wide(worksheet)
    worksheet.repeat_rows(0)
    if sheet.header:
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.header) - 1)


def print_wide(worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Set a worksheet to A4 landscape, as wide as one page."""
    worksheet.set_paper(9)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)


_DATED = (Kind.DATE, Kind.MOMENT, Kind.TIME)


def _style(value: object, dated: dict[Kind, Any], text: Any) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    if isinstance(value, datetime):
        return dated[Kind.MOMENT]
    if isinstance(value, date):
        return dated[Kind.DATE]
    if isinstance(value, time):
        return dated[Kind.TIME]
    return text if isinstance(value, str) else None


def _put(worksheet: Any, row: int, column: int, value: object, style: Any) -> None:  # noqa: ANN401
    """Write one cell by its type; blanks are left out, and what Excel's calendar lacks is written as text."""
    if value is None or value == "":
        return
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, bool):
        worksheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        worksheet.write_number(row, column, value, style)
    elif isinstance(value, time) or (isinstance(day, date) and day >= FIRST_DAY):
        worksheet.write_datetime(row, column, value, style)
    else:
        text = text_of(value).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > CELL_LIMIT:
            raise TextTooLong(worksheet.get_name(), row + 1, column)
        worksheet.write_string(row, column, text, style)


def width_of(value: object) -> int:
    """Columns a text takes up in its longest line: wide characters count double."""
    lines = text_of(value).split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines)


# ---- a scenario as a book --------------------------------------------------------------------------


def book_of(scenario: Scenario, language: Language) -> Book:
    """A scenario as tables with headings in a language: settings, and every table that has rows.

    A column is written where it is required or some row differs from its default; there every row's value
    is spelt out, defaults too.
    """
    sheets = [_settings_sheet(scenario.settings, language)]
    for table in TABLES[1:]:
        rows: tuple[Row, ...] = getattr(scenario, table.table)
        if rows:
            sheets.append(_sheet_of(table, rows, language))
    return Book(path="", sheets=tuple(sheets))


def heading_in(name: str, column: Column, language: Language) -> str:
    """A column's heading in a language."""
    return column.zh if language == "zh" else heading(name)


def word_for(value: object, column: Column, language: Language) -> object:
    """A value of a row as its cell shows it: lists joined, choices and yes/no in the language's words."""
    if isinstance(value, tuple):
        return ";".join(text_of(word_for(item, column, language)) for item in value)
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
    if language == "zh" and column.options.get(str(value)):
        return column.options[str(value)][0]
    return None if value == "" else value


def _sheet_of(table: type[Row], rows: tuple[Row, ...], language: Language) -> Sheet:
    columns = columns_of(table).items()
    shown = {name: column for name, column in columns if _is_used(table, name, column, rows)}
    header = tuple(heading_in(name, column, language) for name, column in shown.items())
    cells = (
        tuple(word_for(getattr(row, name), column, language) for name, column in shown.items())
        for row in rows
    )
    name = table.zh if language == "zh" else table.table
    return Sheet(name=name, file="", header=header, rows=tuple(enumerate(cells, 2)))


def _is_used(table: type[Row], name: str, column: Column, rows: tuple[Row, ...]) -> bool:
    default = table.model_fields[name].default
    return column.required or any(getattr(row, name) != default for row in rows)


def _settings_sheet(settings: Settings, language: Language) -> Sheet:
    table = TABLES[0]
    header = tuple(heading_in(name, column, language) for name, column in columns_of(table).items())
    return Sheet(
        name=table.zh if language == "zh" else table.table,
        file="",
        header=header,
        rows=tuple(enumerate(_settings_rows(settings), 2)),
    )


def _settings_rows(settings: Settings) -> Iterator[tuple[object, ...]]:
    for name in columns_of(Settings):
        value = getattr(settings, name)
        if value != Settings.model_fields[name].default:
            yield (name, text_of(value, Kind.MOMENT))
    for rule, weight in sorted(settings.weights.items()):
        yield (f"weight.{rule}", text_of(weight))
    for rule, values in sorted(settings.parameters.items()):
        for parameter, value in sorted(values.items()):
            yield (f"{rule}.{parameter}", value)
