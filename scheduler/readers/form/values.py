"""The cells of an answer as values of the table's columns, or what the map must say about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.domain.answers import FormColumn
from scheduler.domain.columns import Column, Kind, columns_of
from scheduler.domain.tables import Row
from scheduler.readers.cells import Noted, read_cell, written
from scheduler.readers.dates import Bad, read_moment
from scheduler.readers.form.columns import LISTS
from scheduler.readers.form.dates import in_order, order_shown
from scheduler.readers.form.map import FormMap, text_key
from scheduler.readers.form.notes import OF_CHILDREN, Notes
from scheduler.readers.form.options import Options, is_ticked, parts_of, word_in, yes_or_no
from scheduler.readers.form.source import Form
from scheduler.readers.form.words import ANY, NOTHING, SKIPPED, SUBMITTED
from scheduler.readers.headers import key_of
from scheduler.readers.references import CHINESE
from scheduler.readers.skipped import is_blank, is_note, is_total

_QUIET = (Kind.TEXT, Kind.TEXTS, Kind.IDS)
"""Kinds of columns in which "none" says the same as a blank."""

LONGEST = 32_767
"""Characters that a workbook's cell can hold."""

Cells = tuple[tuple[str, object], ...]
"""Filled cells that give one column: address and value."""


@dataclass
class Answer:
    """One row of the form."""

    row: int
    cells: Mapping[str, str]
    raw: Mapping[str, Cells]
    values: dict[str, object] = field(default_factory=dict)
    submitted: datetime | None = None


