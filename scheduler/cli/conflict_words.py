"""The facts of a contradiction as sentences: ids only, never a child's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scheduler.cli.conflict_facts import Fact
from scheduler.domain.tables import Lock, Row
from scheduler.locale import Catalogue

Range = tuple[int | None, int | None]


def sentence(words: Catalogue, fact: Fact, row: Row | None) -> str:
    """A fact in words; of a lock also why it was made and by whom."""
    shown = {name: _shown(words, name, value) for name, value in fact.parameters.items()}
    told = words.fill(f"conflict.{fact.id}", {**shown, **_limits(words, fact.parameters)})
    if isinstance(row, Lock) and row.reason:
        told = words("conflict.because", what=told, reason=row.reason)
    if isinstance(row, Lock) and row.owner:
        told = words("conflict.decided", what=told, owner=row.owner)
    return told


def _shown(words: Catalogue, name: str, value: object) -> object:
    if isinstance(value, tuple):
        blank = "conflict.no_choices" if name == "choices" else "conflict.none"
        return words("conflict.comma").join(str(item) for item in value) or words(blank)
    if name in _ONE:
        one, every = _ONE[name]
        return words(f"conflict.{one}", id=value) if value else words(f"conflict.{every}")
    return words("conflict.everywhere") if name == "place" and value is None else value


_ONE = {
    "child": ("one_child", "every_child"),
    "class_": ("one_class", "every_class"),
    "week": ("one_week", "every_week"),
}


def _limits(words: Catalogue, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Ages and grades: of a child as they are, of a class as it takes them."""
    comma = words("conflict.comma")
    if "ages" in parameters:
        found = (_range(words, "years", parameters["ages"]), _range(words, "grades", parameters["grades"]))
        return {"ages": comma.join(part for part in found if part)}
    if "age" not in parameters:
        return {}
    age, grade = parameters["age"], parameters["grade"]
    told = words("conflict.unknown_age") if age is None else words("conflict.years", age=age)
    return {"age": told if grade is None else comma.join((told, words("conflict.grade", grade=grade)))}


def _range(words: Callable[..., str], unit: str, limits: Range) -> str:
    low, high = limits
    if low is None and high is None:
        return ""
    kind = "to" if low is None else "from" if high is None else "between"
    return words(f"conflict.{unit}_{kind}", low=low, high=high)
