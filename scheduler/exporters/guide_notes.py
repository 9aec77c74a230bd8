"""The words about the input tables: a heading's comment, and the first sheet of the guided workbook."""

from __future__ import annotations

import re
from typing import Any

from scheduler.domain.columns import Column, Kind, columns_of, heading
from scheduler.domain.tables import TABLES, Settings
from scheduler.exporters.table_cells import text_of
from scheduler.exporters.tables import print_wide, word_for
from scheduler.locale import Catalogue, Language

ORDER = (
    "settings",
    "days",
    "shifts",
    "periods",
    "venues",
    "rooms",
    "classes",
    "priorities",
    "courses",
    "children",
    "points",
    "trips",
    "staff",
    "availability",
    "needs",
    "closures",
    "locks",
)
"""The order in which a coordinator best fills in the tables: what is referred to comes first."""

_IDS = {
    "weeks": "1",
    "shifts": "AM",
    "periods": "P1",
    "venues": "V1",
    "rooms": "V1-R1",
    "classes": "V1-1",
    "children": "K001",
    "priorities": "P1",
    "courses": "opera",
    "trips": "museum",
    "staff": "T01",
    "needs": "lead",
    "locks": "L1",
}
_SAMPLES = {
    Kind.DATE: "2016-07-18",
    Kind.DATES: "2016-07-20;2016-07-27",
    Kind.MOMENT: "2016-06-20 09:30",
    Kind.TIME: "08:30",
    Kind.GRADE: "3",
    Kind.WEEKDAYS: "1;3;5",
}


# ---- words about a column --------------------------------------------------------------------------


def note(table: str, name: str, column: Column, words: Catalogue) -> str:
    """What a heading's comment says: meaning, whether it must be filled in, options, unit, blank, example."""
    lines = [words(f"column.{table}.{heading(name)}")]
    if column.required:
        lines.append(words("guide.note_required"))
    if column.options:
        lines.append(words("guide.note_options", options="、".join(options_in(column, words.language))))
    if column.kind in (Kind.IDS, Kind.TEXTS, Kind.CHOICES, Kind.DATES, Kind.WEEKDAYS):
        lines.append(words("guide.note_list"))
    names = {t.table: t.zh if words.language == "zh" else t.table for t in TABLES}
    referred = [names[other] for other in column.refers_to if other in names]
    if referred:
        lines.append(words("guide.note_refers", tables="、".join(referred)))
    if column.unit:
        lines.append(words("guide.note_unit", unit=words(f"guide.unit.{slug(column.unit)}")))
    if not column.must_be_filled:
        lines.append(words("guide.note_blank", blank=blank_in(column, words)))
    lines.append(words("guide.note_example", example=example(table, name, column, words)))
    return "\n".join(lines)


def slug(text: str) -> str:
    """The key under which a unit or the meaning of a blank is worded: `km/h` -> `km_h`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "degree"


def blank_in(column: Column, words: Catalogue) -> str:
    """What an empty cell means, in the catalogue's language."""
    if not column.blank:
        return words("guide.nothing")
    if column.kind is Kind.YES_NO:
        return str(word_for(column.blank == "yes", column, words.language))
    if column.blank in column.options:
        return str(word_for(column.blank, column, words.language))
    id = f"guide.blank.{slug(column.blank)}"
    return words(id) if id in words else column.blank.removesuffix(".0")


def example(table: str, name: str, column: Column, words: Catalogue) -> str:
    """A cell as it might be filled in."""
    id = f"guide.example.{table}.{heading(name)}"
    if id in words:
        return words(id)
    if column.kind is Kind.YES_NO:
        return str(word_for(True, column, words.language))
    if column.options:
        number = 2 if column.kind is Kind.CHOICES else 1
        return ";".join(options_in(column, words.language)[:number])
    if column.kind in (Kind.ID, Kind.IDS):
        return ";".join(_IDS[other] for other in column.refers_to or (table,) if other in _IDS) or "1"
    return _SAMPLES.get(column.kind, "1")


def options_in(column: Column, language: Language) -> list[str]:
    """The words a choice knows, one for each option."""
    return [str(word_for(option, column, language)) for option in column.options]


# ---- the first sheet --------------------------------------------------------------------------------


def write_guide(workbook: Any, worksheet: Any, words: Catalogue) -> None:  # noqa: ANN401
    """The first sheet: what to fill in, in which order, and what every table and setting means."""
    title = workbook.add_format({"bold": True, "font_size": 16})
    head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    cell = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    worksheet.hide_gridlines(2)
    print_wide(worksheet)
    worksheet.set_portrait()
    for index, width in enumerate((8, 22, 70, 28)):
        worksheet.set_column(index, index, width)
    worksheet.write_string(0, 0, words("guide.title"), title)
    for row, id in enumerate(("guide.about", "guide.next", "guide.privacy"), 1):
        worksheet.merge_range(row, 0, row, 3, words(id), text)
        worksheet.set_row(row, 48 if row == 1 else 32)
    tables = {table.table: table for table in TABLES}
    rows = [
        (str(number), name if words.language == "en" else tables[name].zh, words(f"guide.holds.{name}"),
         words("guide.required" if tables[name].required else "guide.optional"))
        for number, name in enumerate(ORDER, 1)
    ]  # fmt: skip
    headings = [words(f"guide.{id}") for id in ("order", "table", "what", "must")]
    next_row = _grid(worksheet, 5, headings, rows, head, cell)
    for row in range(6, next_row):
        sheet = rows[row - 6][1]
        worksheet.write_url(row, 1, f"internal:'{sheet}'!A1", cell, sheet)
    worksheet.write_string(next_row + 1, 0, words("guide.settings_title"), title)
    settings = [
        ("", name, words(f"column.setting.{name}"), _left_out(name, column, words))
        for name, column in columns_of(Settings).items()
    ]
    headings = ["", *(words(f"guide.{id}") for id in ("setting", "meaning", "blank_title"))]
    _grid(worksheet, next_row + 2, headings, settings, head, cell)


def _left_out(name: str, column: Column, words: Catalogue) -> str:
    """A setting's value where it is not set: its default as it would be written, else in words."""
    default = Settings.model_fields[name].default
    return blank_in(column, words) if default in (None, "") else text_of(default)


def _grid(
    worksheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    row: int,
    headings: list[str],
    rows: list[tuple[str, str, str, str]],
    head: Any,  # noqa: ANN401
    cell: Any,  # noqa: ANN401
) -> int:
    """Write a small table from a row on; gives the row below it."""
    for column, word in enumerate(headings):
        worksheet.write_string(row, column, word, head)
    for offset, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            worksheet.write_string(row + offset, column, value, cell)
    return row + len(rows) + 1
