"""What is to be said of the cells that were read: problems, and whatever was not read letter by letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scheduler.domain.answers import Understood, Unread, toml_text
from scheduler.domain.columns import columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Row
from scheduler.readers.cells import Noted, written
from scheduler.readers.dates import Bad
from scheduler.readers.form.map import FormMap
from scheduler.readers.form.source import Form
from scheduler.readers.headers import plain
from scheduler.readers.tables import PERSONAL, shortened

OF_CHILDREN = frozenset(("friends", "apart", "own_children"))
"""Columns that name children: no message repeats what stands there."""

MOST_CELLS = 12
"""So many cells of one text are named."""

_OF_OPTIONS = ("not_yes_no", "not_an_option", "not_an_option_near")


class Notes:
    """Gathers what is told of a form's cells."""

    def __init__(self, form: Form, model: type[Row], rules: FormMap) -> None:
        """Begin without a note."""
        self.form, self.model, self.rules = form, model, rules
        self.known = columns_of(model)
        self.problems: list[Problem] = []
        self.spoilt: frozenset[int] = frozenset()
        """The rows in which a text stands for nothing known."""
        self._understood: dict[tuple[str, str, str], int] = defaultdict(int)
        self._unread: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._bad: dict[tuple[str, str], tuple[str, Mapping[str, object], str]] = {}

    def tell(
        self,
        id: str,
        cell: str,
        value: str = "",
        parameters: Mapping[str, object] | None = None,
        *,
        blocking: bool = True,
    ) -> None:
        """Tell a problem of a cell; a value that the map itself gives stands in the map."""
        place = (self.form.file, self.form.sheet, cell) if cell else (self.rules.file, "", "")
        told = {"table": self.model.table, **(parameters or {})}
        self.problems.append(Problem(id, *place, value, blocking, told))

    def refuse(self, name: str, cell: object, bad: Bad, place: str) -> None:
        """Tell what cannot be read: once for each word that the map can translate, else cell by cell."""
        if bad.id not in _OF_OPTIONS:
            self.tell(bad.id, place, self._shown(name, cell), {"column": name, **bad.parameters})
            return
        options = bad.parameters.get("options", "yes / 是; no / 否")
        told = Bad("form_value_no_option", {"options": options})
        self.unknown(name, written(cell), told, place, str(bad.parameters.get("near", "")))

    def warn(self, name: str, cell: object, noted: Noted, place: str) -> None:
        """Tell what was read, but is worth a look."""
        shown = self._shown(name, cell)
        self.tell(noted.id, place, shown, {"column": name, **noted.parameters}, blocking=False)

    def mean(self, name: str, cell: object, value: object) -> object:
        """Note what a text was read as; gives the value."""
        shown = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        self._understood[name, plain(written(cell)), shown] += 1
        return value

    def unknown(self, name: str, text: str, bad: Bad, place: str, near: str) -> None:
        """Note a text that stands for nothing known, and what may be meant."""
        key = (name, plain(text))
        self._bad.setdefault(key, (bad.id, bad.parameters, near))
        if place not in self._unread[key]:
            self._unread[key].append(place)
        row = "".join(filter(str.isdigit, place))
        self.spoilt |= {int(row)} if row else set()

    def understood(self, fields: Sequence[str]) -> tuple[Understood, ...]:
        """Every text that was read otherwise than letter by letter, in the order of these columns."""
        places = {name: place for place, name in enumerate(fields)}
        found = (Understood(*key, times) for key, times in self._understood.items())
        return tuple(sorted(found, key=lambda row: (places.get(row.field, 0), row.meaning, row.text)))

    def unread(self) -> tuple[Unread, ...]:
        """Every text that stands for nothing known."""
        return tuple(Unread(name, text) for name, text in self._unread if name not in OF_CHILDREN)

    def told(self) -> list[Problem]:
        """Every problem; a text that is not understood is told once, with the cells it stands in."""
        found = list(self.problems)
        self.problems = []
        for (name, text), cells in self._unread.items():
            id, parameters, near = self._bad[name, text]
            is_private = name in OF_CHILDREN
            if "" in cells:
                self._tell_fixed(name, text, parameters)
                cells = [cell for cell in cells if cell]
            if not cells:
                continue
            told = {
                "column": heading(name),
                "zh": self.known[name].zh,
                "cells": ", ".join(cells[:MOST_CELLS]) + (", …" if len(cells) > MOST_CELLS else ""),
                "number": len(cells),
                "section": f"[values.{heading(name)}]",
                "line": f"{toml_text('…' if is_private else text)} = {toml_text(near or '…')}",
                **parameters,
            }
            self.tell(id, cells[0], "" if is_private else shortened(text), told)
        return [*found, *self.problems]

    def _tell_fixed(self, name: str, text: str, parameters: Mapping[str, object]) -> None:
        """Tell that what the map gives to every new row stands for nothing known."""
        known = next((parameters[key] for key in ("known", "ids", "options") if key in parameters), "")
        told = {"column": heading(name), "zh": self.known[name].zh, "known": known}
        self.tell("map_fixed", "", "" if name in OF_CHILDREN else shortened(text), told)

    def _shown(self, name: str, cell: object) -> str:
        return "" if self.model.table == "children" and name in PERSONAL else shortened(cell)
