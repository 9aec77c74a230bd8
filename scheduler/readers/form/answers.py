"""From a form's export to what it would change in a table: all answers read, all problems told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from scheduler.domain.answers import TAKEN, Added, Answers, Difference, TableEdit, Twice
from scheduler.domain.book import Book, Source
from scheduler.domain.columns import columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.form.columns import map_columns
from scheduler.readers.form.keys import (
    DISTINCT,
    Key,
    Rows,
    grouped,
    key_unasked,
    keys_for,
    look_alikes,
    perhaps_another,
    several,
)
from scheduler.readers.form.map import FormMap
from scheduler.readers.form.merging import answered_since, differences, settled, with_families
from scheduler.readers.form.numbering import free_ids
from scheduler.readers.form.options import Options
from scheduler.readers.form.source import Form, read_form
from scheduler.readers.form.values import Answer, Reader
from scheduler.readers.headers import read_headings
from scheduler.readers.references import Directory
from scheduler.readers.scenario import sheets_of_tables
from scheduler.readers.tables import RawRow, RawTable, read_table, rows_of

Found = tuple[Answers | None, tuple[Problem, ...]]


@dataclass
class _Merge:
    """One import being put together."""

    form: Form
    model: type[Row]
    rules: FormMap
    reader: Reader
    keys: tuple[Key, ...]
    rows: Mapping[str, list[RawRow]]
    problems: list[Problem] = field(default_factory=list)
    known: list[tuple[RawRow, Answer]] = field(default_factory=list)
    fresh: list[tuple[str, Answer]] = field(default_factory=list)
    lost: list[Answer] = field(default_factory=list)
    """Answers that nobody can tell whose they are: read for their problems alone."""
    differences: list[Difference] = field(default_factory=list)

    @property
    def own(self) -> list[RawRow]:
        """The rows of the table itself."""
        return self.rows.get(self.model.table, [])


def read_answers(path: Path, book: Book, model: type[Row], rules: FormMap, *, update: bool) -> Found:
    """What the answers of an export come to beside a book's table, and every problem on the way.

    The answers are None where the export or the table cannot be read at all, their edit where it is not clear
    which column is which.
    """
    form, problems = read_form(path, model, rules)
    if form is None:
        return None, problems
    tables = [read_table(table, sheet) for table, sheet in sheets_of_tables(book)]
    table = next((table for table in tables if table.model is model), None)
    unreadable = _headings_wrong(table)
    if unreadable:
        return None, (*problems, *unreadable)
    columns, found = map_columns(form, model, rules)
    rows = rows_of(tables)
    reader = Reader(form, model, rules, columns, Options(rows))
    keys = keys_for(model, rules, (*reader.fields, *rules.fixed))
    answers = Answers(form.file, form.sheet, form.header_row, model, columns, keys)
    if any(problem.blocking for problem in found):
        return answers, (*problems, *found)
    merge = _Merge(form, model, rules, reader, keys, rows, [*problems, *found])
    groups = _recognise(merge)
    _finish(merge)
    families = _families(merge)
    merge.problems += reader.notes.told()
    merge.problems += _missing(merge)
    edit, cells, added = _edit(merge, table, update=update)
    merge.problems = _in_order(merge.problems, form)
    return replace(
        answers,
        answers=sum(map(len, groups)),
        understood=reader.notes.understood(reader.fields),
        unread=reader.notes.unread(),
        added=added,
        same=len({row.source.row for row, _ in merge.known} - {found.row for found in merge.differences}),
        twice=tuple(
            Twice(group[-1].row, tuple(answer.row for answer in group[:-1])) for group in groups if group[1:]
        ),
        differences=tuple(merge.differences),
        families=families,
        edit=edit,
        spoilt=reader.notes.spoilt | _rows_of(merge.problems, form),
        form_cells=cells,
    ), tuple(merge.problems)


def _headings_wrong(table: RawTable | None) -> tuple[Problem, ...]:
    """Headings of the input's own table that leave unclear where a value goes."""
    if table is None or not table.sheet.header:
        return ()
    sheet = table.sheet
    found = read_headings(table.model, sheet.header, sheet.file, sheet.name, sheet.header_row)
    return tuple(problem for problem in found.problems if problem.id == "heading_twice")


