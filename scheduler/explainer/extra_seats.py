"""Which seats more would give a child a claim to something better, and whose turn it would be.

Every answer is tried: the same plan, the same wishes, more seats in the class-weeks named and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.domain.choices import position
from scheduler.domain.outcomes import UnitOutcome, WeekSeats
from scheduler.domain.units import Unit
from scheduler.explainer.court import Court, with_seats
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Extra
from scheduler.explainer.wishes import better_options

Key = tuple[str, str]
"""A class and a week."""

Kind = Literal["seat", "room", "both"]
Priced = tuple[WeekSeats, Kind]
"""A way to spend a week, and what there would have to be more of."""
KINDS: tuple[Kind, ...] = ("seat", "room", "both")


@dataclass(frozen=True)
class Relief:
    """More seats that would give a child a claim.

    `each`: in any one of these class-weeks alone; else in all of them together. `ahead`: how many children
    wait before it who could take such a seat themselves, 0 if it would be its turn; None if the plan's
    waiting lists do not tell.
    """

    extra: Extra
    seats: tuple[Key, ...]
    each: bool
    ahead: int | None


class ExtraSeats:
    """What one child could claim with more seats."""

    def __init__(self, ground: Ground, child: str) -> None:
        """Try the child's seats as they are, and with more in every class, at every venue, and both."""
        self._ground = ground
        self._child = child
        self._unit = ground.unit_of(child)
        self._court = ground.court(self._unit)
        self._raised: dict[tuple[Kind, int], Court] = {}

    def found(self) -> Iterator[Relief]:
        """The fewest seats more that help, one venue and kind after the other, best choices first; nothing
        for a child that has a claim already."""
        if self._ground.has_claim(self._child):
            return
        venues: dict[str, None] = {}
        for week in self._court.weeks(self._unit):
            for option in better_options(self._ground, self._child, week):
                venues.setdefault(option.venue)
        for venue in venues:
            for n in range(1, len(self._unit.members) + 1):
                reliefs = list(self._at(venue, n))
                if reliefs:
                    yield from reliefs
                    break

    # ---- one venue ----------------------------------------------------------------------------------

    def _at(self, venue: str, n: int) -> Iterator[Relief]:
        """What so many seats more would do at a venue: in one week, else in the fewest weeks together."""
        priced = {week: self._priced(venue, week, n) for week in self._court.weeks(self._unit)}
        singles: dict[tuple[str, Extra, int | None], list[Key]] = {}
        for week, ways in priced.items():
            for class_ in sorted({way[self._child] for way, _ in ways}):
                mine = [(way, kind) for way, kind in ways if way[self._child] == class_]
                outcome = self._claim({week: [way for way, _ in mine]})
                if outcome is not None:
                    relief = self._relief(outcome, {week: mine}, venue, n, each=True)
                    key = (class_, relief.extra, relief.ahead)
                    singles.setdefault(key, []).extend(relief.seats)
        for (_, extra, ahead), seats in singles.items():
            yield Relief(extra, tuple(seats), True, ahead)
        if not singles:
            yield from self._together(priced, venue, n)

    def _together(self, priced: Mapping[str, list[Priced]], venue: str, n: int) -> Iterator[Relief]:
        """The weeks that need more seats all at once; a week that is not needed is left out."""
        chosen = {week: ways for week, ways in priced.items() if ways}
        outcome = self._claim_any(chosen)
        if outcome is None:
            return
        for week in reversed(list(chosen)):
            fewer = {other: ways for other, ways in chosen.items() if other != week}
            better = self._claim_any(fewer) if fewer else None
            if better is not None:
                chosen, outcome = fewer, better
        yield self._relief(outcome, chosen, venue, n, each=False)

    def _claim_any(self, chosen: Mapping[str, list[Priced]]) -> UnitOutcome | None:
        allowed = self._ground.allowed(self._unit)
        return self._claim(
            {week: [*allowed[week], *(way for way, _ in ways)] for week, ways in chosen.items()}
        )

    def _claim(self, changed: Mapping[str, Sequence[WeekSeats]]) -> UnitOutcome | None:
        """The best claim for the child with other ways to spend some weeks."""
        by_week = {**self._ground.allowed(self._unit), **changed}
        return best_for(self._court, self._child, self._court.claimed(self._unit, by_week))

    def _relief(
        self,
        outcome: UnitOutcome,
        chosen: Mapping[str, list[Priced]],
        venue: str,
        n: int,
        *,
        each: bool,
    ) -> Relief:
        kinds: set[Kind] = set()
        seats: list[Key] = []
        for week, ways in chosen.items():
            taken = {child: weeks[week] for child, weeks in outcome.items() if week in weeks}
            kind = next((kind for way, kind in ways if dict(way) == taken), None)
            if kind is None:
                continue
            kinds.add(kind)
            lacking = self._court.lacking(self._unit, week, taken) if kind != "room" else frozenset()
            seats += [(class_, week) for class_ in sorted(lacking or {taken[self._child]})]
        needed: Kind = kinds.pop() if len(kinds) == 1 else "both"
        return Relief(Extra(needed, n, venue), tuple(seats), each, self._ahead(tuple(seats), n))

    def _priced(self, venue: str, week: str, n: int) -> list[Priced]:
        """The ways with the child at a venue that only so many more seats allow, with what they need."""
        found = []
        allowed = self._ground.allowed(self._unit)[week]
        for way in self._court.ways(self._unit, week):
            if self._child not in way or self._court.scenario.class_[way[self._child]].venue != venue:
                continue
            if way in allowed:
                continue
            for kind in KINDS:
                if self._with(kind, n).allows(self._unit, week, way):
                    found.append((way, kind))
                    break
        return found

    def _with(self, kind: Kind, n: int) -> Court:
        if (kind, n) not in self._raised:
            more = with_seats(self._court.scenario, n, classes=kind != "room", venues=kind != "seat")
            self._raised[kind, n] = Court(more, self._court.plan, free_only=self._court.free_only)
        return self._raised[kind, n]

    # ---- whose turn ---------------------------------------------------------------------------------

    def _ahead(self, seats: tuple[Key, ...], n: int) -> int | None:
        """How many children who wait before this one could take one of these seats if they came."""
        waiting: dict[str, None] = {}
        for class_, week in seats:
            position = self._ground.waits_at(self._child, class_, week)
            if position is None:
                return None
            for row in self._ground.queue(class_, week):
                if row.position < position and row.child not in self._unit.members:
                    waiting.setdefault(row.child)
        return sum(self._could_take(child, seats, n) for child in waiting)

    def _could_take(self, child: str, seats: tuple[Key, ...], n: int) -> bool:
        unit = self._ground.unit_of(child)
        by_week = {
            week: [way for way in self._court.ways(unit, week) if self._could(unit, week, way, seats, n)]
            for week in self._court.weeks(unit)
        }
        for class_, week in seats:
            there = [way for way in by_week.get(week, ()) if way.get(child) == class_]
            if there and self._court.claimed(unit, {**by_week, week: there}):
                return True
        return False

    def _could(self, unit: Unit, week: str, way: WeekSeats, seats: tuple[Key, ...], n: int) -> bool:
        """Whether a unit that waits could spend a week so: as it does, or at the venues that are looked at,
        with the seats more in question and no others."""
        present = {child: weeks[week] for child, weeks in self._court.present(unit).items() if week in weeks}
        if dict(way) == present:
            return True
        if not self._ground.near(self._unit).classes.issuperset(way.values()):
            return False
        if self._court.allows(unit, week, way):
            return True
        lacking = {(class_, week) for class_ in self._court.lacking(unit, week, way)}
        entered = {(class_, week) for class_ in way.values()}
        named = lacking <= set(seats) and not entered.isdisjoint(seats)
        return named and self._with("both", n).allows(unit, week, way)


def best_for(court: Court, child: str, outcomes: Iterable[UnitOutcome]) -> UnitOutcome | None:
    """Of the outcomes a unit could claim, that with most weeks for one child, then its best choices; None if
    it changes nothing for this child."""
    scenario, best = court.scenario, None
    for outcome in outcomes:
        mine = outcome[child]
        if mine == own_seats(court, child):
            continue
        places = [position(scenario.child[child], scenario.class_[class_]) or 0 for class_ in mine.values()]
        rank = (-len(mine), sum(places), sorted(mine.items()))
        if best is None or rank < best[0]:
            best = (rank, outcome)
    return None if best is None else best[1]


def own_seats(court: Court, child: str) -> Mapping[str, str]:
    """A child's classes by week in the weeks it wants."""
    return court.present(Unit((child,)))[child]
