"""The guided workbook of `new`: every input table with explanations, drop-downs and formats."""

from __future__ import annotations

import io
from typing import Any

from scheduler.domain.book import Book, Sheet
from scheduler.domain.columns import Column, Kind, columns_of
from scheduler.domain.tables import TABLES, Row, Settings
from scheduler.exporters.guide_notes import ORDER, note, options_in, write_guide
from scheduler.exporters.table_cells import known_columns, table_of, text_of
from scheduler.exporters.tables import heading_in, new_workbook, word_for, write_sheet
from scheduler.locale import LANGUAGES, Catalogue, Language, catalogue

SPARE_ROWS = 1000
"""Blank rows below the data that get the drop-downs too."""


def guided_workbook(language: Language, book: Book | None = None) -> bytes:
    """The workbook a coordinator fills in: empty, or holding a book's rows."""
    out = io.BytesIO()
    workbook = new_workbook(out)
    words = catalogue(language)
    write_guide(workbook, workbook.add_worksheet(words("guide.sheet")), words)
    lists = _Lists(words("guide.lists"))
    for sheet in completed(book or Book("", (_defaults(language),)), language):
        worksheet = workbook.add_worksheet(sheet.name)
        write_sheet(workbook, worksheet, sheet)
        table = table_of(sheet)
        if table is not None:
            _annotate(worksheet, sheet, table, words)
            _offer(worksheet, sheet, lists, words)
    hidden = workbook.add_worksheet(lists.name)
    lists.write(hidden)
    hidden.hide()
    workbook.close()
    return out.getvalue()


# ---- the tables ------------------------------------------------------------------------------------


def completed(book: Book, language: Language) -> tuple[Sheet, ...]:
    """Every contract table with all its columns, in the order of filling in, headings in the language and
    marked where required; a book's rows, foreign columns and foreign sheets are kept."""
    given = {table.table: sheet for sheet in reversed(book.sheets) if (table := table_of(sheet))}
    tables = sorted(TABLES, key=lambda table: ORDER.index(table.table))
    found = [_completed(table, given.get(table.table), language) for table in tables]
    kept = [s for s in book.sheets if s not in given.values() and not is_guide(s)]
    return (*found, *kept)


def is_guide(sheet: Sheet) -> bool:
    """Whether a sheet is one of this workbook's own, which hold no data."""
    return sheet.name in {catalogue(lang)(id) for lang in LANGUAGES for id in ("guide.sheet", "guide.lists")}


def _completed(table: type[Row], sheet: Sheet | None, language: Language) -> Sheet:
    columns = columns_of(table)
    places: dict[str, int] = {}
    foreign = []
    for index, known in enumerate(known_columns(sheet) if sheet else ()):
        if known and known[0] not in places:
            places[known[0]] = index
        else:
            foreign.append(index)
    header = [
        heading_in(name, column, language) + ("*" if column.required else "")
        for name, column in columns.items()
    ]
    order = [places.get(name) for name in columns] + foreign
    return Sheet(
        name=table.zh if language == "zh" else table.table,
        file="",
        header=(*header, *(sheet.header[index] for index in foreign if sheet)),
        rows=tuple(
            (number, tuple(None if index is None else cells[index] for index in order))
            for number, cells in (sheet.rows if sheet else ())
        ),
    )


def _defaults(language: Language) -> Sheet:
    """The settings that have a default, as rows to change."""
    table = TABLES[0]
    rows = [
        (name, text_of(info.default))
        for name, info in Settings.model_fields.items()
        if name in columns_of(Settings) and info.default not in (None, "")
    ]
    header = tuple(heading_in(name, column, language) for name, column in columns_of(table).items())
    name = table.zh if language == "zh" else table.table
    return Sheet(name, "", header, tuple(enumerate(rows, 2)))


# ---- sheets ----------------------------------------------------------------------------------------


def _annotate(worksheet: Any, sheet: Sheet, table: type[Row], words: Catalogue) -> None:  # noqa: ANN401
    for index, known in enumerate(known_columns(sheet)):
        if known:
            text = note(table.table, *known, words)
            size = {"x_scale": 2.2, "y_scale": 0.4 + 0.25 * (text.count("\n") + 1)}
            worksheet.write_comment(0, index, text, size)


def _offer(worksheet: Any, sheet: Sheet, lists: _Lists, words: Catalogue) -> None:  # noqa: ANN401
    """Drop-downs: of the words a choice knows, and of the ids a single reference may name."""
    last = len(sheet.rows) + SPARE_ROWS
    for index, known in enumerate(known_columns(sheet)):
        if known is None:
            continue
        column = known[1]
        rule: dict[str, object] = {"validate": "list", "ignore_blank": True}
        if column.kind is Kind.YES_NO:
            rule["source"] = lists.range_of([str(word_for(b, column, words.language)) for b in (True, False)])
        elif column.kind is Kind.CHOICE:
            rule["source"] = lists.range_of(options_in(column, words.language))
        elif column.kind is Kind.ID and (source := _ids_of(column, words.language)):
            rule |= {"source": source, "show_error": False}  # a unique name will do as well
        else:
            continue
        rule |= {"error_title": words("guide.pick_title"), "error_message": words("guide.pick_text")}
        worksheet.data_validation(1, index, last, index, rule)


def _ids_of(column: Column, language: Language) -> str | None:
    """The range of ids of the table a column refers to; ids stand in the first column."""
    table = next((t for t in TABLES if column.refers_to == (t.table,)), None)
    if table is None:
        return None
    return f"='{table.zh if language == 'zh' else table.table}'!$A$2:$A${SPARE_ROWS}"


class _Lists:
    """The words of the drop-downs, each list a column of a hidden sheet."""

    def __init__(self, name: str) -> None:
        """Begin without a list; `name` is the hidden sheet's."""
        self.name = name
        self._lists: list[list[str]] = []

    def range_of(self, words: list[str]) -> str:
        """The range that holds a list of words, which is added if it is new."""
        if words not in self._lists:
            self._lists.append(words)
        letter = chr(ord("A") + self._lists.index(words))
        return f"='{self.name}'!${letter}$1:${letter}${len(words)}"

    def write(self, worksheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Write every list in its column."""
        for index, words in enumerate(self._lists):
            for row, word in enumerate(words):
                worksheet.write_string(row, index, word)
