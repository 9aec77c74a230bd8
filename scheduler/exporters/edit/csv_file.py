"""A CSV file with some records changed and some added; every other byte stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from scheduler.domain.columns import Kind
from scheduler.domain.csv_text import guarded
from scheduler.exporters.edit.placing import Placed
from scheduler.exporters.table_cells import text_of

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def new_csv(placed: Placed) -> bytes:
    """A table that is not there yet, as Excel opens it best: UTF-8 with its mark."""
    rows = {placed.header_row: {}, **_by_row(placed)}
    width = len(placed.header)
    records = (_record([None] * width, cells, placed.kinds) for _, cells in sorted(rows.items()))
    return "".join(_line(record, ",", "\r\n") for record in records).encode("utf-8-sig")


def edited_csv(content: bytes, placed: Placed, separator: str) -> bytes:
    """The file's bytes with the cells in place, in its own encoding, separator and line ends."""
    encoding, mark = _encoding(content)
    text = content[len(mark) :].decode(encoding)
    if text.isascii() and not mark:
        mark = b"\xef\xbb\xbf"  # what is added may not be; without the mark Excel would misread it
    lines = list(io.StringIO(text, newline=""))
    end = next((mark for mark in ("\r\n", "\n", "\r") if lines and lines[0].endswith(mark)), "\r\n")
    changes = _by_row(placed)
    width = len(placed.header)
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    out: list[str] = []
    at = number = 0
    for number, record in enumerate(reader, 1):
        span = "".join(lines[at : reader.line_num])
        at = reader.line_num
        cells = changes.pop(number, None)
        if cells is None:
            is_wider = width > placed.old_width and number >= placed.header_row
            out.append(_widened(span, record, width, separator) if is_wider else span)
        else:
            padded: list[object] = [*record, *[""] * (width - len(record))]
            own = span[len(span.rstrip("\r\n")) :]
            out.append(_line(_record(padded, cells, placed.kinds), separator, own or end))
    if out and changes and not out[-1].endswith(("\n", "\r")):
        out[-1] += end
    for row, cells in sorted(changes.items()):
        # a row number is a record's: blank ones below the last are filled up to it
        out += [end] * (row - number - 1)
        number = row
        out.append(_line(_record([None] * width, cells, placed.kinds), separator, end))
    return mark + "".join(out).encode(encoding)


def _widened(span: str, record: Sequence[str], width: int, separator: str) -> str:
    """A record's text with blanks for columns that are new; a blank line stays one."""
    if not any(record) or len(record) >= width:
        return span
    bare = span.rstrip("\r\n")
    return bare + separator * (width - len(record)) + span[len(bare) :]


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return ("utf-8" if encoding == "utf-8-sig" else encoding), mark
    try:
        content.decode()
    except UnicodeDecodeError:
        return "gb18030", b""
    return "utf-8", b""


def _by_row(placed: Placed) -> dict[int, dict[int, object]]:
    rows: dict[int, dict[int, object]] = {}
    for (row, index), value in placed.cells.items():
        rows.setdefault(row, {})[index] = value
    return rows


def _record(old: Sequence[object], cells: Mapping[int, object], kinds: Mapping[int, Kind]) -> list[str]:
    texts = [text_of(value) for value in old]
    for index, value in cells.items():
        texts[index] = guarded(text_of(value, kinds.get(index)))
    return texts


def _line(record: Sequence[str], separator: str, end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerow(record)
    return out.getvalue()
