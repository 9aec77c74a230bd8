"""Sets sheets as an A4 workbook: headings that stay, filters, page breaks, legible in black and white."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from scheduler.exporters.sheets import RIGHT, Cell, Heading, Line, Look, Mark, Sheet, Table, Value
from scheduler.exporters.words import Words

_MINUTES_A_DAY = 1440
"""A spreadsheet counts time in days."""
_LONGEST = 32_767
"""Characters a cell holds; more would be lost without a word."""

_WIDEST: Mapping[Look, int] = {"long": 26, "text": 34, "id": 76, "time": 18, "weekday": 8}
_FIXED: Mapping[Look, int] = {
    "number": 9,
    "decimal": 12,
    "money": 14,
    "share": 9,
    "hours": 10,
    "date": 12,
    "blank": 10,
}
_NUMBERS: Mapping[Look, str] = {
    "id": "@",
    "number": "#,##0",
    "decimal": "#,##0.##",
    "money": "#,##0.00",
    "share": "0.0%",
    "hours": "[h]:mm",
    "date": "yyyy-mm-dd",
}
_INK, _RULE, _SHADE, _ACCENT = "#1F2A30", "#9AA5A8", "#E9EEEC", "#0B5F5A"
_MARKS: Mapping[Mark, Mapping[str, object]] = {
    "": {},
    "strong": {"bold": True},
    "alert": {"bold": True, "bg_color": "#FBE3D6"},
    "quiet": {"font_color": "#5C676B", "bg_color": "#F4F5F3"},
    "care": {"bg_color": "#F4F5F3", "font_color": "#4B565A"},
    "trip": {"bold": True, "bg_color": "#E3EFEA"},
    "course": {"bold": True},
}


def workbook(sheets: tuple[Sheet, ...], title: str, stamp: str, made: datetime, words: Words) -> bytes:
    """The bytes of a workbook; the same sheets and moment give the same bytes."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    # an Excel file's times have no zone
    book.set_properties({"title": _cut(title), "created": made.replace(tzinfo=None)})
    book.set_calc_mode("auto")
    printer = _Printer(book, title, stamp, words)
    for sheet in sheets:
        printer.add(sheet)
    book.close()
    return stream.getvalue()


