"""What a table's cells are: which contract column a heading is, and a value as workbook and CSV hold it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from scheduler.domain.book import Sheet
from scheduler.domain.columns import Column, Kind, columns_of, heading
from scheduler.domain.tables import TABLES, Row
from scheduler.locale import Language

NUMBER_FORMATS = {
    Kind.ID: "@",
    Kind.TEXT: "@",
    Kind.IDS: "@",
    Kind.TEXTS: "@",
    Kind.DATES: "@",
    Kind.WEEKDAYS: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.TIME: "hh:mm",
}

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
_CLOCK = re.compile(r"\d\d:\d\d")
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,10}[1-9])?")


# ---- which table, which column ---------------------------------------------------------------------


def plain(text: str) -> str:
    """A heading or name as it is compared: width, case, spaces and the asterisk of required ones aside."""
    return unicodedata.normalize("NFKC", text).strip().rstrip("*").strip().casefold()


def table_of(sheet: Sheet) -> type[Row] | None:
    """The contract's table a sheet holds, by its English or Chinese name."""
    return next((table for table in TABLES if plain(sheet.name) in (table.table, table.zh)), None)


def known_columns(sheet: Sheet) -> list[tuple[str, Column] | None]:
    """For each heading of a sheet the contract's column (field and description), None for a foreign one."""
    table = table_of(sheet)
    if table is None:
        return [None] * len(sheet.header)
    names: dict[str, tuple[str, Column]] = {}
    for name, column in columns_of(table).items():
        for word in (heading(name), column.zh, *column.aliases):
            names.setdefault(plain(word), (name, column))
    return [names.get(plain(word)) for word in sheet.header]


def sheet_name(sheet: Sheet, language: Language) -> str:
    """The name a sheet bears in a workbook of this language."""
    table = table_of(sheet)
    return sheet.name if table is None else table.zh if language == "zh" else table.table


# ---- values of cells -------------------------------------------------------------------------------


def typed(value: object, kind: Kind | None) -> object:
    """A cell's value as a workbook holds it: dates, times and numbers where the column is of that kind and
    nothing is lost; ids always as text; any other text as it stands."""
    if kind in (Kind.ID, Kind.IDS) and isinstance(value, int | float) and not isinstance(value, bool):
        return text_of(value, kind)
    if isinstance(value, datetime) and kind is Kind.DATE and value.time() == time(0):
        return value.date()
    if not isinstance(value, str):
        return value
    found = _parsed(value, kind)
    return found if text_of(found, kind) == value else value


def _parsed(text: str, kind: Kind | None) -> object:
    if kind is Kind.DATE and _ISO_DATE.fullmatch(text):
        return _or_text(date.fromisoformat, text)
    if kind is Kind.MOMENT and _ISO_MOMENT.fullmatch(text):
        return _or_text(datetime.fromisoformat, text)
    if kind is Kind.TIME and _CLOCK.fullmatch(text):
        return _or_text(time.fromisoformat, text)
    if kind in (Kind.INTEGER, Kind.GRADE, Kind.DECIMAL) and _PLAIN_NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def text_of(value: object, kind: Kind | None = None) -> str:
    """A cell's value as CSV holds it: ISO dates, `HH:MM`, numbers without a needless `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _moment(value, kind)
    if isinstance(value, timedelta):
        hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
        return f"{hours:02}:{minutes:02}"
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: datetime, kind: Kind | None) -> str:
    if kind is not Kind.MOMENT and value.time() == time(0):
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _or_text(read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except ValueError:
        return text