class Reader:
    """Reads the cells of answers; its notes tell every problem, and what was not read letter by letter."""

    def __init__(
        self, form: Form, model: type[Row], rules: FormMap, columns: Sequence[FormColumn], options: Options
    ) -> None:
        """Prepare to read a form's columns; `options` are the rows that references may mean."""
        self.form, self.model, self.rules, self.options = form, model, rules, options
        self.known = columns_of(model)
        self.notes = Notes(form, model, rules)
        self._columns = sorted((c for c in columns if c.field), key=lambda c: (c.order, c.index))
        self._order = rules.dates or order_shown(self._column_of(SUBMITTED))

    @property
    def fields(self) -> tuple[str, ...]:
        """The table's columns that the form gives."""
        return tuple(dict.fromkeys(c.field for c in self._columns if c.field in self.known))

    def answers(self) -> Iterator[Answer]:
        """Every row that holds an answer, yet unread but for the moment it was handed in."""
        for row, cells in self.form.rows:
            if is_total(cells) or is_note(cells):
                id = "total_skipped" if is_total(cells) else "note_skipped"
                self.notes.tell(id, str(row), blocking=False)
                continue
            raw: dict[str, list[tuple[str, object]]] = defaultdict(list)
            for column in self._columns:
                value = cells[column.index]
                if not is_blank(value) and not (isinstance(value, str) and key_of(value) in SKIPPED):
                    raw[column.field].append((self.form.cell(column.index, row), value))
            if not any(field in self.known and field != SUBMITTED for field in raw):
                continue
            where = {c.field: self.form.cell(c.index, row) for c in reversed(self._columns)}
            answer = Answer(row, where, {name: tuple(found) for name, found in raw.items()})
            answer.submitted = self._submitted(answer)
            yield answer

    def read(self, answer: Answer, names: Sequence[str]) -> None:
        """Read some columns of an answer into its values; blank ones stay away."""
        for name in names:
            if name in answer.values or name not in answer.raw:
                continue
            value = self.value(name, answer.raw[name])
            if value not in (None, "", ()):
                answer.values[name] = value

    def fixed(self) -> dict[str, object]:
        """The values that the map gives to every new row."""
        found = {}
        for name, given in self.rules.fixed.items():
            if name in self.known and given != "":
                value = self.value(name, (("", given),))
                if value not in (None, "", ()):
                    found[name] = value
        return found

    # ---- one column of one answer -------------------------------------------------------------------

    def value(self, name: str, cells: Cells) -> object:
        """The value of a column from the cells that give it; None where they cannot be read."""
        column = self.known[name]
        if column.kind not in LISTS:
            place, cell = cells[0]
            return self._single(name, column, cell, place)
        found: list[object] = []
        for place, cell in cells:
            for part in self._parts(name, cell):
                found += self._items(name, column, part, place)
        return tuple(dict.fromkeys(found))

    def _parts(self, name: str, cell: object) -> list[object]:
        if not isinstance(cell, str):
            return [cell]
        if text_key(cell) in self.rules.values.get(name, {}):
            return [cell]
        parts = parts_of(cell, self.rules.options.get(name, ()))
        return [cell.strip()] if self._is_one_option(name, cell, parts) else list(parts)

    def _is_one_option(self, name: str, cell: str, parts: Sequence[str]) -> bool:
        """Whether what stands between the commas of an option is no option of its own: where each choice has
        a column, or where the whole has a meaning that some part has not."""
        tables = self.known[name].refers_to
        if len(parts) < 2 or not tables or is_ticked(cell):
            return False
        if sum(column.field == name for column in self._columns) > 1:
            return True
        words = self.rules.values.get(name, {})
        unclear = (p for p in parts if text_key(p) not in words and len(self.options.ids(p, tables)[0]) != 1)
        return any(unclear) and len(self.options.ids(cell, tables)[0]) == 1

    def _items(self, name: str, column: Column, part: object, place: str) -> tuple[object, ...]:
        told, part = self._by_map(name, part)
        if is_blank(part) or (not told and self._says_nothing(name, column, part)):
            return ()
        if column.refers_to:
            pieces = str(part).split(";") if told else [written(part)]
            ids = (self._reference(name, column, piece.strip(), place) for piece in pieces)
            return tuple(id for id in ids if id)
        found = read_cell(part, column, name)
        if isinstance(found, Bad):
            word = word_in(written(part), column) if column.kind is Kind.CHOICES else None
            if word:
                return (self.notes.mean(name, part, word),)
            self.notes.refuse(name, part, found, place)
            return ()
        value = found.value if isinstance(found, Noted) else found
        return value if isinstance(value, tuple) else (value,)

    def _single(self, name: str, column: Column, cell: object, place: str) -> object:
        told, cell = self._by_map(name, cell)
        if is_blank(cell) or (not told and self._says_nothing(name, column, cell)):
            return None
        if column.refers_to:
            return self._reference(name, column, written(cell), place)
        if column.kind in (Kind.DATE, Kind.MOMENT) and name != SUBMITTED:
            cell = in_order(cell, self.rules.dates)
        elif column.kind is Kind.MOMENT:
            cell = in_order(cell, self._order)
        found = read_cell(cell, column, name)
        if isinstance(found, Noted):
            self.notes.warn(name, cell, found, place)
            return found.value
        if isinstance(found, str) and len(found) > LONGEST:
            found = Bad("form_text_too_long")
        if not isinstance(found, Bad):
            return found
        if column.kind is Kind.YES_NO and (agreed := yes_or_no(written(cell))) is not None:
            return self.notes.mean(name, cell, agreed)
        if column.kind is Kind.CHOICE and (word := word_in(written(cell), column)):
            return self.notes.mean(name, cell, word)
        self.notes.refuse(name, cell, found, place)
        return None

    def _by_map(self, name: str, cell: object) -> tuple[bool, object]:
        """Whether the map translates a cell, and what it then holds."""
        words = self.rules.values.get(name, {})
        key = text_key(written(cell)) if words else ""
        return (True, words[key]) if key in words else (False, cell)

    def _says_nothing(self, name: str, column: Column, cell: object) -> bool:
        quiet = not column.must_be_filled and (column.kind in _QUIET or column.refers_to)
        if not quiet or not isinstance(cell, str):
            return False
        is_any = column.blank.startswith(("all", "any")) and key_of(cell) in ANY
        if not is_any and key_of(cell) and key_of(cell) not in NOTHING:
            return False
        self.notes.mean(name, cell, "")
        return True

    def _reference(self, name: str, column: Column, text: str, place: str) -> str | None:
        found, is_exact = self.options.ids(text, column.refers_to)
        if len(found) == 1:
            if not is_exact:
                self.notes.mean(name, "" if name in OF_CHILDREN else text, found[0])
            return found[0]
        tables = {
            "tables": " / ".join(column.refers_to),
            "tables_zh": " / ".join(CHINESE.get(table, table) for table in column.refers_to),
        }
        if found:
            bad = Bad("form_value_ambiguous", {**tables, "ids": ", ".join(found)})
            self.notes.unknown(name, text, bad, place, found[0])
            return None
        near = self.options.nearest(text, column.refers_to)
        known = near or self.options.some(column.refers_to)
        id = "form_value_unknown_near" if near else "form_value_unknown"
        self.notes.unknown(name, text, Bad(id, {**tables, "known": known}), place, near)
        return None

    def _submitted(self, answer: Answer) -> datetime | None:
        for place, cell in answer.raw.get(SUBMITTED, ())[:1]:
            found = read_moment(in_order(cell, self._order))
            if isinstance(found, datetime):
                return found
            if SUBMITTED not in self.known:  # else the column's own reading tells it
                self.notes.refuse(SUBMITTED, cell, found, place)
        return None

    def _column_of(self, name: str) -> list[object]:
        indices = [c.index for c in self._columns if c.field == name]
        return [cells[index] for _, cells in self.form.rows for index in indices]
