"""Ids for rows that have none: the next free number in the pattern the table already shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.readers.headers import folded

FIRST = {
    "children": "C0001", "staff": "P001", "venues": "V01", "rooms": "R01", "classes": "K01", "courses": "S01",
    "trips": "T01", "priorities": "PR1", "needs": "N01", "locks": "L001", "shifts": "SH1", "periods": "PE1",
}  # fmt: skip
"""The first id of an empty table; no two tables begin alike."""

FIRST_FAMILY = "F001"

_NUMBERED = re.compile(r"(.*?)(\d+)$")


def free_ids(table: str, taken: Iterable[str], wished: str = "") -> Iterator[str]:
    """Free ids without end, from the highest number of the commonest pattern on; `wished` shows another."""
    return _after(list(taken), wished, FIRST.get(table, "X001"))


def free_families(taken: Iterable[str]) -> Iterator[str]:
    """Free names of families without end."""
    return _after(list(taken), "", FIRST_FAMILY)


def _after(taken: list[str], wished: str, first: str) -> Iterator[str]:
    known = {folded(id) for id in taken}
    matches = [match for id in taken if (match := _NUMBERED.fullmatch(id))]
    prefixes = Counter(match[1] for match in matches)
    start = _NUMBERED.fullmatch(wished) if wished else None
    if start is None and prefixes:
        prefix = prefixes.most_common(1)[0][0]
        width = max(len(match[2]) for match in matches if match[1] == prefix)
        number = max(int(match[2]) for match in matches if match[1] == prefix)
    else:
        start = start or _NUMBERED.fullmatch(wished + "1" if wished else first)
        assert start is not None
        prefix, width = start[1], len(start[2])
        used = [int(match[2]) for match in matches if match[1] == prefix]
        number = max([int(start[2]) - 1, *used])
    while True:
        number += 1
        id = f"{prefix}{number:0{width}}"
        if folded(id) not in known:
            yield id