def _recognise(merge: _Merge) -> list[list[Answer]]:
    """Answers grouped by child, and the last of each put beside its row, or among the new ones."""
    fixed = merge.reader.fixed()
    first = dict.fromkeys(name for key in merge.keys for name in key)
    distinct = (name for key in DISTINCT.get(merge.model.table, ()) for name in key)
    names = tuple(dict.fromkeys((*first, *distinct)))
    answers = list(merge.reader.answers())
    for answer in answers:
        answer.values.update(
            {name: fixed[name] for name in first if name in fixed and name not in answer.raw}
        )
        merge.reader.read(answer, names)
    asked = {*merge.reader.fields, *merge.rules.fixed}
    if not any(set(key) <= asked for key in merge.keys):
        merge.lost = answers
        merge.problems.append(key_unasked(merge.keys, merge.form))
        return []
    groups, merge.lost, problems = grouped(answers, merge.keys, merge.model, merge.rules, merge.form)
    merge.problems += problems
    known = Rows(merge.keys)
    directory = Directory(merge.rows)
    for row in merge.own:
        known.add(replace(row, values=settled(row, directory)))
    ids = free_ids(merge.model.table, _ids(merge.own), merge.rules.id)
    for group in groups:
        answer = group[-1]
        found = {row.source.row: row for one in group for row in known.same(one.values)}
        same = list(found.values())
        if len(same) > 1:
            merge.problems.append(several(answer, same, merge.keys, merge.form))
            merge.lost.append(answer)
        elif same:
            merge.problems += perhaps_another(answer, same[0], merge.keys, merge.rules, merge.form)
            merge.known.append((same[0], answer))
        else:
            answer.values = {**fixed, **answer.values}
            given = answer.values.get("id") if "id" in merge.reader.fields else None
            if "id" in columns_of(merge.model):
                answer.values["id"] = given or next(ids)
            merge.fresh.append((str(answer.values.get("id", "")), answer))
    return groups


def _ids(rows: Iterable[RawRow]) -> list[str]:
    return [row.values["id"] for row in rows if isinstance(row.values.get("id"), str)]


def _finish(merge: _Merge) -> None:
    """Read all other columns of the answers that count; those that name rows of the table itself know the
    new ones too."""
    new = [
        RawRow(merge.model, Source("", "", 0), {n: answer.values.get(n) for n in ("id", "name")})
        for _, answer in merge.fresh
    ]
    merge.reader.options = Options({**merge.rows, merge.model.table: [*merge.own, *new]})
    fields = [name for name in merge.reader.fields if name != "id"]
    for answer in (*merge.lost, *(answer for _, answer in (*merge.known, *merge.fresh))):
        merge.reader.read(answer, fields)
    for row, answer in merge.known:
        merge.differences += differences(row, row.values, answer, fields)
    if merge.model.table == "children":
        rows = [row for row in merge.own if row.values.get("id") is not None]
        merge.problems += look_alikes(merge.fresh, rows, merge.form)
        if "status" not in merge.reader.fields:
            merge.problems += answered_since(merge.known, merge.form)


def _families(merge: _Merge) -> tuple[Any, ...]:
    wanted = merge.model.table == "children" and merge.rules.family == "phone"
    if not wanted or "family" in merge.reader.fields or "family" in merge.rules.fixed:
        return ()
    by_row = {row.source.row: answer for row, answer in merge.known}
    known = [(row, by_row.get(row.source.row)) for row in merge.own]
    families, found, problems = with_families(known, merge.fresh, merge.form)
    merge.differences += found
    merge.problems += problems
    return tuple(families)


