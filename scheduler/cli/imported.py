"""What an import did, on the console: columns, words, rows; of a child's own data only the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scheduler.cli.console import Console
from scheduler.domain.answers import TAKEN, Added, Answers, Difference, FormColumn
from scheduler.domain.columns import columns_of, heading
from scheduler.workflow import Imported

SHOWN = 30
"""Rows of each kind listed on the console; `--json` lists all."""

LONGEST = 44
PRIVATE = frozenset(
    ("name", "guardian", "phone", "pickup", "medical", "allergies", "friends", "apart", "own_children")
)
"""Columns whose values are told by their cells alone."""


def show_import(shown: Console, done: Imported, input_path: Path, *, update: bool, dry_run: bool) -> None:
    """Which column went where, what was read how, which rows are new, changed, the same, answered twice."""
    answers = done.answers
    assert answers is not None
    words = shown.words
    shown.say(
        "import_form", form=answers.file, sheet=answers.sheet, row=answers.header_row, n=answers.answers
    )
    shown.table(
        [words(f"cli.import_column_{name}") for name in ("cell", "form", "table", "how")],
        [_column(shown, answers, column) for column in answers.columns],
    )
    _show_words(shown, answers)
    _show_rows(shown, answers, update=update)
    shown.problems(done.problems, to_stderr=False)
    if any(problem.blocking for problem in done.problems):
        shown.say("import_nothing")
    elif answers.edit is not None and answers.edit.is_empty:
        shown.say(_why_nothing(answers), path=input_path)
    elif dry_run:
        shown.say("import_dry_run")
    elif done.saved is not None:
        _show_saved(shown, done, input_path)


def _why_nothing(answers: Answers) -> str:
    """The message for an import that leaves the table as it is: no answer, none taken over, or all there."""
    if not answers.answers:
        return "import_no_answer"
    return "import_none_taken" if answers.differences else "import_no_change"


def _column(shown: Console, answers: Answers, column: FormColumn) -> tuple[str, str, str, str]:
    how = shown.words(f"import.how.{column.how}")
    return (column.cell, _short(column.heading), _name(shown, answers, column.field) or "–", how)


def _name(shown: Console, answers: Answers, field: str) -> str:
    """A column as the tables in the reader's language head it."""
    known = columns_of(answers.model)
    if field not in known:
        return heading(field)
    return f"{known[field].zh} {heading(field)}" if shown.words.language == "zh" else heading(field)


def _show_words(shown: Console, answers: Answers) -> None:
    found = [row for row in answers.understood if row.field not in PRIVATE or not row.meaning]
    if not found:
        return
    words = shown.words
    shown.table(
        [words(f"cli.import_word_{name}") for name in ("column", "text", "meaning", "times")],
        [
            (
                _name(shown, answers, row.field),
                _short(row.text),
                row.meaning or words("import.blank"),
                row.times,
            )
            for row in found[:SHOWN]
        ],
        words("cli.import_words"),
    )
    _more(shown, len(found))


def _show_rows(shown: Console, answers: Answers, *, update: bool) -> None:
    shown.say(
        "import_counts",
        new=len(answers.added),
        same=answers.same,
        differing=len({row.row for row in answers.differences}),
        twice=len(answers.twice),
    )
    for rows in _runs(answers.added):
        _show_new(shown, rows)
    for twice in answers.twice[:SHOWN]:
        earlier = ", ".join(map(str, twice.earlier))
        shown.say("import_twice", row=twice.form_row, earlier=earlier)
    _more(shown, len(answers.twice))
    for family in answers.families[:SHOWN]:
        shown.say("import_family", family=family.id, ids=", ".join(family.ids))
    _more(shown, len(answers.families))
    if answers.differences:
        _show_differences(shown, answers, update=update)


