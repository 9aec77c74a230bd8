"""A form's answers brought into the input."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler import readers
from scheduler.domain.answers import Answers
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.locale import Language
from scheduler.workflow.reading import zone

if TYPE_CHECKING:
    from scheduler.exporters.edit import Saved


@dataclass(frozen=True)
class Imported:
    """What a form's answers come to, every problem, and what was written (None for nothing)."""

    answers: Answers | None
    problems: tuple[Problem, ...]
    saved: Saved | None = None
    language: Language | None = None


def import_answers(
    form: Path, input_path: Path, model: type[Row], map_path: Path | None, *, update: bool, write: bool
) -> Imported:
    """A form's answers onto a table of the input: new rows, and with `update` later answers onto known ones.

    Nothing is written where a problem blocks, where nothing changes, or without `write`. Raises OutputError.
    """
    rules, problems = readers.read_map(map_path, model) if map_path else (readers.FormMap(), ())
    book, found = readers.read_book(input_path) if rules else (None, ())
    if rules is None or book is None:
        return Imported(None, (*problems, *found))
    refused = readers.unfit_for_import(book, found, model)
    if refused:
        return Imported(None, refused, language=readers.language_of(book))
    before = readers.reading_of(book, found)
    answers, problems = readers.read_answers(form, book, model, rules, update=update)
    if answers is None or answers.edit is None:
        return Imported(answers, problems, language=readers.language_of(book))
    # loaded only here: no other part of the way writes into a workbook that is there
    from scheduler.exporters import edit

    placed = edit.place(answers.edit)
    expected = edit.edited(book, placed)
    language = answers.edit.language
    problems += readers.problems_of_form(answers, before, readers.reading_of(expected, found))
    blocked = any(problem.blocking for problem in problems)
    if blocked or not write or answers.edit.is_empty:
        return Imported(answers, problems, None, language)
    table = Path(book.path) / placed.sheet.file if placed.sheet else None
    separator = readers.separator_of(table) if table and Path(book.path).is_dir() else ","
    moment = datetime.now(UTC).astimezone(zone(before.scenario))

    def is_as_meant(path: Path) -> bool:
        return edit.same_cells(readers.read_book(path)[0], expected)

    saved = edit.save_edit(input_path, book, placed, separator, language, moment, is_as_meant)
    return Imported(answers, problems, saved, language)
