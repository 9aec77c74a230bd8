"""Ranges of a worksheet that grow with its table: extent, filter, drop-downs, conditional formats."""

from __future__ import annotations

import re

from scheduler.domain.book import letters

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


def with_ranges(data: bytes, last_before: int, last: int, width: int) -> bytes:
    """The worksheet with its extent, filter, drop-downs and conditional formats reaching down to the new last
    row, where they reached the old one; what ends above the table's end stays."""
    text = data.decode()

    def grown(match: re.Match[str]) -> str:
        return match[1] + grown_ranges(match[2], last_before, last) + match[3]

    head, mark, tail = text.partition("<sheetData") if "<sheetData" in text else text.partition("sheetData")
    head = re.sub(
        r'(<(?:\w+:)?dimension ref=")([^"]*)(")',
        lambda m: m[1] + _extent(m[2], last, width) + m[3],
        head,
    )
    at = tail.rfind("sheetData>")
    body, below = (tail[:at], tail[at:]) if at >= 0 else ("", tail)
    below = re.sub(r'(<(?:\w+:)?autoFilter [^>]*?\bref=")([^"]*)(")', grown, below)
    below = re.sub(
        r'(<(?:\w+:)?(?:dataValidation|conditionalFormatting) [^>]*?\bsqref=")([^"]*)(")', grown, below
    )
    below = re.sub(r"(<xm:sqref>)([^<]*)(</xm:sqref>)", grown, below)
    return (head + mark + body + below).encode()


def grown_ranges(ranges: str, last_before: int, last: int) -> str:
    """Ranges, of which those that end with the table's old last row (or just below) end with its new one."""

    def grown(match: re.Match[str]) -> str:
        bottom = int(match[4] or match[2])
        is_ours = last_before <= bottom < last and int(match[2]) <= last_before + 1
        return f"{match[1]}{match[2]}:{match[3] or match[1]}{last}" if is_ours else match[0]

    return _RANGE.sub(grown, ranges)


def _extent(ref: str, last: int, width: int) -> str:
    match = _RANGE.fullmatch(ref)
    if match is None or match[3] is None:
        return f"A1:{letters(max(width, 1) - 1)}{last}"
    right = max(match[3].replace("$", ""), letters(max(width, 1) - 1), key=lambda text: (len(text), text))
    return f"{match[1]}{match[2]}:{right}{max(int(match[4]), last)}"