def _runs(added: Sequence[Added]) -> list[list[Added]]:
    """New rows in runs that follow each other in the form too."""
    runs: list[list[Added]] = []
    for row in added:
        if runs and row.form_row == runs[-1][-1].form_row + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _show_new(shown: Console, rows: Sequence[Added]) -> None:
    first, last = rows[0], rows[-1]
    if first is last:
        shown.say("import_new", new=first.id or "–", row=first.row, form_row=first.form_row)
        return
    told = {"new": f"{first.id}–{last.id}", "row": f"{first.row}–{last.row}"}
    shown.say("import_new_rows", **told, form_row=f"{first.form_row}–{last.form_row}")


def _show_differences(shown: Console, answers: Answers, *, update: bool) -> None:
    words = shown.words
    rows = [
        (
            row.cell,
            row.id,
            _name(shown, answers, row.field),
            _value(shown, row, row.old),
            row.form_cell,
            _value(shown, row, row.new),
            words(f"import.why.{row.why}.{'taken' if update and row.why in TAKEN else 'kept'}"),
        )
        for row in answers.differences[:SHOWN]
    ]
    names = ("cell", "id", "column", "table", "form_cell", "form", "what")
    headings = [words(f"cli.import_difference_{name}") for name in names]
    shown.table(headings, rows, words("cli.import_differences"))
    _more(shown, len(answers.differences))
    if not update and any(row.why in TAKEN for row in answers.differences):
        shown.say("import_hint_update")


def _value(shown: Console, row: Difference, value: object) -> str:
    if value in (None, "", ()):
        return shown.words("import.blank")
    return shown.words("import.private") if row.field in PRIVATE else _short(_plain(value))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(_plain(item) for item in value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _show_saved(shown: Console, done: Imported, input_path: Path) -> None:
    assert done.saved is not None
    if done.saved.is_new_name:
        shown.say("import_beside", path=done.saved.path, old=input_path)
        shown.say("import_next", path=done.saved.path)
        return
    shown.say("import_written", path=done.saved.path)
    if done.saved.backup is not None:
        shown.say("import_backup", path=done.saved.backup)
    shown.say("import_next", path=input_path)


def _more(shown: Console, n: int) -> None:
    if n > SHOWN:
        shown.say("import_more", n=n - SHOWN)


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= LONGEST else one[: LONGEST - 1] + "…"


def import_json(shown: Console, done: Imported) -> dict[str, Any]:
    """The import as JSON: every row, every problem; values of a child's own data are kept back."""
    answers = done.answers
    assert answers is not None
    saved = done.saved
    return {
        "form": {"file": answers.file, "sheet": answers.sheet, "header_row": answers.header_row},
        "table": answers.model.table,
        "answers": answers.answers,
        "columns": [
            {"cell": c.cell, "heading": c.heading, "column": heading(c.field), "how": c.how}
            for c in answers.columns
        ],
        "words": [
            {"column": heading(row.field), "text": row.text, "meaning": row.meaning, "times": row.times}
            for row in answers.understood
            if row.field not in PRIVATE or not row.meaning
        ],
        "new": [{"id": row.id, "row": row.row, "form_row": row.form_row} for row in answers.added],
        "same": answers.same,
        "twice": [{"form_row": row.form_row, "earlier": list(row.earlier)} for row in answers.twice],
        "differences": list(_differences(answers)),
        "families": [{"family": row.id, "children": list(row.ids)} for row in answers.families],
        "problems": [shown.problem_json(problem) for problem in done.problems],
        "written": str(saved.path) if saved else None,
        "backup": str(saved.backup) if saved and saved.backup else None,
    }


def _differences(answers: Answers) -> Iterator[dict[str, Any]]:
    for row in answers.differences:
        told = {
            "row": row.row,
            "cell": row.cell,
            "id": row.id,
            "column": heading(row.field),
            "form_cell": row.form_cell,
            "why": row.why,
        }
        if row.field not in PRIVATE:
            told |= {"table": _plain(row.old or ""), "form": _plain(row.new)}
        yield told
