"""One worksheet's XML with cells set: the bytes around them stay as they are.

Rows and cells are found by their byte offsets and only what changes is written anew, since no library writes
back all that spreadsheet programs put into a workbook (drop-downs of other sheets, charts, notes, macros).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from scheduler.domain.book import letters
from scheduler.exporters.table_cells import text_of
from scheduler.exporters.tables import CELL_LIMIT, FIRST_DAY, TextTooLong

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)


class UnknownShape(Exception):
    """A worksheet that is written otherwise than these offsets can follow."""


@dataclass
class Span:
    """An element's place in the bytes: its start, the end of its opening tag, its end."""

    start: int
    opened: int
    end: int = 0
    is_empty: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    has_formula: bool = False

    @property
    def style(self) -> int:
        """The style of a cell."""
        return int(self.attributes.get("s", "0"))


@dataclass
class Layout:
    """Where the rows and cells of a worksheet stand in its bytes."""

    data: bytes
    prefix: str = ""
    sheet_data: Span | None = None
    rows: dict[int, Span] = field(default_factory=dict)
    cells: dict[tuple[int, int], Span] = field(default_factory=dict)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)

    def style_at(self, row: int, column: int) -> int:
        """The style of a cell, of its row's blank cells, or of its column."""
        if (row, column) in self.cells:
            return self.cells[row, column].style
        return next((s for low, high, s in self.column_styles if low <= column + 1 <= high), 0)


