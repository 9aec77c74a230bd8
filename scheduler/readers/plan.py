"""Plans: `plan.json`, whoever edited it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scheduler.domain.plan import Plan
from scheduler.domain.problems import Problem
from scheduler.domain.value_errors import ErrorKind, kind_of_error, parameters_of_error
from scheduler.readers.files import missing

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
MOST_PROBLEMS = 200
MOST_DIGITS = 300
"""Longer whole numbers are beyond any number of a plan, and beyond what Python reads at all."""
_OWN = {"stages", "open_classes", "placements", "sessions", "trips", "duties"}
"""Keys that other files of this program (draw.json, report.json) have none of; every plan has them."""

_KEYS = {
    "missing": "plan_key_missing",
    "extra_forbidden": "plan_key_unknown",
    "unexpected_keyword_argument": "plan_key_unknown",
}
_VALUES: dict[ErrorKind, str] = {
    "whole": "plan_value_whole",
    "number": "plan_value_number",
    "text": "plan_value_text",
    "date": "plan_value_date",
    "option": "plan_value_option",
    "range": "plan_value_range",
    "list": "plan_value_list",
    "yes_no": "plan_value_yes_no",
    "other": "plan_value",
}


def read_plan(path: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a file, or every line and key of it that is no plan's. Never raises for a bad file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, (missing(path),)
    except IsADirectoryError:
        return None, (Problem("plan_is_folder", path.name),)
    except UnicodeDecodeError as error:
        return None, (Problem("plan_not_text", path.name, parameters={"byte": error.start}),)
    except OSError as error:
        return None, (Problem("file_unreadable", path.name, parameters={"reason": error.strerror or ""}),)
    try:
        data = json.loads(text, **_NUMBERS, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        return None, (Problem("plan_not_json", path.name, cell=str(error.lineno), parameters=place),)
    except _Twice:
        return None, tuple(islice(_twice(path.name, text), MOST_PROBLEMS))
    except RecursionError:
        return None, (Problem("plan_not_json", path.name, parameters={"line": 1, "column": 1}),)
    if not isinstance(data, dict):
        return None, (Problem("plan_no_object", path.name),)
    if isinstance(data.get("format"), int) and data["format"] > 1:
        return None, (Problem("plan_newer", path.name, value=str(data["format"])),)
    if not data.keys() & _OWN and data.keys() - Plan.model_fields.keys():
        return None, (Problem("plan_no_object", path.name),)
    try:
        return Plan.model_validate(data), ()
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)[:MOST_PROBLEMS]
    lines = dict(_lines(text))
    return None, tuple(_problem(path.name, lines, detail) for detail in details)


class _Twice(Exception):
    """A key stands twice in one object: JSON would keep the last, and nobody would know."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _twice(file: str, text: str) -> Iterator[Problem]:
    """Every key that stands again, at its second place."""
    first: dict[tuple[str | int, ...], int] = {}
    for path, line in _lines(text):
        if path in first:
            told = {"line": line, "key": ".".join(map(str, path)), "first": first[path]}
            yield Problem("plan_key_twice", file, cell=str(line), parameters=told)
            continue
        first[path] = line


def _no_number(word: str) -> None:
    """Infinity and NaN are no JSON and no number of a plan: read as null, which the plan's model refuses."""


def _whole(digits: str) -> int | None:
    """A whole number; one without end is none of a plan either."""
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _fraction(digits: str) -> float | None:
    """A number with a fraction or exponent; 1e999 is Infinity by another name."""
    return value if isfinite(value := float(digits)) else None


_NUMBERS: dict[str, Any] = {"parse_constant": _no_number, "parse_int": _whole, "parse_float": _fraction}


def _problem(file: str, lines: dict[tuple[str | int, ...], int], detail: Mapping[str, Any]) -> Problem:
    where, type = tuple(detail["loc"]), detail["type"]
    path = where
    while path and path not in lines:  # a missing key stands in no line; the row it should be in does
        path = path[:-1]
    line = lines.get(path, 1)
    key = ".".join(str(part) for part in where)
    id = _KEYS.get(type) or _VALUES[kind_of_error(type)]
    told = parameters_of_error(type, detail.get("ctx"))
    return Problem(id, file, cell=str(line), parameters={"line": line, "key": key, **told})


def _lines(text: str) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """The line of every value of a JSON text, by its path."""
    path: list[str | int | None] = []  # an object's key, None until it is read; a list's index
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        mark = match[0]
        if mark in ("}", "]"):
            path.pop()
        elif mark == ",":
            last = path[-1]
            path[-1] = last + 1 if isinstance(last, int) else None
        elif path and path[-1] is None:
            path[-1] = json.loads(mark)
        elif mark != ":":
            yield tuple(part for part in path if part is not None), line
            if mark in ("{", "["):
                path.append(None if mark == "{" else 0)
