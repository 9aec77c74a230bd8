"""Rows under the headings that are no data: totals, and notes below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from scheduler.readers.headers import folded

_TOTALS = frozenset(
    ("合计", "总计", "小计", "共计", "汇总", "total", "totals", "subtotal", "grandtotal", "sum")
)
_NOTE = re.compile(
    r"^(注|备注|说明|提示|填表|制表|审核|填报|note|notes|remark|remarks)\s*(\d|[人日说时]|[:.、]|$)|^[*※#]"
)


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing to read."""
    if not isinstance(value, str):
        return value is None
    return not value[:1].isalnum() and not folded(value)


def is_total(cells: Sequence[object]) -> bool:
    """Whether a row sums up those above: its first text says so."""
    first = next((cell for cell in cells if not is_blank(cell)), None)
    return isinstance(first, str) and folded(first).replace(" ", "").rstrip(":") in _TOTALS


def is_note(cells: Sequence[object]) -> bool:
    """Whether a row is a remark to the reader: its one filled cell begins like one."""
    filled = list(islice((cell for cell in cells if not is_blank(cell)), 2))
    return len(filled) == 1 and isinstance(filled[0], str) and bool(_NOTE.match(folded(filled[0])))
