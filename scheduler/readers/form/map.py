"""The map of a form: what a coordinator says about its columns and words, in a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from scheduler.domain.columns import columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.cells import written
from scheduler.readers.files import missing
from scheduler.readers.form.words import SUBMITTED, bare
from scheduler.readers.headers import column_named, key_of, plain

Order = Literal["", "month-day-year", "day-month-year"]

_PARTS = {
    "columns": dict, "fixed": dict, "values": dict, "key": list, "same_key": str, "id": str, "family": str,
    "dates": str, "sheet": str, "header_row": int,
}  # fmt: skip
"""The keys a map may have, and what each holds."""

_KINDS: dict[type, str] = {
    dict: "map_kind_table",
    list: "map_kind_list",
    str: "map_kind_text",
    int: "map_kind_number",
}

_NEAR = {
    "map_key_unknown": "map_key_unknown_near",
    "map_column_unknown": "map_column_unknown_near",
}
"""The same problem, where something near is known."""

_WORDS = {
    "same_key": ("ask", "one"),
    "family": ("phone", "none"),
    "dates": ("month-day-year", "day-month-year"),
}


@dataclass
class FormMap:
    """What the map says; everything may be missing."""

    file: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """Field by heading as the map writes it, '' for a column to leave out; in the map's order."""
    fixed: dict[str, object] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    """Per field: by the form's text, comparable, what the table is to hold."""
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Per field: the texts of `values` as they are written."""
    key: tuple[tuple[str, ...], ...] = ()
    same_key: str = "ask"
    id: str = ""
    family: str = "phone"
    dates: Order = ""
    sheet: str = ""
    header_row: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each key of `columns`."""

    def field(self, text: str, letter: str = "") -> str | None:
        """The field of a heading (or of `@F`, by the column's letter); None where the map does not say."""
        for wanted in (f"@{letter}", plain(text)):
            if wanted in self._by_text and wanted != "@":
                return self._by_text[wanted]
        return self._by_bare.get(key_of(bare(text))) if text else None

    def order(self, text: str, letter: str = "") -> int:
        """The place of a column's line in the map, 0 where it has none."""
        names = [plain(name) for name in self.columns]
        keys = [key_of(bare(name)) for name in self.columns]
        for wanted, known in ((f"@{letter}", names), (plain(text), names), (key_of(bare(text)), keys)):
            if wanted in known:
                return known.index(wanted) + 1
        return 0

    @property
    def _by_text(self) -> dict[str, str]:
        return {plain(name): found for name, found in self.columns.items()}

    @property
    def _by_bare(self) -> dict[str, str]:
        return {key_of(bare(name)): found for name, found in self.columns.items() if not name.startswith("@")}


