"""The settings table: rows of key and value as typed settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any

from scheduler.domain.columns import Column, Kind, columns_of
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Settings
from scheduler.readers.cells import Noted, read_cell
from scheduler.readers.dates import Bad, read_date
from scheduler.readers.headers import key_of, plain
from scheduler.readers.tables import RawRow
from scheduler.rules import problems_in

END_OF_DAY = time(23, 59, 59)
_WEIGHT = re.compile(r"(?:weight|权重)\.(\w+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(\w+)\.(\w+)")
_WEIGHT_COLUMN = Column(Kind.DECIMAL, "权重", "weight of a rule")


@dataclass
class Parts:
    """Settings being gathered, each key with the row it came from."""

    values: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    parameters: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, RawRow] = field(default_factory=dict)


def read_settings(rows: Iterable[RawRow]) -> tuple[Settings, list[Problem], dict[str, RawRow]]:
    """The settings, what is wrong with them, and the row of each; a blank value keeps its default."""
    parts = Parts()
    problems: list[Problem] = []
    for row in rows:
        problem = _read(row, parts)
        if problem:
            problems.append(problem)
    settings = Settings(**parts.values, weights=parts.weights, parameters=parts.parameters)
    problems += [located(problem, parts.rows) for problem in problems_in(settings)]
    return settings, problems, parts.rows


def _read(row: RawRow, parts: Parts) -> Problem | None:
    key, value = row.values.get("key"), row.values.get("value")
    if key is None:
        return None
    key = plain(key)
    name = _names().get(key_of(key))
    weight, parameter = _WEIGHT.fullmatch(key), _PARAMETER.fullmatch(key)
    if name is None and not weight and not parameter:
        near = get_close_matches(key_of(key), _names(), n=1, cutoff=0.5)
        if near:
            return row.refuse("key", "unknown_setting_near", key, near=_names()[near[0]])
        return row.refuse("key", "unknown_setting", key, known=", ".join(columns_of(Settings)))
    if value is None:
        return None
    if name is not None:
        return _typed(row, parts, name, value)
    if weight and f"weight.{weight[1]}" in parts.rows:
        return row.refuse("key", "setting_twice", key)
    if weight:
        parts.rows[f"weight.{weight[1]}"] = row
        return _weight(row, parts, weight[1], value)
    assert parameter is not None
    parts.rows[key] = row
    parts.parameters.setdefault(parameter[1], {})[parameter[2]] = plain(value)
    return None


def _typed(row: RawRow, parts: Parts, name: str, value: str) -> Problem | None:
    column = columns_of(Settings)[name]
    found = read_cell(value, column, name)
    if name in parts.values:
        return row.refuse("key", "setting_twice", row.values["key"])
    parts.rows[name] = row
    if isinstance(found, Bad):
        return row.refuse("value", found.id, value, **found.parameters)
    if isinstance(found, Noted):
        found = found.value
    if name == "deadline":
        found = _deadline(value, found)
    parts.values[name] = found
    return None


def _deadline(text: str, moment: object) -> object:
    """A deadline without an hour is the end of its day."""
    has_hour = re.search(r"[:点时]", plain(text))
    day = read_date(text)
    if has_hour or isinstance(day, Bad):
        return moment
    return datetime.combine(day, END_OF_DAY)


def _weight(row: RawRow, parts: Parts, rule: str, value: str) -> Problem | None:
    found = read_cell(value, _WEIGHT_COLUMN)
    if isinstance(found, Bad):
        return row.refuse("value", found.id, value, **found.parameters)
    parts.weights[rule] = float(str(found))
    return None


def located(problem: Problem, rows: Mapping[str, RawRow]) -> Problem:
    """A problem of a setting (named by its value or a parameter) with the cell it came from."""
    key = str(problem.parameters.get("setting", problem.value.split(" = ")[0]))
    row = next((row for known, row in rows.items() if known == key or known.startswith(f"{key}.")), None)
    if row is None:
        return problem
    column = "key" if problem.id.startswith("unknown") else "value"
    if not problem.blocking:
        return row.problem(column, problem.id, problem.value, blocking=False, **problem.parameters)
    return row.refuse(column, problem.id, problem.value, **problem.parameters)


def _names() -> dict[str, str]:
    found = {}
    for name, column in columns_of(Settings).items():
        for text in (name, column.zh, *column.aliases):
            found[key_of(text)] = name
    return found
