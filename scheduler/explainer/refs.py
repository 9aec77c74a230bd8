"""Which row of the season a reference means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal
from unicodedata import normalize

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import ROLES

Kind = Literal["child", "class", "person", "venue", "course", "post", "day", "all"]
NAMED_KINDS: tuple[Kind, ...] = ("child", "class", "person", "venue", "course")
NEAR = 5
"""Most near matches that are told."""


@dataclass(frozen=True)
class Ref:
    """A resolved reference: its kind and the id of its row, or what names a post."""

    kind: Kind
    id: str = ""
    date: date | None = None
    shift: str = ""
    role: str = ""

    def __str__(self) -> str:
        """The reference as people write it."""
        if self.kind == "all":
            return "all"
        if self.kind == "day" and self.date is not None:
            return f"class:{self.id}/{self.date.isoformat()}"
        if self.date is not None:
            return f"post:{self.id}/{self.date.isoformat()}/{self.shift}/{self.role}"
        return f"{self.kind}:{self.id}"


class UnknownRef(Exception):
    """A reference that means nothing, or several things; with what may have been meant.

    `reason` is `unknown` (of posts, class-days also `day`, `shift` or `role`), `ambiguous`, `nothing` where
    no row is named, or `post` where a post is not written CLASS/DATE/SHIFT/ROLE; `part` is what was not
    understood. The candidates are references, without names.
    """

    def __init__(self, reason: str, part: str, candidates: tuple[str, ...] = ()) -> None:
        """Say what was not understood, and what is near."""
        super().__init__(reason)
        self.reason = reason
        self.part = part
        self.candidates = candidates


def resolve(scenario: Scenario, ref: str) -> Ref:
    """The row a reference means: `kind:ID`, `kind:NAME`, `post:...`, `class:ID/DATE`, `all`, or a bare id or
    name (a class's with `/DATE` too).

    An id goes before a name, and both before an id in other case or width. Raises UnknownRef where nothing,
    or more than one row, is meant.
    """
    asked = ref.strip()
    if not asked.rpartition(":")[2].strip():
        raise UnknownRef("nothing", asked)
    if asked == "all":
        return Ref("all")
    kind, colon, rest = asked.partition(":")
    if colon and kind == "post":
        return _post(scenario, rest)
    day = _day(scenario, rest if colon and kind == "class" else asked)
    if day is not None:
        return day
    if colon and kind in NAMED_KINDS:
        return _row(scenario, rest.strip(), (kind,))
    return _row(scenario, asked, NAMED_KINDS)


def _day(scenario: Scenario, text: str) -> Ref | None:
    """`CLASS/DATE`; None where the text does not end in a date."""
    class_, slash, day_text = text.rpartition("/")
    try:
        day = date.fromisoformat(day_text.strip())
    except ValueError:
        return None
    if not slash:
        return None
    ref = _row(scenario, class_.strip(), ("class",))
    if day not in scenario.day:
        near = sorted(scenario.day, key=lambda known: (abs((known - day).days), known))[:NEAR]
        raise UnknownRef("day", day_text.strip(), tuple(known.isoformat() for known in near))
    return Ref("day", ref.id, day)


def _row(scenario: Scenario, asked: str, kinds: tuple[str, ...]) -> Ref:
    rows = [row for row in _rows(scenario) if row[0] in kinds]
    for found in (
        [(kind, id) for kind, id, _ in rows if id == asked],
        [(kind, id) for kind, id, name in rows if _plain(name) == _plain(asked)],
        [(kind, id) for kind, id, _ in rows if _plain(id) == _plain(asked)],
    ):
        if len(found) > 1:
            raise UnknownRef("ambiguous", asked, tuple(f"{kind}:{id}" for kind, id in found))
        if found:
            return Ref(found[0][0], found[0][1])
    raise UnknownRef("unknown", asked, _near(rows, asked))


def _plain(text: str) -> str:
    """A text without what typing makes of it: case and width; no two ids of a table differ in these alone."""
    return normalize("NFKC", text).strip().casefold()


def _rows(scenario: Scenario) -> Iterator[tuple[Kind, str, str]]:
    """Every row that can be asked about: kind, id, name."""
    yield from (("child", row.id, row.name) for row in scenario.child.values())
    yield from (("class", row.id, row.name) for row in scenario.class_.values())
    yield from (("person", row.id, row.name) for row in scenario.person.values())
    yield from (("venue", row.id, row.name) for row in scenario.venue.values())
    yield from (("course", row.id, row.name) for row in scenario.course.values())


def _near(rows: list[tuple[Kind, str, str]], asked: str) -> tuple[str, ...]:
    """References whose id or name is near to what was asked, the nearest first."""
    known: dict[str, list[str]] = {}
    for kind, id, name in rows:
        for word in {id.casefold(), name.strip().casefold()}:
            known.setdefault(word, []).append(f"{kind}:{id}")
    near = get_close_matches(asked.casefold(), known, n=NEAR, cutoff=0.5)
    return tuple(dict.fromkeys(ref for word in near for ref in known[word]))[:NEAR]


def _post(scenario: Scenario, text: str) -> Ref:
    """`CLASS/DATE/SHIFT/ROLE`; a venue stands in the class's place for the role `site`. A role may be
    written as the staff table may write it."""
    parts = text.rsplit("/", 3)
    if len(parts) != 4:
        raise UnknownRef("post", text)
    place, day_text, shift, role = (part.strip() for part in parts)
    ref = _row(scenario, place, ("class", "venue"))
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        raise UnknownRef("post", day_text) from None
    if day not in scenario.day:
        near = sorted(scenario.day, key=lambda known: (abs((known - day).days), known))[:NEAR]
        raise UnknownRef("day", day_text.strip(), tuple(known.isoformat() for known in near))
    if shift not in scenario.shift:
        raise UnknownRef("shift", shift, tuple(scenario.shift))
    known = {word.casefold(): id for id, words in ROLES.items() for word in (id, *words)}
    if role.casefold() not in known:
        raise UnknownRef("role", role, tuple(ROLES))
    return Ref("post", ref.id, day, shift, known[role.casefold()])
