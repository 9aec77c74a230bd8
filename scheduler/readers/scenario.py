"""From a book to the scenario: tables parsed, references resolved, cross-checked as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.domain import consistency
from scheduler.domain.book import Book, Sheet
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import TABLES, Row, Settings
from scheduler.locale import Language
from scheduler.readers.book import read_book
from scheduler.readers.files import FileKind, kind_of
from scheduler.readers.headers import column_named, table_like, table_named
from scheduler.readers.references import Directory, columns_of_references, resolve
from scheduler.readers.settings import located, read_settings
from scheduler.readers.tables import RawRow, RawTable, read_table, rows_of, without_duplicates


@dataclass(frozen=True)
class Reading:
    """What was read: the scenario, unless a problem is blocking; every problem; the sheets as they stand; the
    language of their headings, None where no table was read."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    book: Book | None
    language: Language | None = None


def read_scenario(path: Path) -> Reading:
    """The season of a workbook or folder, with all its problems in the order of the file."""
    book, found = read_book(path)
    if book is None:
        return Reading(None, found, None)
    if is_text_alone(book):
        # that every other table is missing goes without saying
        return Reading(None, (Problem("file_is_one_table", Path(book.path).name),), book)
    return reading_of(book, found)


def reading_of(book: Book, found: tuple[Problem, ...] = ()) -> Reading:
    """The season of a book, beside the problems found in reading its file."""
    tables = [read_table(model, sheet) for model, sheet in sheets_of_tables(book)]
    unread = {model.table for problem in found if problem.blocking and (model := table_named(problem.sheet))}
    problems = [*found, *_missing_tables(tables, book, unread)]
    rows = rows_of(tables)
    problems += resolve(rows, Directory(rows, unread | _incomplete(tables)))
    for table in tables:
        without_duplicates(table)
        problems += [problem for problem in table.problems if not _is_blank_setting(problem, table)]
    rows = rows_of(tables)
    settings, wrong, places = read_settings(rows.get("settings", ()))
    if settings.language is None:
        settings = settings.model_copy(update={"language": language_of(book) or "en"})
    problems += wrong
    blocking = any(problem.blocking for problem in problems)
    scenario = _scenario(settings, rows)
    crosschecked = consistency.row_problems(scenario) if blocking else consistency.problems(scenario)
    problems += [located(found, places) if "setting" in found.parameters else found for found in crosschecked]
    blocking = any(problem.blocking for problem in problems)
    language = settings.language if language_of(book) else None
    return Reading(None if blocking else scenario, tuple(_in_order(problems, book)), book, language)


def language_of(book: Book) -> Language | None:
    """The language of most headings that mean something; None where none does."""
    votes = Counter(
        match[1]
        for model, sheet in sheets_of_tables(book)
        for text in sheet.header
        if text and (match := column_named(model, text))
    )
    return ("zh" if votes["zh"] > votes["en"] else "en") if votes else None


def is_text_alone(book: Book) -> bool:
    """Whether the input is a single text file, which no season can be."""
    path = Path(book.path)
    return path.is_file() and kind_of(path) is FileKind.TEXT


def sheets_of_tables(book: Book) -> Iterable[tuple[type[Row], Sheet]]:
    """The first sheet of each table; another one is a problem told already."""
    first: dict[type[Row], Sheet] = {}
    for sheet in book.sheets:
        model = table_named(sheet.name)
        if model is not None:
            first.setdefault(model, sheet)
    return first.items()


def _incomplete(tables: list[RawTable]) -> set[str]:
    """Tables whose ids are not known for a problem told already: references to them cannot be judged."""
    there = {table.model.table for table in tables}
    found = {model.table for model in TABLES if model.required and model.table not in there}
    for table in tables:
        name = table.model.table
        naming = "week" if name == "days" else "id"
        lacks_ids = naming in table.model.model_fields and any(
            naming not in row.source.columns for row in table.rows[:1]
        )
        if lacks_ids or (table.model.required and not table.rows):
            found.add(name)
    return found | ({"weeks"} if "days" in found else set())


def _missing_tables(tables: list[RawTable], book: Book, unread: set[str]) -> list[Problem]:
    """Required tables that are not there or hold no row; not those whose file could not be read."""
    problems = []
    by_name = {table.model.table: table for table in tables}
    for model in TABLES:
        if not model.required or model.table in unread:
            continue
        table = by_name.get(model.table)
        if table is None:
            near = next(
                (s for s in book.sheets if not table_named(s.name) and table_like(s.name) is model),
                None,
            )
            names: dict[str, object] = {"table": model.table, "zh": model.zh}
            file = Path(book.path).name
            if near is None:
                problems.append(Problem("table_missing", file, parameters=names))
            else:
                problems.append(
                    Problem(
                        "table_missing_near", near.file, near.name, parameters={**names, "near": near.name}
                    )
                )
        elif not table.rows:
            problems.append(
                Problem(
                    "table_empty",
                    table.sheet.file,
                    table.sheet.name,
                    parameters={"table": model.table, "zh": model.zh},
                )
            )
    return problems


def _is_blank_setting(problem: Problem, table: RawTable) -> bool:
    """A setting whose value is blank keeps its default: no problem, though the column is required."""
    is_value = problem.id == "cell_missing" and problem.parameters.get("heading") == "value"
    return table.model.table == "settings" and is_value


def _scenario(settings: Settings, rows: dict[str, list[RawRow]]) -> Scenario:
    """The scenario of the rows that can be used: whole ones whose references are too."""
    usable = {
        table: [row for row in found if row.is_whole] for table, found in rows.items() if table != "settings"
    }
    _drop_dangling(usable)
    parts: dict[str, Any] = {
        table: tuple(row.model(**row.values, source=row.source) for row in found)
        for table, found in usable.items()
    }
    return Scenario(settings=settings, **parts)


def _drop_dangling(usable: dict[str, list[RawRow]]) -> None:
    """Leave out rows that refer to a row left out, until none does."""
    while True:
        ids = {table: {row.values.get("id") for row in found} for table, found in usable.items()}
        ids["weeks"] = {row.values["week"] for row in usable.get("days", ())}
        dropped = False
        for table, found in usable.items():
            kept = [row for row in found if not _dangles(row, ids)]
            dropped = dropped or len(kept) < len(found)
            usable[table] = kept
        if not dropped:
            return


def _dangles(row: RawRow, ids: dict[str, set[Any]]) -> bool:
    for name, column in columns_of_references(row.model):
        value = row.values.get(name)
        for id in (value,) if isinstance(value, str) else value or ():
            if not any(id in ids.get(table, ()) for table in column.refers_to):
                return True
    return False


def _in_order(problems: Iterable[Problem], book: Book) -> list[Problem]:
    """The problems by sheet, row and column; those of the whole file first, each once."""
    place = {(sheet.file, sheet.name): i for i, sheet in enumerate(book.sheets)}
    unique = {(p.id, p.file, p.sheet, p.cell, p.value, str(p.parameters)): p for p in problems}

    def key(problem: Problem) -> tuple[int, int, int, str]:
        match = re.match(r"([A-Z]*)(\d*)", problem.cell)
        letters, number = (match[1], match[2]) if match else ("", "")
        return (place.get((problem.file, problem.sheet), -1), int(number or 0), len(letters), letters)

    return sorted(unique.values(), key=key)
