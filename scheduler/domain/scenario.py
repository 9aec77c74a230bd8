"""The scenario: all that is given, and the questions the house asks of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any

from scheduler.domain.draw import draw
from scheduler.domain.grouping import grouped
from scheduler.domain.opening import Opening
from scheduler.domain.tables import Availability, Child, Person
from scheduler.domain.tables.settings import Policy
from scheduler.domain.ways import Ways


class Scenario(Opening, Ways):
    """A season as its coordinator gave it: every table's rows, references resolved to ids.

    Frozen. Row order carries no meaning; questions answer in a canonical order. The tables and their rows
    by id are in `Lists`, the calendar and the classes held in `Opening`, distances in `Ways`.
    """

    def ruled_by(self, policy: Policy) -> Scenario:
        """The same season under another policy."""
        if policy == self.settings.policy:
            return self
        return self.with_(settings=self.settings.model_copy(update={"policy": policy}))

    def with_(self, **tables: object) -> Scenario:
        """The same season with some tables replaced."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return Scenario(**{**kept, **tables})

    # ---- children -------------------------------------------------------------------------------

    @cached_property
    def processed(self) -> tuple[Child, ...]:
        """Children that are enrolled with consent, by id; the others are only listed."""
        return tuple(row for id, row in self.child.items() if self.is_processed(id))

    def is_processed(self, child: str) -> bool:
        """Whether a child is on the list, enrolled and with consent."""
        row = self.child.get(child)
        return row is not None and row.status == "enrolled" and row.consent

    def wanted_weeks(self, child: str) -> tuple[str, ...]:
        """The weeks a child wants, in order; blank means all."""
        return self._wanted_weeks[child]

    @cached_property
    def _wanted_weeks(self) -> dict[str, tuple[str, ...]]:
        known: dict[tuple[str, ...], tuple[str, ...]] = {(): self.weeks}
        for row in self.children:
            if row.weeks not in known:
                known[row.weeks] = tuple(week for week in self.weeks if week in row.weeks)
        return {row.id: known[row.weeks] for row in self.children}

    def family_of(self, child: str) -> tuple[Child, ...]:
        """The processed children of a child's family, itself among them if it is one; none without one."""
        return self.families.get(self.child[child].family or "", ())

    @cached_property
    def families(self) -> dict[str, tuple[Child, ...]]:
        """The processed children by family."""
        return grouped((row for row in self.processed if row.family), lambda row: row.family or "")

    @cached_property
    def draws(self) -> dict[str, str]:
        """Every child's draw."""
        seed, season = self.settings.lottery_seed, self.settings.season
        return {row.id: draw(seed, season, row.id) for row in self.children}

    def are_apart(self, child: str, other: str) -> bool:
        """Whether either of two children says they must never be in one class."""
        return other in self.foes.get(child, ())

    @cached_property
    def foes(self) -> dict[str, frozenset[str]]:
        """Children each child must be kept apart from, whoever said so."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.processed:
            for other in row.apart:
                if other != row.id:
                    found[row.id].add(other)
                    found[other].add(row.id)
        return {child: frozenset(others) for child, others in found.items()}

    @cached_property
    def friendships(self) -> tuple[tuple[str, str], ...]:
        """Mutual friends among the processed children, each pair once, sorted."""
        wishes = {(row.id, other) for row in self.processed for other in row.friends if other != row.id}
        return tuple(sorted((a, b) for a, b in wishes if a < b and (b, a) in wishes))

    # ---- people ---------------------------------------------------------------------------------

    def availability_of(self, person: str, day: date, shift: str) -> str:
        """`yes`, `no`, `prefer` or `avoid`. Where rows disagree the shorter date range wins, then `no`;
        without a row teachers are available and volunteers are not."""
        best: tuple[int, int, str] | None = None
        for row in self._availability.get(person, ()):
            if not row.from_ <= day <= row.to:
                continue
            if row.weekdays and day.isoweekday() not in row.weekdays:
                continue
            if row.shifts and shift not in row.shifts:
                continue
            order = ("no", "avoid", "prefer", "yes").index(row.status)
            rank = ((row.to - row.from_).days, order, row.status)
            best = rank if best is None else min(best, rank)
        if best is not None:
            return best[2]
        return "yes" if self.person[person].kind == "teacher" else "no"

    @cached_property
    def _availability(self) -> dict[str, tuple[Availability, ...]]:
        return grouped(self.availability, lambda row: row.person)

    def is_cleared(self, person: str, day: date) -> bool:
        """Whether the person's background check is valid that day; blank is not cleared."""
        until = self.person[person].cleared_until
        return until is not None and day <= until

    def works_at(self, person: str, venue: str) -> bool:
        """Whether a venue lies in a person's area."""
        return venue in self.area_of(person)

    def area_of(self, person: str) -> frozenset[str]:
        """The venues at which a person works: named, or within the person's distance.

        A distance that cannot be reckoned for want of coordinates does not rule a venue out.
        """
        if person not in self._areas:
            row, everywhere = self.person[person], self._everywhere
            if row.venues:
                self._areas[person] = frozenset(row.venues)
            elif row.max_distance_km is None:
                self._areas[person] = everywhere
            else:
                near = frozenset(self.venues_within(row, row.max_distance_km))
                self._areas[person] = everywhere if near == everywhere else near
        return self._areas[person]

    def workers_at(self, venue: str) -> tuple[Person, ...]:
        """The people in whose area a venue lies, by id."""
        return self._workers_at.get(venue, ())

    @cached_property
    def _areas(self) -> dict[str, frozenset[str]]:
        """The areas asked for so far."""
        return {}

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        return frozenset(self.venue)

    @cached_property
    def _workers_at(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for row in self.person.values():
            for venue in self.area_of(row.id):
                found[venue].append(row)
        return {venue: tuple(rows) for venue, rows in found.items()}
