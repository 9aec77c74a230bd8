"""Why a value cannot be what its model asks for, in kinds that each have a sentence of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

ErrorKind = Literal["whole", "number", "text", "date", "option", "range", "list", "yes_no", "other"]

_KINDS: dict[str, ErrorKind] = {
    "finite_number": "number",
    "string_type": "text",
    "literal_error": "option",
    "list_type": "list",
    "tuple_type": "list",
}
_FAMILIES: dict[str, ErrorKind] = {"int": "whole", "float": "number", "date": "date", "bool": "yes_no"}
_BOUNDS = {
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("≤", "le"),
}


def kind_of_error(type: str) -> ErrorKind:
    """The kind of a validation error, by the name pydantic gives its type."""
    if type in _BOUNDS:
        return "range"
    return _KINDS.get(type) or _FAMILIES.get(type.split("_")[0], "other")


def parameters_of_error(type: str, context: Mapping[str, Any] | None) -> dict[str, object]:
    """What fills the sentence: the bound that is missed, or the words that are possible."""
    given = context or {}
    if type in _BOUNDS:
        sign, key = _BOUNDS[type]
        return {"bound": f"{sign} {given[key]}"}
    if type == "literal_error":  # 'a', 'b' or 'c'
        return {"options": str(given["expected"]).replace("' or '", "', '").replace("'", "")}
    return {}