def layout(data: bytes) -> Layout:
    """The places of a worksheet's rows and cells. Raises UnknownShape for one that cannot be followed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnknownShape
    found = Layout(data)
    reader = _Finder(found)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: reader.start(name, given, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: reader.end(name, parser.CurrentByteIndex)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnknownShape from error
    if found.sheet_data is None:
        raise UnknownShape
    return found


class _Finder:
    """Notes the spans of rows and cells while the parser goes through a worksheet."""

    def __init__(self, found: Layout) -> None:
        self.found = found
        self.stack: list[tuple[str, Span]] = []

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        local = name.rpartition(":")[2]
        inside = self.stack[-1][0] if self.stack else ""
        if local == "col":
            span = attributes
            self.found.column_styles.append((int(span["min"]), int(span["max"]), int(span.get("style", "0"))))
        wanted = local == "sheetData" or (local, inside) in (("row", "sheetData"), ("c", "row"))
        if local == "f" and inside == "c":
            self.stack[-1][1].has_formula = True
        if not wanted:
            return
        tag = _TAG.match(self.found.data, at)
        if tag is None:
            raise UnknownShape
        new = Span(at, tag.end(), is_empty=tag[0].endswith(b"/>"), attributes=attributes)
        if local == "sheetData":
            self.found.sheet_data, self.found.prefix = new, name[: -len(local)]
        elif local == "row":
            self.found.rows[_number(attributes)] = new
        else:
            self.found.cells[_address(attributes)] = new
        self.stack.append((local, new))

    def end(self, name: str, at: int) -> None:
        local = name.rpartition(":")[2]
        if self.stack and self.stack[-1][0] == local and local in ("sheetData", "row", "c"):
            span = self.stack.pop()[1]
            span.end = span.opened if span.is_empty else self.found.data.index(b">", at) + 1


def _number(attributes: Mapping[str, str]) -> int:
    if not attributes.get("r", "").isdigit():
        raise UnknownShape
    return int(attributes["r"])


def _address(attributes: Mapping[str, str]) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(attributes.get("r", ""))
    if match is None:
        raise UnknownShape
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


# ---- cells set --------------------------------------------------------------------------------------


def with_cells(
    found: Layout,
    cells: Mapping[tuple[int, int], object],
    style_of: Callable[[int, int, object], int],
    row_attributes: str = "",
    *,
    is_1904: bool = False,
) -> bytes:
    """The worksheet's bytes with cells (by 1-based row and 0-based column) set to values; None only styles.

    `style_of` tells the style of (row, column, value); `row_attributes` are given to rows that are new.
    """
    patches: list[tuple[int, int, bytes]] = []
    by_row: dict[int, dict[int, bytes]] = defaultdict(dict)
    for (row, column), value in sorted(cells.items()):
        text = cell_xml(found.prefix, row, column, value, style_of(row, column, value), is_1904=is_1904)
        there = found.cells.get((row, column))
        if there is None:
            by_row[row][column] = text.encode()
        else:
            patches.append((there.start, there.end, text.encode()))
    there_by_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (row, column), span in found.cells.items():
        there_by_row[row].append((column, span.start))
    for row, new in by_row.items():
        if row in found.rows:
            patches += _into_row(found, row, new, sorted(there_by_row[row]))
        else:
            patches.append(_new_row(found, row, new, row_attributes))
    return _patched(found, patches)


def _into_row(
    found: Layout, row: int, new: Mapping[int, bytes], behind: Sequence[tuple[int, int]]
) -> list[tuple[int, int, bytes]]:
    """The patches that put cells into a row that has others: `behind`, (column, start) of each in order."""
    span = found.rows[row]
    tag = found.data[span.start : span.opened]
    bare = re.sub(rb"\sspans=(\"[^\"]*\"|'[^']*')", b"", tag)  # a hint only, and no longer true
    if span.is_empty:
        inner = b"".join(text for _, text in sorted(new.items()))
        closing = f"</{found.prefix}row>".encode()
        return [(span.start, span.end, bare[:-2].rstrip() + b">" + inner + closing)]
    patches = [(span.start, span.opened, bare)]
    close = found.data.rindex(b"</", span.opened, span.end)
    for column, text in sorted(new.items()):
        at = next((start for other, start in behind if other > column), close)
        patches.append((at, at, text))
    return patches


def _new_row(found: Layout, row: int, new: Mapping[int, bytes], attributes: str) -> tuple[int, int, bytes]:
    inner = b"".join(text for _, text in sorted(new.items()))
    opening = f'<{found.prefix}row r="{row}"{attributes}>'.encode()
    whole = opening + inner + f"</{found.prefix}row>".encode()
    following = min((number for number in found.rows if number > row), default=None)
    span = found.sheet_data
    assert span is not None
    if following is not None:
        at = found.rows[following].start
    elif span.is_empty:
        return (span.opened, span.opened, whole)  # the tag itself is opened by `_patched`
    else:
        at = found.data.rindex(b"</", span.opened, span.end)
    return (at, at, whole)


def _patched(found: Layout, patches: list[tuple[int, int, bytes]]) -> bytes:
    span = found.sheet_data
    assert span is not None
    out, at = [], 0
    for start, end, text in sorted(patches, key=lambda patch: (patch[0], patch[1])):  # stable: rows in order
        out += [found.data[at:start], text]
        at = end
    body = b"".join([*out, found.data[at:]])
    if span.is_empty and patches:
        tag = found.data[span.start : span.opened]
        name = f"{found.prefix}sheetData".encode()
        inner = b"".join(text for _, _, text in patches)
        return (
            found.data[: span.start] + tag[:-2] + b">" + inner + b"</" + name + b">" + found.data[span.end :]
        )
    return body


def cell_xml(prefix: str, row: int, column: int, value: object, style: int, *, is_1904: bool = False) -> str:
    """One cell; text stands in the cell itself, so that no other part of the workbook changes.

    Raises TextTooLong where a cell could not hold a text whole.
    """
    start = f'<{prefix}c r="{letters(column)}{row}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{start}/>"
    number = serial(value, is_1904=is_1904)
    if number is not None:
        return f"{start}><{prefix}v>{number!r}</{prefix}v></{prefix}c>"
    text = text_of(value).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > CELL_LIMIT:
        raise TextTooLong("", row, column)
    shown = escape(_FORBIDDEN.sub("", text))
    inner = f'<{prefix}is><{prefix}t xml:space="preserve">{shown}</{prefix}t></{prefix}is>'
    return f'{start} t="inlineStr">{inner}</{prefix}c>'


def serial(value: object, *, is_1904: bool = False) -> float | int | None:
    """The number a cell holds for a value; None for text, and for days that Excel's calendar lacks."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if not isinstance(value, date):
        return None
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    if moment.date() < FIRST_DAY:
        return None
    gone = moment - (_EPOCH_1904 if is_1904 else _EPOCH)
    return gone.days + gone.seconds / 86400 if gone.seconds else gone.days


def attribute(name: str, value: str) -> str:
    """An XML attribute with a blank before it."""
    return f" {name}={quoteattr(value)}"
