"""One setting changed in a book of tables; everything else stays as it is."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.book import Book, Sheet
from scheduler.domain.columns import columns_of, heading
from scheduler.domain.tables.settings import SettingRow, Settings
from scheduler.exporters.table_cells import known_columns, plain, table_of
from scheduler.locale import Language


def with_setting(book: Book, name: str, value: str, language: Language) -> Book | None:
    """The book with a setting of this value; None where its table of settings has headings unknown here."""
    sheets = [sheet for sheet in book.sheets if table_of(sheet) is SettingRow]
    if not sheets:
        return replace(book, sheets=(_new(name, value, language), *book.sheets))
    changed = {id(sheet): _changed(sheet, name, value) for sheet in sheets[:1]}
    if None in changed.values():
        return None
    return replace(book, sheets=tuple(changed.get(id(sheet)) or sheet for sheet in book.sheets))


def _changed(sheet: Sheet, name: str, value: str) -> Sheet | None:
    columns = [known[0] if known else "" for known in known_columns(sheet)]
    if "key" not in columns or "value" not in columns:
        return None
    key, cell = columns.index("key"), columns.index("value")
    words = {name, plain(columns_of(Settings)[name].zh)}
    named = {number for number, cells in sheet.rows if plain(str(cells[key])) in words}
    rows = [
        (number, (*cells[:cell], value, *cells[cell + 1 :]) if number in named else cells)
        for number, cells in sheet.rows
    ]
    if not named:
        fresh = tuple({key: name, cell: value}.get(index, "") for index in range(len(sheet.header)))
        rows.append((max((number for number, _ in rows), default=sheet.header_row) + 1, fresh))
    return replace(sheet, rows=tuple(rows))


def _new(name: str, value: str, language: Language) -> Sheet:
    header = tuple(
        column.zh if language == "zh" else heading(field) for field, column in columns_of(SettingRow).items()
    )
    title = SettingRow.zh if language == "zh" else SettingRow.table
    return Sheet(name=title, file="", header=header, rows=((2, (name, value)),))