class _Printer:
    """Writes sheets into one workbook, each format made once."""

    def __init__(self, book: Any, title: str, stamp: str, words: Words) -> None:  # noqa: ANN401 - untyped library
        self._book, self._title, self._stamp, self._words = book, title, stamp, words
        self._formats: dict[tuple[object, ...], Any] = {}
        self._font = "Microsoft YaHei" if words.language == "zh" else "Calibri"

    def add(self, sheet: Sheet) -> None:
        """Write one sheet."""
        page = self._book.add_worksheet(sheet.name[:31])
        self._set_up(page, sheet)
        page.write_string(0, 0, _cut(f"{self._title} · {sheet.name}"), self._text("title"))
        page.write_string(1, 0, _cut(sheet.note or self._stamp), self._text("note"))
        page.set_row(0, 26)
        self._widths(page, sheet.tables)
        if not any(table.lines for table in sheet.tables):
            page.write_string(3, 0, _cut(sheet.nothing or self._words("mark.none")), self._text("plain"))
        elif sheet.form == "list":
            self._list(page, sheet.tables[0])
        else:
            self._stack(page, sheet)

    def _set_up(self, page: Any, sheet: Sheet) -> None:  # noqa: ANN401
        (page.set_portrait if sheet.paper == "portrait" else page.set_landscape)()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        page.set_default_row(18)
        stamp = self._stamp.replace("&", "&&")[:200]
        # a space after the size: a season that begins with its year would make it size 92016
        page.set_footer(f"&L&9 {stamp}&C&9 &A&R&9 &P / &N")

    def _list(self, page: Any, table: Table) -> None:  # noqa: ANN401
        """One table from row 3 on: its heading stays in view and on every page, a filter above the data."""
        self._headings(page, 2, table.headings)
        breaks = []
        for row, line in enumerate(table.lines, 3):
            if line.group and row > 3 and line.group != table.lines[row - 4].group:
                breaks.append(row)
            self._line(page, row, line, table)
        if breaks:
            page.set_h_pagebreaks(breaks)
        page.freeze_panes(3, 1)
        page.repeat_rows(0, 2)
        page.autofilter(2, 0, 2 + len(table.lines), len(table.headings) - 1)

    def _stack(self, page: Any, sheet: Sheet) -> None:  # noqa: ANN401
        """Tables one below the other, on pages of their own where the sheet says so."""
        row, breaks = 3, []
        for table in sheet.tables:
            if not table.lines:
                continue
            if sheet.form == "pages" and row > 3:
                breaks.append(row)
            page.write_string(row, 0, _cut(table.caption), self._text("caption"))
            page.set_row(row, 24)
            row += 1
            for note in table.note.splitlines():
                page.write_string(row, 0, _cut(note), self._text("note"))
                row += 1
            self._headings(page, row, table.headings)
            for line in table.lines:
                row += 1
                self._line(page, row, line, table)
            row += 2
        if breaks:
            page.set_h_pagebreaks(breaks)
        page.repeat_rows(0)
        page.freeze_panes(1, 1 if sheet.form == "pages" else 0)

    def _headings(self, page: Any, row: int, headings: tuple[Heading, ...]) -> None:  # noqa: ANN401
        tall = any("\n" in heading.title for heading in headings)
        page.set_row(row, 34 if tall else 22)
        for column, heading in enumerate(headings):
            page.write_string(row, column, _cut(heading.title), self._text("heading", heading.look))

    def _line(self, page: Any, row: int, line: Line, table: Table) -> None:  # noqa: ANN401
        if table.height is not None:
            page.set_row(row, line.height or table.height)
        elif (lines := self._lines_in(line, table.headings)) > 1:
            page.set_row(row, min(400, 3 + 15 * lines))
        for column, (cell, heading) in enumerate(zip(line.cells, table.headings, strict=True)):
            if cell is None:
                continue
            look = self._format(heading.look, cell.mark, "vcenter" if table.height else "top")
            if cell.rows > 1:
                page.merge_range(row, column, row + cell.rows - 1, column, "", look)
            value = cell.value
            if heading.look == "hours" and isinstance(value, int):
                value = value / _MINUTES_A_DAY
            self._write(page, row, column, value, look)

    def _write(self, page: Any, row: int, column: int, value: Value, look: Any) -> None:  # noqa: ANN401
        if value is None or value == "":
            page.write_blank(row, column, None, look)
        elif isinstance(value, date):
            page.write_datetime(row, column, datetime.combine(value, time()), look)
        elif isinstance(value, str):
            page.write_string(row, column, _cut(value), look)
        else:
            page.write_number(row, column, value, look)

    # ---- how it looks ---------------------------------------------------------------------------

    def _widths(self, page: Any, tables: tuple[Table, ...]) -> None:  # noqa: ANN401
        widths: dict[int, int] = {}
        for table in tables:
            for column, heading in enumerate(table.headings):
                texts = [heading.title, *(_shown(line.cells[column]) for line in table.lines)]
                widths[column] = max(widths.get(column, 0), _column_width(heading, texts))
        for column, width in widths.items():
            page.set_column(column, column, width)

    def _lines_in(self, line: Line, headings: tuple[Heading, ...]) -> int:
        """Lines of text the tallest cell of a row needs: spreadsheets do not all reckon it themselves."""
        counts = [1]
        for cell, heading in zip(line.cells, headings, strict=True):
            if cell is not None and isinstance(cell.value, str):
                width = (heading.width or _WIDEST.get(heading.look, 40)) - 2  # the indent
                counts.append(sum(-(-max(1, _wide(part)) // width) for part in cell.value.split("\n")))
        return max(counts)

    def _format(self, look: Look, mark: Mark, valign: str) -> Any:  # noqa: ANN401
        key = (look, mark, valign)
        if key not in self._formats:
            right = look in RIGHT
            self._formats[key] = self._book.add_format(
                {
                    "font_name": self._font,
                    "font_size": 10,
                    "font_color": _INK,
                    "border": 1,
                    "border_color": _RULE,
                    "valign": valign,
                    "align": "right" if right else "left",
                    "indent": 1,
                    "text_wrap": not right and look != "id",
                    "num_format": _NUMBERS.get(
                        look, "@" if look in ("text", "long", "time", "weekday") else "General"
                    ),
                    **_MARKS[mark],
                }
            )
        return self._formats[key]

    def _text(self, kind: str, look: Look = "text") -> Any:  # noqa: ANN401
        key = (kind, look)
        if key not in self._formats:
            base = {"font_name": self._font, "font_size": 10, "font_color": _INK}
            right = look in RIGHT
            looks: Mapping[str, Mapping[str, object]] = {
                "title": {"font_size": 15, "bold": True, "font_color": _ACCENT},
                "caption": {"font_size": 12, "bold": True},
                "note": {"font_color": "#4B565A"},
                "plain": {},
                "heading": {
                    "bold": True,
                    "bg_color": _SHADE,
                    "border": 1,
                    "border_color": _RULE,
                    "bottom": 2,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "align": "center" if look == "blank" else "right" if right else "left",
                    "indent": 0 if look == "blank" else 1,
                },
            }
            self._formats[key] = self._book.add_format({**base, **looks[kind]})
        return self._formats[key]


def _column_width(heading: Heading, texts: list[str]) -> int:
    if heading.width is not None:
        return heading.width
    if heading.look in _FIXED:
        return max(_FIXED[heading.look], min(16, _wide(heading.title) + 4))
    longest = max(_wide(part) for text in texts for part in text.split("\n"))
    return min(_WIDEST.get(heading.look, 40), max(6, longest + 4))


def _wide(text: str) -> int:
    """Columns a text takes: two for wide characters, else one."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _shown(cell: Cell | None) -> str:
    return "" if cell is None or cell.value is None else str(cell.value)


def _cut(text: str) -> str:
    """A text as a cell can hold it; what is too long ends in an ellipsis that says so."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
