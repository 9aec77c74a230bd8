"""The season that answers go into: whether it may be written, and what the answers would bring into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scheduler.domain.answers import Answers
from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.headers import table_named
from scheduler.readers.scenario import Reading, is_text_alone
from scheduler.readers.skipped import is_total

_ROW = re.compile(r"[A-Z]*(\d+)")


def problems_of_form(answers: Answers, before: Reading, after: Reading) -> tuple[Problem, ...]:
    """The problems that a season has only with the answers: those of imported rows point at the form's cells,
    blocking ones elsewhere are warnings (they may follow from a table that is filled in next)."""
    known = {_identity(problem) for problem in before.problems}
    found = list(_below_totals(answers))
    for problem in after.problems:
        # what was not read of a row may be why the season finds fault with it
        if _identity(problem) in known or (answers.spoilt and not problem.blocking):
            continue
        row = _row(problem, answers)
        if row is not None and int(answers.form_cells[row][""]) in answers.spoilt:
            continue
        if row is not None:
            column = str(problem.parameters.get("column", ""))
            cells = answers.form_cells[row]
            cell = cells.get(column, cells[""])
            told = {**problem.parameters, "cell": cell}
            found.append(replace(problem, file=answers.file, sheet=answers.sheet, cell=cell, parameters=told))
        elif problem.blocking and not answers.spoilt:
            found.append(replace(problem, blocking=False))
    return tuple(found)


def _below_totals(answers: Answers) -> Iterator[Problem]:
    """A row of totals under the table: new rows would come below it, and it would not count them."""
    sheet = answers.edit.sheet if answers.edit and answers.edit.additions else None
    under = max((number for number, cells in sheet.rows if is_total(cells)), default=0) if sheet else 0
    if sheet and under > (answers.edit.pattern_row if answers.edit else 0):
        filled = next((text for cell in dict(sheet.rows)[under] if (text := str(cell or "").strip())), "")
        yield Problem("table_total", sheet.file, sheet.name, str(under), filled, parameters={"row": under})


def unfit_for_import(book: Book, found: tuple[Problem, ...], model: type[Row]) -> tuple[Problem, ...]:
    """Why nothing may be written into an input (`found`: what reading its file told): it is no season, open
    elsewhere, or its table cannot be read whole."""
    path = Path(book.path)
    if is_text_alone(book):
        return (Problem("file_is_one_table", path.name),)
    # Excel's and WPS's mark, and LibreOffice's
    marks = (path.with_name(name) for name in (f"~${path.name}", f".~lock.{path.name}#"))
    mark = next((mark for mark in marks if mark.exists()), None)
    if mark is not None:
        return (Problem("input_open", path.name, parameters={"mark": mark.name}),)
    return tuple(p for p in found if p.blocking and (not p.sheet or table_named(p.sheet) is model))


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    return (problem.id, problem.sheet, problem.cell, problem.value)


def _row(problem: Problem, answers: Answers) -> int | None:
    """The row of the table a problem is told of, if the import writes that row."""
    table = answers.edit.sheet if answers.edit else None
    match = _ROW.fullmatch(problem.cell)
    if not match or answers.edit is None:
        return None
    sheet = table.name if table else problem.sheet
    is_new_table = (
        table is None and problem.parameters.get("table", answers.model.table) != answers.model.table
    )
    row = int(match[1])
    return row if problem.sheet == sheet and not is_new_table and row in answers.form_cells else None
