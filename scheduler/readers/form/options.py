"""What an option of a form stands for: a row by its id or name, a word of the table, yes or no."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.domain.columns import Column, Kind
from scheduler.readers.cells import SEPARATORS, read_cell
from scheduler.readers.dates import Bad
from scheduler.readers.form.map import text_key
from scheduler.readers.form.words import bare
from scheduler.readers.headers import folded, key_of, plain
from scheduler.readers.references import Directory
from scheduler.readers.tables import RawRow

_LETTER = re.compile(r"^(?:[a-zA-Z]\s*[.、:)]\s*|[①-⑳]\s*|\([a-zA-Z0-9]\)\s*)")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〖.*?〗|\s*[_￣]{2,}.*$")
_STRONG = re.compile(r"[┋→\n\r]|-->")
"""Separators that stand in no option's text: 问卷星 joins with them what was ticked, or put in order."""
_WEEK = re.compile(
    r"第\s*([一二三四五六七八九十]|\d{1,2})\s*周|\bweek\s*(\d{1,2})\b|\bw(\d{1,2})\b", re.IGNORECASE
)
_NUMERALS = {text: str(number) for number, text in enumerate("一二三四五六七八九十", 1)}
_DENIED = re.compile(r"不|未|没|否|拒|\bnot?\b|n't|\bdisagree|\brefuse|\bdecline", re.IGNORECASE)
_AGREED = re.compile(
    r"^(是|有|对|需要|愿意|可以|yes\b)|同意|授权|知悉|承诺|\bi (do |have )?(agree|consent|accept)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\D")


@dataclass
class Entry:
    """A row that options may name."""

    table: str
    id: str
    name: str
    venue: str


class Options:
    """The rows that a form's options may stand for."""

    def __init__(self, rows: Mapping[str, Iterable[RawRow]]) -> None:
        """Index the rows of all tables."""
        whole = {table: list(found) for table, found in rows.items()}
        self._directory = Directory(whole)
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._found: dict[tuple[str, tuple[str, ...]], tuple[list[str], bool]] = {}
        for table, found in whole.items():
            for row in found:
                values = {name: row.values.get(name) for name in ("id", "name", "venue")}
                if isinstance(values["id"], str):
                    entry = Entry(
                        table, *(value if isinstance(value, str) else "" for value in values.values())
                    )
                    self._entries[table].append(entry)
        weeks = dict.fromkeys(row.values.get("week") for row in whole.get("days", ()))
        self._entries["weeks"] = [Entry("weeks", week, "", "") for week in weeks if isinstance(week, str)]

    def ids(self, text: str, tables: tuple[str, ...]) -> tuple[list[str], bool]:
        """The ids a text may mean, and whether it is one of them word for word."""
        wanted = (text, tables)
        if wanted not in self._found:
            self._found[wanted] = self._search(text, tables)
        return self._found[wanted]

    def _search(self, text: str, tables: tuple[str, ...]) -> tuple[list[str], bool]:
        exact = self._directory.find(plain(text), tables)
        if exact:
            return exact, True
        without = _LETTER.sub("", plain(text))
        for tried in (without, _BRACKETS.sub("", without).strip(), bare(without)):
            found = self._directory.find(tried, tables) if tried else []
            if found:
                return found, False
        return self._within(folded(without), tables), False

    def _within(self, text: str, tables: tuple[str, ...]) -> list[str]:
        """Rows whose id or name stands within an option's text."""
        if tables == ("weeks",):
            return self._weeks(text)
        named = [entry for table in tables for entry in self._entries[table] if _stands_in(entry, text)]
        longest = [
            entry for entry in named
            if not any(entry is not other and _label(entry, text) != _label(other, text)
                       and _label(entry, text) in _label(other, text) for other in named)
        ]  # fmt: skip
        classes = [entry for entry in longest if entry.table == "classes"]
        venues = {entry.id for entry in longest if entry.table == "venues"}
        there = [entry for entry in classes if self._venue_of(entry) in venues] if venues else classes
        return sorted({entry.id for entry in there or longest})

    def _venue_of(self, entry: Entry) -> str:
        found = self._directory.find(entry.venue, ("venues",)) if entry.venue else []
        return found[0] if len(found) == 1 else ""

    def _weeks(self, text: str) -> list[str]:
        """Weeks by their number: the ids that hold it and no other."""
        numbers = {_NUMERALS.get(n, n) for match in _WEEK.finditer(text) for n in match.groups() if n}
        if len(numbers) != 1:
            return []
        number = int(numbers.pop())
        return [
            e.id for e in self._entries["weeks"] if _DIGITS.sub("", plain(e.id)).lstrip("0") == str(number)
        ]

    def nearest(self, text: str, tables: tuple[str, ...]) -> str:
        """The nearest known id, or ''."""
        return self._directory.nearest(_LETTER.sub("", plain(text)), tables)

    def some(self, tables: tuple[str, ...]) -> str:
        """Some of the known ids, for a message."""
        return self._directory.some(tables) or "-"


