"""A form's answers beside an input table: which column became which, which rows are new, and what differs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scheduler.domain.book import Sheet, letters
from scheduler.domain.tables import Row

How = Literal["map", "name", "words", "service", "own_id", "left_out", "unknown"]
"""How a form's column was understood: by the map, by its name or alias, by key words, as the form service's
own, as the service's own number, left out by the map, or not at all."""

Kept = Literal["blank", "later", "by_hand", "older"]
"""Why a cell differs: blank in the table, answered later than the row, changed in the table since that
answer, or answered earlier than the row."""

TAKEN: tuple[Kept, ...] = ("blank", "later")
"""The differences that an update takes over."""


def toml_text(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True)
class FormColumn:
    """A column of the form: the cell of its heading, and the field of the table it gives ('' for none)."""

    index: int
    cell: str
    heading: str
    field: str
    how: How
    order: int = 0
    """Where several columns make one list: the place in it."""


def map_key(column: FormColumn, columns: Sequence[FormColumn]) -> str:
    """What the map calls a column, as TOML: its heading, or its letter where two share one."""
    shared = sum(other.heading == column.heading for other in columns) > 1
    return toml_text(f"@{letters(column.index)}" if shared else column.heading)


@dataclass(frozen=True)
class Understood:
    """A text that was read otherwise than letter by letter: what it stands for, and how often it is there."""

    field: str
    text: str
    meaning: str
    times: int = 1


@dataclass(frozen=True)
class Unread:
    """A text that stands for nothing known: what the map must say."""

    field: str
    text: str


@dataclass(frozen=True)
class Added:
    """An answer that becomes a new row."""

    form_row: int
    row: int
    id: str


@dataclass(frozen=True)
class Twice:
    """Answers of one child (or whatever the table holds): the one that counts, and the earlier ones."""

    form_row: int
    earlier: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """A cell of a known row in which table and form differ."""

    row: int
    cell: str
    id: str
    field: str
    old: object
    new: object
    form_row: int
    form_cell: str
    why: Kept


@dataclass(frozen=True)
class Family:
    """Children that get one family: by the phone their guardians share."""

    id: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class TableEdit:
    """What is to be written into one table: values by field, of rows that are there and of rows to add.

    `sheet` is the table as it stands, None where the input has none yet; `columns` are the 0-based indices of
    the fields its headings name; `pattern_row` is its last row of data, whose looks new rows take (0: none).
    """

    model: type[Row]
    sheet: Sheet | None
    language: Literal["zh", "en"]
    columns: Mapping[str, int] = field(default_factory=dict)
    pattern_row: int = 0
    changes: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    additions: tuple[Mapping[str, object], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.additions and not any(self.changes.values())


@dataclass(frozen=True)
class Answers:
    """All that a form's answers come to."""

    file: str
    sheet: str
    header_row: int
    model: type[Row]
    columns: tuple[FormColumn, ...]
    key: tuple[tuple[str, ...], ...] = ()
    answers: int = 0
    understood: tuple[Understood, ...] = ()
    unread: tuple[Unread, ...] = ()
    added: tuple[Added, ...] = ()
    same: int = 0
    twice: tuple[Twice, ...] = ()
    differences: tuple[Difference, ...] = ()
    families: tuple[Family, ...] = ()
    edit: TableEdit | None = None
    form_cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Of each row of the table that this import writes: the form's cell by field; '' for the row itself."""

    spoilt: frozenset[int] = frozenset()
    """The rows of the form in which something cannot be read; if there are any, nothing may be written."""
