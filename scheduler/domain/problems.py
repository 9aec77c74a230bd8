"""An input problem: a value that is collected, with the place it came from and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.domain.book import Source


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth a look, in the input.

    `id` names the sentence pair `problem.<id>` and `fix.<id>` in the message catalogues, `parameters`
    fill it. A problem that is not `blocking` is a warning.
    """

    id: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""
    blocking: bool = True
    parameters: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def at(
        cls,
        source: Source | None,
        column: str,
        id: str,
        value: object = "",
        *,
        blocking: bool = True,
        **parameters: object,
    ) -> Problem:
        """A problem of one cell of a row; of the table as a whole where the row has no source."""
        return cls(
            id,
            file=source.file if source else "",
            sheet=source.sheet if source else "",
            cell=source.cell(column) if source else "",
            value=str(value),
            blocking=blocking,
            parameters={"column": column, **parameters},
        )