def _missing(merge: _Merge) -> list[Problem]:
    """Columns without which a new row cannot be: told once where nothing gives them, else cell by cell."""
    form, problems = merge.form, []
    given = {*merge.reader.fields, *merge.rules.fixed, "id"}
    for name, column in columns_of(merge.model).items():
        told = {
            "column": heading(name),
            "heading": heading(name),
            "zh": column.zh,
            "table": merge.model.table,
        }
        if not merge.fresh or not column.required or (name not in given and not column.must_be_filled):
            if merge.fresh and column.required and name not in given:
                row = str(form.header_row)
                problems.append(
                    Problem(
                        "form_column_unasked", form.file, form.sheet, row, blocking=False, parameters=told
                    )
                )
        elif name not in given:
            row = str(form.header_row)
            problems.append(Problem("form_column_missing", form.file, form.sheet, row, parameters=told))
        elif column.must_be_filled:
            blank = (a for _, a in merge.fresh if name not in a.values and name not in a.raw)
            problems += [
                Problem("cell_missing", form.file, form.sheet, a.cells.get(name, str(a.row)), parameters=told)
                for a in blank
            ]
    return problems


def _edit(
    merge: _Merge, table: RawTable | None, *, update: bool
) -> tuple[TableEdit, dict[int, Mapping[str, str]], tuple[Added, ...]]:
    """What is to be written, where it comes from, and the new rows."""
    sheet = table.sheet if table else None
    last = max([sheet.header_row, *(number for number, _ in sheet.rows)]) if sheet else 1
    changes: dict[int, dict[str, object]] = {}
    cells: dict[int, Mapping[str, str]] = {}
    for found in merge.differences if update else ():
        if found.why in TAKEN:
            changes.setdefault(found.row, {})[found.field] = found.new
            cells[found.row] = {
                **cells.get(found.row, {"": str(found.form_row)}),
                found.field: found.form_cell,
            }
    added = []
    for row, (id, answer) in enumerate(merge.fresh, last + 1):
        added.append(Added(answer.row, row, id))
        cells[row] = {"": str(answer.row), **answer.cells}
    additions = tuple(answer.values for _, answer in merge.fresh)
    columns = read_headings(merge.model, sheet.header, "", "", 0).fields if sheet else {}
    places = {name: index for index, name in columns.items()}
    pattern = max((row.source.row for row in merge.own), default=0)
    language = _language(table, merge.rows)
    edit = TableEdit(merge.model, sheet, language, places, pattern, changes, additions)
    return edit, cells, tuple(added)


def _language(table: RawTable | None, rows: Mapping[str, list[RawRow]]) -> Literal["zh", "en"]:
    """The language of the table's headings; of a table that is not there yet that of the others' sheets."""
    if table and table.languages:
        return "zh" if table.languages.count("zh") > table.languages.count("en") else "en"
    sheets = {row.source.sheet for found in rows.values() for row in found[:1]}
    return "zh" if any(not name.isascii() for name in sheets) else "en"


def _rows_of(problems: Iterable[Problem], form: Form) -> frozenset[int]:
    """The rows of the form in which something blocks."""
    cells = (problem.cell for problem in problems if problem.blocking and problem.file == form.file)
    digits = ("".join(filter(str.isdigit, cell)) for cell in cells)
    return frozenset(int(number) for number in digits if number)


def _in_order(problems: Sequence[Problem], form: Form) -> list[Problem]:
    """The problems in the order of the form's cells, each once."""
    unique = {(p.id, p.file, p.cell, p.value, str(p.parameters)): p for p in problems}

    def key(problem: Problem) -> tuple[bool, int, int, str]:
        letters = problem.cell.rstrip("0123456789")
        digits = problem.cell[len(letters) :]
        return (problem.file == form.file, int(digits or 0), len(letters), letters)

    return sorted(unique.values(), key=key)