def read_map(path: Path, model: type[Row]) -> tuple[FormMap | None, tuple[Problem, ...]]:
    """The map of a file, or everything that is wrong with it. Never raises for a bad file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return None, (missing(path),)
    except UnicodeDecodeError as error:
        return None, (Problem("map_not_text", path.name, parameters={"byte": error.start}),)
    except OSError as error:
        return None, (Problem("file_unreadable", path.name, parameters={"reason": error.strerror or ""}),)
    except tomllib.TOMLDecodeError as error:
        return None, (_not_toml(path, str(error)),)
    reading = _Reading(path.name, text.splitlines(), model)
    rules = reading.read(data)
    return (None if reading.problems else rules), tuple(reading.problems)


def _not_toml(path: Path, message: str) -> Problem:
    place = re.search(r"line (\d+), column (\d+)", message)
    line, column = (place[1], place[2]) if place else ("", "")
    id = "map_not_toml" if place else "map_cut_off"
    return Problem(id, path.name, cell=line, parameters={"line": line, "column": column})


class _Reading:
    """A map being read: what it says, and what is wrong with it."""

    def __init__(self, file: str, lines: list[str], model: type[Row]) -> None:
        self.file, self.lines, self.model = file, lines, model
        self.columns = columns_of(model)
        self.problems: list[Problem] = []

    def read(self, data: Mapping[str, Any]) -> FormMap:
        rules = FormMap(self.file)
        for name, found in data.items():
            kind = _PARTS.get(name)
            if kind is None:
                self._unknown("map_key_unknown", name, tuple(_PARTS), keys=", ".join(_PARTS))
            elif not isinstance(found, kind) or isinstance(found, bool):
                self._tell(_KINDS[kind], name)
            elif name in _WORDS and found not in _WORDS[name]:
                self._tell("map_word", name, found, words=", ".join(_WORDS[name]))
            elif name not in ("columns", "fixed", "values", "key"):
                setattr(rules, name, found)
        self._read_columns(data, rules)
        rules.fixed = dict(self._fields("fixed", data))
        for found, words in self._fields("values", data):
            if isinstance(words, dict):
                rules.values[found] = {text_key(text): _cell(value) for text, value in words.items()}
                rules.options[found] = tuple(plain(text) for text in words)
            else:
                self._tell(_KINDS[dict], heading(found))
        rules.fixed = {name: _cell(value) for name, value in rules.fixed.items()}
        rules.key = self._key(data.get("key"))
        return rules

    def _read_columns(self, data: Mapping[str, Any], rules: FormMap) -> None:
        for name, wanted in self._part("columns", data).items():
            rules.lines[name] = self._line(name)
            if not isinstance(wanted, str):
                self._tell(_KINDS[str], name)
                continue
            found = self._field(wanted) if wanted else ""
            if found is None:
                self._unknown_column(wanted, name)
            else:
                rules.columns[name] = found

    def _fields(self, part: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in self._part(part, data).items():
            found = self._field(name)
            if found is None:
                self._unknown_column(name, name)
            else:
                yield found, value

    def _part(self, part: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        found = data.get(part)
        return found if isinstance(found, dict) else {}

    def _field(self, name: str) -> str | None:
        match = column_named(self.model, name)
        if match is None and key_of(name) == key_of(SUBMITTED):
            return SUBMITTED  # which answer is the later one counts for every table
        return match[0] if match else None

    def _key(self, found: object) -> tuple[tuple[str, ...], ...]:
        """One list of columns, or several to be tried in turn."""
        if not isinstance(found, list) or not found:
            return ()
        keys = []
        for names in found if isinstance(found[0], list) else [found]:
            fields = []
            for name in names if isinstance(names, list) else [names]:
                known = self._field(str(name))
                if known is None or known not in self.columns:
                    self._unknown_column(str(name), "key")
                else:
                    fields.append(known)
            keys.append(tuple(fields))
        return tuple(keys)

    def _unknown_column(self, wanted: str, key: str) -> None:
        names = tuple(heading(name) for name in self.columns)
        self._unknown("map_column_unknown", wanted, names, key, table=self.model.table, zh=self.model.zh,
                      columns=", ".join(names))  # fmt: skip

    def _unknown(self, id: str, name: str, known: tuple[str, ...], key: str = "", **told: object) -> None:
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        if near:
            self._tell(_NEAR[id], key or name, name, near=near[0])
        else:
            self._tell(id, key or name, name, **told)

    def _tell(self, id: str, key: str, value: object = "", **parameters: object) -> None:
        line = self._line(key)
        told = {"line": line, "key": key, **parameters}
        self.problems.append(Problem(id, self.file, cell=str(line), value=str(value), parameters=told))

    def _line(self, key: str) -> int:
        """The line a key stands in, as it is written."""
        pattern = re.compile(rf"""^\s*(\[+[^\]]*)?["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
        found = (number for number, line in enumerate(self.lines, 1) if pattern.match(line))
        inner = (number for number, line in enumerate(self.lines, 1) if key in line)
        return next(found, next(inner, 1))


def text_key(text: str) -> str:
    """An answer's text for comparison."""
    return re.sub(r"\s+", "", plain(text).casefold())


def _cell(value: object) -> object:
    """A value of the map as a cell would hold it."""
    if isinstance(value, list):
        return ";".join(written(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, (int, float, str, date, datetime, time)) else str(value)
