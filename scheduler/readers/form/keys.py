"""Who is who: answers of one child, and the row of the table that is the same child's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from scheduler.domain.columns import columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.form.map import FormMap
from scheduler.readers.form.source import Form
from scheduler.readers.form.values import Answer
from scheduler.readers.headers import folded
from scheduler.readers.tables import KEYS, RawRow, key_of_id

Key = tuple[str, ...]

DEFAULTS: dict[str, tuple[Key, ...]] = {
    "children": (("name", "birth_date"), ("name", "phone")),
    "staff": (("name", "birth_date"), ("name", "employer"), ("name",)),
    "availability": (("person", "from_", "to", "weekdays", "shifts"), ("person", "from_", "to")),
    "classes": (("venue", "name"), ("name",)),
    "rooms": (("venue", "name"),),
}
"""What tells rows apart where there is no id; the first counts whose columns both sides have filled."""

DISTINCT: dict[str, tuple[Key, ...]] = {"children": (("gender",), ("guardian", "phone"))}
"""Columns that, if all of a group differ, may mean two children of one name."""

ALIKE = 0.6
"""Names at least so like each other (difflib's ratio), with all else the same, may be one name misspelt."""


def keys_for(model: type[Row], rules: FormMap, fields: Iterable[str]) -> tuple[Key, ...]:
    """The keys to recognise rows by: the map's, else the id where the form gives it, else the table's own."""
    if rules.key:
        return rules.key
    given = set(fields)
    if "id" in given:
        return (("id",),)
    table = model.table
    keys = (KEYS[table],) if table in KEYS else DEFAULTS.get(table, ())
    there = tuple(key for key in keys if set(key) <= given)
    if there:
        return there
    if keys:
        return keys[:1]
    return (("name",),) if "name" in model.model_fields else (tuple(columns_of(model)),)


def comparable(field: str, value: object) -> object:
    """A value as it is compared: a name whatever its spaces, a phone by its digits, an id in any case."""
    if not isinstance(value, str):
        return value
    if field == "phone":
        return re.sub(r"\D", "", value) or folded(value)
    return key_of_id(value) if field == "id" else re.sub(r"[\s·•.]", "", folded(value))


def identity(values: Mapping[str, Any], key: Key) -> tuple[object, ...] | None:
    """What a key says of a row; None where one of its columns is blank (a list may be)."""
    found = tuple(comparable(name, values.get(name)) for name in key)
    return None if any(value in (None, "") for value in found) else found


class Rows:
    """Rows by their keys: the table's, or the answers gathered so far."""

    def __init__(self, keys: Sequence[Key]) -> None:
        """Begin without a row."""
        self.keys = keys
        self._by_key: list[dict[tuple[object, ...], list[Any]]] = [defaultdict(list) for _ in keys]
        self._values: dict[int, Mapping[str, Any]] = {}

    def add(self, row: RawRow | Answer) -> None:
        """Make a row known."""
        self._values[id(row)] = row.values
        for key, known in zip(self.keys, self._by_key, strict=True):
            found = identity(row.values, key)
            if found is not None:
                known[found].append(row)

    def same(self, values: Mapping[str, Any]) -> list[Any]:
        """The rows of the same child: alike by the first key that both have filled."""
        same: dict[int, Any] = {}
        for place, key in enumerate(self.keys):
            found = identity(values, key)
            for row in self._by_key[place].get(found, ()) if found is not None else ():
                earlier = self.keys[:place]
                told = (
                    identity(values, k) is not None and identity(row.values, k) is not None for k in earlier
                )
                if not any(told):
                    same[id(row)] = row
        return list(same.values())


def differ(one: Mapping[str, Any], other: Mapping[str, Any], model: type[Row]) -> tuple[str, ...]:
    """The columns by which two rows with one key may be two children; none where they may not."""
    for group in DISTINCT.get(model.table, ()):
        pairs = [(comparable(f, one.get(f)), comparable(f, other.get(f))) for f in group]
        if all(a not in (None, "") and b not in (None, "") and a != b for a, b in pairs):
            return group
    return ()


def grouped(
    answers: Sequence[Answer], keys: Sequence[Key], model: type[Row], rules: FormMap, form: Form
) -> tuple[list[list[Answer]], list[Answer], list[Problem]]:
    """The answers of each child in the order they were handed in (the last one counts), the children in the
    form's order; the answers of which nobody can tell whose they are; the problems."""
    problems: list[Problem] = []
    groups: list[list[Answer]] = []
    lost: list[Answer] = []
    of: dict[int, list[Answer]] = {}
    known = Rows(keys)
    for answer in answers:
        if all(identity(answer.values, key) is None for key in keys):
            unread = any(name in answer.raw and name not in answer.values for key in keys for name in key)
            problems += [] if unread else [_key_blank(answer, keys, form)]  # an unread cell is told already
            lost.append(answer)
            continue
        same = known.same(answer.values)
        if same:
            group = of[id(same[0])]
            problems += _perhaps_two(answer, group[-1], keys, model, rules, form)
            group.append(answer)
        else:
            group = [answer]
            groups.append(group)
        of[id(answer)] = group
        known.add(answer)
    for group in groups:  # in the form's order where the moment is not told
        group.sort(key=lambda a: (str(a.submitted or ""), a.row))
    return sorted(groups, key=lambda group: group[-1].row), lost, problems


def key_unasked(keys: Sequence[Key], form: Form) -> Problem:
    """A form that asks for none of the keys' columns whole."""
    told = {"key": _named(keys)}
    return Problem("form_key_unasked", form.file, form.sheet, str(form.header_row), parameters=told)


def _named(keys: Sequence[Key]) -> str:
    return " / ".join(" + ".join(heading(name) for name in key) for key in keys)


def _key_blank(answer: Answer, keys: Sequence[Key], form: Form) -> Problem:
    names = _named(keys)
    blank = next((name for name in keys[0] if name not in answer.values), keys[0][0])
    cell = answer.cells.get(blank, str(answer.row))
    return Problem("form_key_blank", form.file, form.sheet, cell, parameters={"key": names})


def _perhaps_two(
    answer: Answer, other: Answer, keys: Sequence[Key], model: type[Row], rules: FormMap, form: Form
) -> list[Problem]:
    found = differ(answer.values, other.values, model) if rules.same_key == "ask" else ()
    if not found:
        return []
    cell = answer.cells.get(found[0], str(answer.row))
    told = _of_two(found, keys, str(other.row))
    return [Problem("form_same_key", form.file, form.sheet, cell, parameters=told)]


def _of_two(found: Key, keys: Sequence[Key], other: str) -> dict[str, object]:
    longer = [heading(name) for name in dict.fromkeys((*keys[0], *found))]
    return {
        "other": other,
        "differing": ", ".join(heading(name) for name in found),
        "key": ", ".join(heading(name) for name in keys[0]),
        "line": f"key = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in longer)}]",
    }


def perhaps_another(
    answer: Answer, row: RawRow, keys: Sequence[Key], rules: FormMap, form: Form
) -> list[Problem]:
    """A known row that the key finds, but that may be another child's."""
    found = differ(answer.values, row.values, row.model) if rules.same_key == "ask" else ()
    if not found:
        return []
    cell = answer.cells.get(found[0], str(answer.row))
    told = {
        **_of_two(found, keys, str(row.source.row)),
        "id": row.values.get("id", ""),
        "table": row.model.zh,
    }
    return [Problem("form_same_key_in_table", form.file, form.sheet, cell, parameters=told)]


def several(answer: Answer, rows: Sequence[RawRow], keys: Sequence[Key], form: Form) -> Problem:
    """An answer whose key several rows of the table share."""
    told = {
        "key": ", ".join(heading(name) for name in keys[0]),
        "rows": ", ".join(str(row.source.row) for row in rows),
    }
    cell = answer.cells.get(keys[0][0], str(answer.row))
    return Problem("form_key_ambiguous", form.file, form.sheet, cell, parameters=told)


def look_alikes(fresh: Sequence[tuple[str, Answer]], rows: Sequence[RawRow], form: Form) -> list[Problem]:
    """New children that may be known ones, misspelt: same phone, and the same name or birth date."""
    by_phone: dict[object, list[tuple[str, int, str, Mapping[str, Any]]]] = defaultdict(list)
    for row in rows:
        if row.values.get("phone"):
            phone = comparable("phone", row.values["phone"])
            by_phone[phone].append(
                (str(row.values.get("id", "")), row.source.row, row.source.file, row.values)
            )
    problems = []
    for id, answer in fresh:
        phone = comparable("phone", answer.values.get("phone"))
        for other, number, file, values in by_phone.get(phone, ()) if phone else ():
            if _alike(answer.values, values):
                told = {"who": id, "other": other, "row": number, "other_file": file}
                cell = answer.cells.get("name", str(answer.row))
                problems.append(
                    Problem("form_looks_like", form.file, form.sheet, cell, blocking=False, parameters=told)
                )
        if phone:
            by_phone[phone].append((id, answer.row, form.file, answer.values))
    return problems


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = (str(comparable("name", values.get("name", ""))) for values in (one, other))
    if first == second:
        return True
    born = one.get("birth_date"), other.get("birth_date")
    return (
        born[0] is not None and born[0] == born[1] and SequenceMatcher(None, first, second).ratio() >= ALIKE
    )
