"""Dates and moments as form services write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scheduler.readers.form.map import Order
from scheduler.readers.headers import plain

_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_ZONE = re.compile(r"\s*\(?(?:GMT|UTC)\s*\+\s*0?8(?::?00)?\)?$|\s*\+08:?00$", re.IGNORECASE)
_HALF_BEHIND = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*(上午|下午)")


def in_order(cell: object, order: Order) -> object:
    """A cell's date with the year first where the order of day and month is known; any other as it stands.

    What Google Forms puts behind the hour (Chinese time, 上午 or 下午) moves or goes; another zone stays,
    and will be told as unreadable.
    """
    if not isinstance(cell, str):
        return cell
    text = _HALF_BEHIND.sub(r"\2\1", _ZONE.sub("", plain(cell)))
    match = _YEAR_LAST.match(text)
    if match is None or not order:
        return text
    first, second, year = match.groups()
    month, day = (first, second) if order == "month-day-year" else (second, first)
    whole = year if len(year) == 4 else f"20{year}"
    return f"{whole}-{month}-{day}{text[match.end() :]}"


def order_shown(column: Iterable[object]) -> Order:
    """The order of day and month that a machine's column shows; '' where it shows none or two."""
    shown: set[Order] = set()
    for cell in column:
        match = _YEAR_LAST.match(plain(cell)) if isinstance(cell, str) else None
        if match and int(match[1]) > 12:
            shown.add("day-month-year")
        elif match and int(match[2]) > 12:
            shown.add("month-day-year")
    return shown.pop() if len(shown) == 1 else ""
