"""Whom a post has before it: what gaps of one shift, and of one venue in it, have in common is asked once.

Most people fail at a hurdle that no class decides: they did not offer the shift, are not cleared, or out of
the venue's reach. They are counted together; only the few who are left are asked about each single post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.moments import Lack
from scheduler.domain.shortfall import Hurdle
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import Role
from scheduler.explainer.shortfall.hurdles import Hurdles


@dataclass(frozen=True)
class Crowd:
    """People who would count for an ask: who is left to ask about each post, and where the others failed."""

    left: tuple[Person, ...]
    failed: Mapping[str, Hurdle]
    by_hurdle: Mapping[Hurdle, list[str]]
    """Those who failed, each hurdle's by their ids in order."""


class Crowds:
    """The crowds of one plan's posts, each found once."""

    def __init__(self, hurdles: Hurdles) -> None:
        """Ask what these hurdles say."""
        self._hurdles = hurdles
        self._in_shift: dict[tuple[date, str, tuple[Role, ...], str], Crowd] = {}

    def before(self, lack: Lack) -> tuple[Crowd, Crowd]:
        """Who fails in the shift, wherever it is; and who of the others fails at the venue, or is left."""
        post, ask = lack.post, lack.ask
        roles = tuple(role for role in ask.roles if post.class_ is None or role != "site")
        key = (post.date, post.shift, roles, ask.qualification)
        if key not in self._in_shift:
            people = {row.id: row for role in roles for row in self._hurdles.by_role.get(role, ())}
            ordered = (people[id] for id in sorted(people))
            self._in_shift[key] = _sorted_out((row, self._in_any_venue(row, lack)) for row in ordered)
        anywhere, near = self._in_shift[key], self._hurdles.reaching(post.venue)
        far = [row.id for row in anywhere.left if row.id not in near]
        there = tuple(row for row in anywhere.left if row.id in near)
        return anywhere, Crowd(there, dict.fromkeys(far, "reach"), {"reach": far} if far else {})

    def _in_any_venue(self, row: Person, lack: Lack) -> Hurdle | None:
        if lack.ask.qualification and lack.ask.qualification not in row.qualifications:
            return "qualification"
        return self._hurdles.in_shift(row, lack.post)


def _sorted_out(met: Iterable[tuple[Person, Hurdle | None]]) -> Crowd:
    """The crowd of people, in the order of their ids, and what keeps each away."""
    left: list[Person] = []
    failed: dict[str, Hurdle] = {}
    for row, hurdle in met:
        if hurdle is None:
            left.append(row)
        else:
            failed[row.id] = hurdle
    by_hurdle: dict[Hurdle, list[str]] = defaultdict(list)
    for person, hurdle in failed.items():
        by_hurdle[hurdle].append(person)
    return Crowd(tuple(left), failed, by_hurdle)
