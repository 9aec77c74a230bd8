"""References between tables: by id, or by a name that is unique; what is unknown gets its nearest match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from scheduler.domain.columns import Column, columns_of
from scheduler.domain.problems import Problem
from scheduler.domain.tables import TABLES
from scheduler.readers.headers import folded
from scheduler.readers.tables import RawRow, key_of_id

MOST_SEARCHES = 60
MOST_CANDIDATES = 3000

CHINESE = {model.table: model.zh for model in TABLES} | {"weeks": "周"}
"""What tables, and the weeks of the days, are called in Chinese."""


@dataclass
class Names:
    """The ids of one table, and what else they may be called."""

    ids: set[str] = field(default_factory=set)
    by_key: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, id: str, name: str = "") -> None:
        """Make an id known."""
        self.ids.add(id)
        self.by_key[key_of_id(id)].add(id)
        if name:
            self.by_name[folded(name)].add(id)


class Directory:
    """Every id and name that a reference may give."""

    def __init__(self, rows: Mapping[str, Iterable[RawRow]], incomplete: Iterable[str] = ()) -> None:
        """Index the rows of all tables, also those that cannot be used: they are known all the same.

        References to `incomplete` tables cannot be judged.
        """
        self._incomplete = frozenset(incomplete)
        self._names: dict[str, Names] = defaultdict(Names)
        self._searches = 0
        for table, found in rows.items():
            for row in found:
                id, name = row.values.get("id"), row.values.get("name")
                if isinstance(id, str):
                    self._names[table].add(id, name if isinstance(name, str) else "")
        for row in rows.get("days", ()):
            if isinstance(row.values.get("week"), str):
                self._names["weeks"].add(row.values["week"])

    def can_judge(self, tables: tuple[str, ...]) -> bool:
        """Whether all the ids of these tables are known."""
        return not self._incomplete & set(tables)

    def find(self, text: str, tables: tuple[str, ...]) -> list[str]:
        """The ids that a text may mean: one if it is clear, more if not, none if unknown."""
        for found in (self._exact(text, tables), self._alike(text, tables), self._named(text, tables)):
            if found:
                return found
        return []

    def _exact(self, text: str, tables: tuple[str, ...]) -> list[str]:
        return [text] if any(text in self._names[table].ids for table in tables) else []

    def _alike(self, text: str, tables: tuple[str, ...]) -> list[str]:
        key = key_of_id(text)
        return sorted({id for table in tables for id in self._names[table].by_key.get(key, ())})

    def _named(self, text: str, tables: tuple[str, ...]) -> list[str]:
        name = folded(text)
        return sorted({id for table in tables for id in self._names[table].by_name.get(name, ())})

    def nearest(self, text: str, tables: tuple[str, ...]) -> str:
        """The id whose id or name is nearest to a text, or '' where several are as near (T1 and T2 to T9);
        searches are limited: each takes its time."""
        self._searches += 1
        if self._searches > MOST_SEARCHES:
            return ""
        wanted = folded(text)
        known: dict[str, str] = {}
        for table in tables:
            for index in (self._names[table].by_key, self._names[table].by_name):
                for name, ids in index.items():
                    known.setdefault(name, min(ids))
        if len(known) > MOST_CANDIDATES:
            ends = set(wanted[:1] + wanted[-1:])
            known = {name: id for name, id in known.items() if name[:1] in ends or name[-1:] in ends}
            known = dict(list(known.items())[:MOST_CANDIDATES])
        near = get_close_matches(wanted, known, n=2, cutoff=0.5)
        ids = {known[name] for name in near}
        if len(ids) > 1 and len({SequenceMatcher(None, name, wanted).ratio() for name in near}) == 1:
            return ""
        return known[near[0]] if near else ""

    def some(self, tables: tuple[str, ...], most: int = 8) -> str:
        """Some of the known ids, for a message."""
        ids = sorted({id for table in tables for id in self._names[table].ids})
        return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")


def resolve(rows: Mapping[str, Iterable[RawRow]], directory: Directory) -> list[Problem]:
    """Replace every reference by the id it means; those that mean none or several are problems."""
    problems: list[Problem] = []
    for found in rows.values():
        for row in found:
            for name, column in _references(row):
                problems += _resolve_cell(row, name, column, directory)
    return problems


def _references(row: RawRow) -> list[tuple[str, Column]]:
    columns = columns_of_references(row.model)
    return [(name, column) for name, column in columns if name in row.values]


def columns_of_references(model: type) -> tuple[tuple[str, Column], ...]:
    """The columns of a table that refer to other rows."""
    if model not in _REFERENCES:
        _REFERENCES[model] = tuple(
            (name, column) for name, column in columns_of(model).items() if column.refers_to
        )
    return _REFERENCES[model]


_REFERENCES: dict[type, tuple[tuple[str, Column], ...]] = {}


def _resolve_cell(row: RawRow, name: str, column: Column, directory: Directory) -> list[Problem]:
    value = row.values[name]
    problems = []
    ids: list[str] = []
    for text in (value,) if isinstance(value, str) else value:
        found = directory.find(text, column.refers_to)
        if len(found) == 1:
            ids.append(found[0])
        elif not found and not directory.can_judge(column.refers_to):
            row.is_whole = False
        else:
            problems.append(_unresolved(row, name, column, text, found, directory))
    row.values[name] = (ids[0] if ids else None) if isinstance(value, str) else tuple(dict.fromkeys(ids))
    return problems


def _unresolved(
    row: RawRow, name: str, column: Column, text: str, found: list[str], directory: Directory
) -> Problem:
    tables = {
        "tables": " / ".join(column.refers_to),
        "zh": " / ".join(CHINESE.get(table, table) for table in column.refers_to),
    }
    if found:
        return row.refuse(name, "reference_ambiguous", text, **tables, ids=", ".join(found))
    near = directory.nearest(text, column.refers_to)
    if near:
        return row.refuse(name, "reference_unknown_near", text, **tables, near=near)
    known = directory.some(column.refers_to)
    if not known:
        return row.refuse(name, "reference_to_nothing", text, **tables)
    return row.refuse(name, "reference_unknown", text, **tables, known=known)
