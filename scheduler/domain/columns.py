"""What a column of an input table is: its heading in two languages, its kind, unit and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import Field


class Kind(StrEnum):
    """How the text of a cell is read."""

    ID = "id"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    GRADE = "grade"
    YES_NO = "yes/no"
    DATE = "date"
    MOMENT = "date and time"
    TIME = "time"
    CHOICE = "one of"
    IDS = "list of ids"
    TEXTS = "list of texts"
    DATES = "list of dates"
    WEEKDAYS = "list of weekdays"
    CHOICES = "list out of"


@dataclass(frozen=True)
class Column:
    """One column as readers, writers and the data dictionary need it.

    `required` columns must be in the file; their cells must be filled where no `blank` is given.
    `refers_to` names the tables whose ids (or unique names) a value may be. `options` maps each allowed
    value to its Chinese words. `blank` says in words what an empty cell means.
    """

    kind: Kind
    zh: str
    meaning: str
    required: bool = False
    blank: str = ""
    unit: str = ""
    refers_to: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    aliases: tuple[str, ...] = ()

    @property
    def must_be_filled(self) -> bool:
        """Whether an empty cell is a problem."""
        return self.required and not self.blank


_EXTRA = "column"


def column(
    kind: Kind,
    zh: str,
    meaning: str,
    *,
    required: bool = False,
    default: object = None,
    blank: str = "",
    **more: Any,  # noqa: ANN401 - handed to Column, whose fields are typed
) -> Any:  # noqa: ANN401 - pydantic's Field is Any by design
    """Declare a model field that is also a column; `default` is the value of an empty cell."""
    described = Column(kind, zh, meaning, required=required, blank=blank or _shown(default), **more)
    extra: Any = {_EXTRA: described}
    if required and default is None:
        return Field(description=meaning, json_schema_extra=extra)
    return Field(default=default, description=meaning, json_schema_extra=extra)


def columns_of(model: type[Any]) -> dict[str, Column]:
    """The columns of a table's row model by field name, in their order."""
    return {
        name: info.json_schema_extra[_EXTRA]
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and _EXTRA in info.json_schema_extra
    }


def heading(field_name: str) -> str:
    """The English heading of a field (`class_` stands for `class`, a word Python keeps for itself)."""
    return field_name.rstrip("_")


def _shown(default: object) -> str:
    if default is True:
        return "yes"
    if default is False:
        return "no"
    return "" if default in (None, ()) else str(default)
