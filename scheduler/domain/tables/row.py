"""The base of every table's row model."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain.book import Source


class Row(BaseModel):
    """One row of an input table: its values, and the place in the file they came from."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    table: ClassVar[str]
    zh: ClassVar[str]
    required: ClassVar[bool] = False

    source: Source | None = Field(default=None, exclude=True, repr=False)
