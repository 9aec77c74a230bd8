"""Answers beside the rows of a table: what is new, what differs and why, which children are one family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from scheduler.domain.answers import Difference, Family, Kept
from scheduler.domain.columns import columns_of
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.form.keys import comparable
from scheduler.readers.form.numbering import free_families
from scheduler.readers.form.source import Form
from scheduler.readers.form.values import Answer
from scheduler.readers.form.words import SUBMITTED
from scheduler.readers.headers import plain
from scheduler.readers.references import Directory
from scheduler.readers.tables import RawRow

MOST_SIBLINGS = 5
"""More children than this behind one phone are a teacher's or an office's list, no family."""


def settled(row: RawRow, directory: Directory) -> dict[str, Any]:
    """The values of a row with its references as ids, as far as they are clear."""
    columns = columns_of(row.model)
    found = dict(row.values)
    for name, value in row.values.items():
        tables = columns[name].refers_to if name in columns else ()
        if tables and isinstance(value, str):
            found[name] = _id(value, tables, directory)
        elif tables and isinstance(value, tuple):
            found[name] = tuple(_id(str(text), tables, directory) for text in value)
    return found


def _id(text: str, tables: tuple[str, ...], directory: Directory) -> str:
    ids = directory.find(text, tables)
    return ids[0] if len(ids) == 1 else text


def differences(
    row: RawRow, values: Mapping[str, Any], answer: Answer, fields: Sequence[str]
) -> list[Difference]:
    """The cells of a known row (its values settled) in which an answer says something else; a blank answer
    says nothing, and the moment alone is no difference."""
    found = []
    moment = values.get(SUBMITTED)
    for name in fields:
        new, old = answer.values.get(name), values.get(name)
        if name == SUBMITTED or new is None or _equal(row.model, name, old, new):
            continue
        why = _why(old, moment, answer.submitted)
        found.append(_difference(row, answer, name, old, new, why))
    later = any(difference.why == "later" for difference in found)
    new = answer.values.get(SUBMITTED)
    if SUBMITTED in fields and new is not None and (moment is None or later) and moment != new:
        found.append(_difference(row, answer, SUBMITTED, moment, new, "later" if moment else "blank"))
    return found


def answered_since(known: Sequence[tuple[RawRow, Answer]], form: Form) -> list[Problem]:
    """Children withdrawn in the table whose answer is later than their row, or of an untold moment: nobody is
    enrolled again unasked, nor left out unsaid."""
    found = []
    for row, answer in known:
        moment = row.values.get(SUBMITTED)
        told_before = isinstance(moment, datetime) and answer.submitted is not None
        if row.values.get("status") != "withdrawn":
            continue
        if told_before and not is_later(answer.submitted, moment):  # type: ignore[arg-type]
            continue
        cell = answer.cells.get("name", str(answer.row))
        told = {"who": row.values.get("id", ""), "row": row.source.row}
        found.append(
            Problem("form_of_withdrawn", form.file, form.sheet, cell, blocking=False, parameters=told)
        )
    return found


def _difference(row: RawRow, answer: Answer, name: str, old: object, new: object, why: Kept) -> Difference:
    cell = answer.cells.get(name, str(answer.row))
    id = str(row.values.get("id", ""))
    return Difference(row.source.row, row.source.cell(name), id, name, old, new, answer.row, cell, why)


def _why(old: object, moment: object, submitted: datetime | None) -> Kept:
    known = isinstance(moment, datetime) and submitted is not None
    if known and is_later(moment, submitted):  # type: ignore[arg-type]
        return "older"
    if old in (None, "", ()):
        return "blank"
    return "later" if not known or is_later(submitted, moment) else "by_hand"  # type: ignore[arg-type]


def _equal(model: type[Row], name: str, old: object, new: object) -> bool:
    if old in (None, "", ()):
        return bool(new == model.model_fields[name].default)
    return _plain(name, old) == _plain(name, new)


def _plain(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(name, item) for item in value)
    if isinstance(value, str):
        return comparable(name, value) if name in ("name", "guardian", "phone") else plain(value)
    return value


def with_families(
    known: Sequence[tuple[RawRow, Answer | None]], fresh: Sequence[tuple[str, Answer]], form: Form
) -> tuple[list[Family], list[Difference], list[Problem]]:
    """Children whose guardians share a phone as one family: new ones get it at once (their values change), a
    known one's blank cell is a difference like any other."""
    by_phone: dict[object, list[tuple[str, RawRow | None, Answer | None]]] = defaultdict(list)
    for row, answer in known:
        by_phone[_phone(row.values)].append((str(row.values.get("id", "")), row, answer))
    for child, answer in fresh:
        by_phone[_phone(answer.values)].append((child, None, answer))
    names = free_families(str(row.values["family"]) for row, _ in known if row.values.get("family"))
    families, found, problems = [], [], []
    groups = [members for phone, members in by_phone.items() if phone and len(members) > 1]
    groups = [members for members in groups if any(answer for _, _, answer in members)]
    for members in sorted(groups, key=_first_row):
        asked = [answer for _, _, answer in members if answer]
        given = {str(row.values["family"]) for _, row, _ in members if row and row.values.get("family")}
        blank = [member for member in members if not (member[1] and member[1].values.get("family"))]
        if len(given) > 1 or not blank:
            continue
        if len(members) > MOST_SIBLINGS:
            cell = asked[0].cells.get("phone", str(asked[0].row))
            told = {"number": len(members), "rows": ", ".join(str(answer.row) for answer in asked)}
            problems.append(
                Problem("form_phone_of_many", form.file, form.sheet, cell, blocking=False, parameters=told)
            )
            continue
        name = given.pop() if given else next(names)
        families.append(Family(name, tuple(child for child, _, _ in members)))
        for _, there, answer in blank:
            if there is not None:
                found.append(_difference(there, answer or asked[0], "family", None, name, "blank"))
            elif answer is not None:
                answer.values["family"] = name
    return families, found, problems


def _first_row(members: Sequence[tuple[str, RawRow | None, Answer | None]]) -> int:
    """The row of the first answer of some children."""
    return min(answer.row for _, _, answer in members if answer)


def _phone(values: Mapping[str, Any]) -> object:
    return comparable("phone", values.get("phone")) if values.get("phone") else None


def is_later(one: datetime, other: datetime) -> bool:
    """Whether one moment is after another; to the minute, where one of them is told so."""
    if not one.second or not other.second:
        return one.replace(second=0, microsecond=0) > other.replace(second=0, microsecond=0)
    return one > other