def _stands_in(entry: Entry, text: str) -> bool:
    return bool(_label(entry, text))


def _label(entry: Entry, text: str) -> str:
    """What of a row stands in a text: its name, or its id as a word of its own; '' for neither."""
    name, id = folded(entry.name), folded(entry.id)
    if len(name) > 1 and name in text:
        return name
    is_word = re.search(rf"(?<![0-9a-z]){re.escape(id)}(?![0-9a-z])", text) if len(id) > 1 else None
    return id if is_word else ""


def is_ticked(text: str) -> bool:
    """Whether a cell is joined by signs that stand in no option."""
    return bool(_STRONG.search(text) or re.search("[;；]", text))


def parts_of(text: str, known: Iterable[str]) -> list[str]:
    """The options a cell holds: parted by the signs that only forms use, else whole known options (longest
    first), else by any separator of lists."""
    if _STRONG.search(text):
        parts = _STRONG.split(text)
    else:
        parts = [part for piece in re.split("[;；]", text) for part in _by_options(piece, known)]
    return [part.strip() for part in parts if folded(part)]


def _by_options(text: str, known: Iterable[str]) -> list[str]:
    """A text cut where known options that hold separators themselves begin and end."""
    for option in sorted(known, key=len, reverse=True):
        if not SEPARATORS.search(option):
            continue
        before, found, after = text.partition(option)
        if found:
            return [*_by_options(before, known), option, *_by_options(after, known)]
    parts, depth = [""], 0
    for character in text:  # a bracket's own commas part nothing
        depth += (character in "(（[【") - (character in ")）]】")
        if depth <= 0 and SEPARATORS.match(character):
            parts.append("")
        else:
            parts[-1] += character
    return parts


def word_in(text: str, column: Column) -> str | None:
    """The word of a choice that alone stands within a text without a denial."""
    clean = text_key(_BRACKETS.sub("", _LETTER.sub("", plain(text))))
    found = read_cell(clean, column)
    if isinstance(found, str):
        return found
    words = {key_of(word): option for option, some in column.options.items() for word in some}
    named = {option for word, option in words.items() if re.search("[\u4e00-\u9fff]", word) and word in clean}
    return named.pop() if len(named) == 1 and not _DENIED.search(clean) else None


def yes_or_no(text: str) -> bool | None:
    """What a sentence of agreement or refusal says; None where it is not plain."""
    clean = _LETTER.sub("", plain(text)).strip(" .。!！")
    found = read_cell(re.split("[,，;；。]", clean)[0], Column(Kind.YES_NO, "", ""))
    denied = _DENIED.search(clean)
    if isinstance(found, bool) and (not denied or not found):
        return found
    if isinstance(found, Bad) or denied:
        return None if denied else True if _AGREED.search(clean) else None
    return None
