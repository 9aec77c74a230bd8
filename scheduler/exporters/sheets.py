"""Tables as people read them, already worded: what both the workbooks and the office pages are set from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = str | int | float | date | None

Look = Literal[
    "text", "long", "id", "number", "decimal", "money", "share", "hours", "date", "weekday", "time", "blank"
]
"""How a column is set: `long` text wraps early, `id` is no number, `hours` are minutes told as 7:30,
`blank` is for handwriting."""

RIGHT: frozenset[Look] = frozenset({"number", "decimal", "money", "share", "hours"})
"""The looks of numbers, which are set to the right."""

Mark = Literal["", "alert", "strong", "quiet", "care", "trip", "course"]


@dataclass(frozen=True)
class Cell:
    """One cell; `rows` says how many rows it spans, `link` where it leads (pages only)."""

    value: Value = None
    mark: Mark = ""
    rows: int = 1
    link: str = ""


@dataclass(frozen=True)
class Heading:
    """The head of a column; `width` in characters where its contents do not tell it."""

    title: str
    look: Look = "text"
    width: int | None = None


@dataclass(frozen=True)
class Line:
    """A row of cells; None stands where the cell above reaches down. Lines of one `group` share a page.

    `height` in points where a line needs less than the others of its table.
    """

    cells: tuple[Cell | None, ...]
    group: str = ""
    height: int | None = None


@dataclass(frozen=True)
class Table:
    """A table with a caption; `height` in points for rows that are written on by hand.

    A `grid` has columns of one width, as a timetable has.
    """

    caption: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    note: str = ""
    height: int | None = None
    shape: Literal["rows", "grid"] = "rows"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, and one section of its page.

    A `list` is one table that can be filtered, a `stack` holds tables one below the other, `pages` the same
    with a page for each. `open` says whether a page shows it unfolded, `nothing` what an empty one says.
    """

    id: str
    name: str
    tables: tuple[Table, ...]
    form: Literal["list", "stack", "pages"] = "list"
    note: str = ""
    open: bool = True
    paper: Literal["landscape", "portrait"] = "landscape"
    nothing: str = ""

    @property
    def size(self) -> int:
        """Rows of all its tables."""
        return sum(len(table.lines) for table in self.tables)


def line(*values: Value | Cell, mark: Mark = "", group: str = "") -> Line:
    """A row of these values, all marked alike unless they are cells already."""
    cells = tuple(value if isinstance(value, Cell) else Cell(value, mark) for value in values)
    return Line(cells, group)
