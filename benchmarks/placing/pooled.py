"""A season as a modeller pools it: alike classes are one, and a family bound by `must` is one party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.choices import position
from scheduler.domain.outcomes import Outcomes
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standing, Standings
from scheduler.domain.tables import Class
from scheduler.domain.units import units

FIRST: Standing = (-1,)
"""Stands before everybody: seats given by a lock are nobody's to claim."""


@dataclass(frozen=True)
class Pool:
    """Classes of one venue that nothing tells apart; `each` is the capacity of one, the smallest."""

    index: int
    venue: str
    classes: tuple[str, ...]
    optional: bool
    minimum: int
    seats: int
    each: int


@dataclass(frozen=True)
class Column:
    """A way for a party to spend a week: a pool for each member that wants it, all at one venue."""

    party: int
    week: str
    venue: str
    pools: tuple[tuple[str, int], ...]
    positions: int


@dataclass(frozen=True)
class Party:
    """One child, or the children of a family that must be together. `alike`: its members want the same weeks,
    choices and stay, so the party claims as one child does; of other parties the model leaves claims out."""

    index: int
    members: tuple[str, ...]
    locked: bool
    alike: bool
    stay: str
    weeks: tuple[str, ...]


class Pooled:
    """Pools, parties, and the columns of every party and week."""

    def __init__(self, scenario: Scenario) -> None:
        """Read a season."""
        self.scenario = scenario
        self.locks = PlacementLocks(scenario)
        self.standings = Standings(scenario)
        self.weeks_of_class: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for class_, week in scenario.class_weeks:
            if (class_, week) not in self.locks.closed:
                self.weeks_of_class[class_] += (week,)
        self.pools = tuple(self._pools())
        self.pool_of = {class_: pool for pool in self.pools for class_ in pool.classes}
        self.parties = tuple(self._parties())
        self.columns = tuple(column for party in self.parties for column in self._columns(party))

    def standing(self, party: Party, venue: str) -> Standing:
        """A party's standing at a venue."""
        return FIRST if party.locked else self.standings.of_unit(party.members, venue)

    @cached_property
    def columns_of(self) -> dict[tuple[int, str], list[int]]:
        """Numbers of the columns of a party and week."""
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, column in enumerate(self.columns):
            found[column.party, column.week].append(number)
        return found

    @cached_property
    def party_of(self) -> dict[str, Party]:
        """The party of each child."""
        return {child: party for party in self.parties for child in party.members}

    def seats_of(self, child: str, week: str) -> dict[int, list[int]]:
        """The columns that seat a child in a week, by pool."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in self.columns_of.get((self.party_of[child].index, week), ()):
            for member, pool in self.columns[number].pools:
                if member == child:
                    found[pool].append(number)
        return found

    def _pools(self) -> Iterator[Pool]:
        named = {choice for row in self.scenario.processed for choice in row.choices}
        named |= {lock.class_ for lock in self.scenario.locks if lock.class_}
        alike: dict[tuple[object, ...], list[Class]] = {}
        for row in self.scenario.class_.values():
            seats = self.scenario.seats(row.id) if row.optional else None
            own = row.id if row.id in named else None
            limits = (row.min_age, row.max_age, row.min_grade, row.max_grade, row.min_children, row.optional)
            when = (self.weeks_of_class[row.id], self.scenario.shifts_of(row.id))
            alike.setdefault((row.venue, limits, when, seats, own), []).append(row)
        for index, rows in enumerate(alike.values()):
            seats_of = [self.scenario.seats(row.id) for row in rows]
            one = rows[0]
            names = tuple(row.id for row in rows)
            yield Pool(index, one.venue, names, one.optional, one.min_children, sum(seats_of), min(seats_of))

    def _parties(self) -> Iterator[Party]:
        for index, unit in enumerate(units(self.scenario)):
            rows = [self.scenario.child[child] for child in unit.members]
            wishes = {(row.choices, row.stay, self.scenario.wanted_weeks(row.id)) for row in rows}
            locked = not self.locks.children.isdisjoint(unit.members)
            weeks = max((self.scenario.wanted_weeks(row.id) for row in rows), key=len)
            yield Party(index, unit.members, locked, len(wishes) == 1, rows[0].stay, weeks)

    def _columns(self, party: Party) -> Iterator[Column]:
        outcomes = self._outcomes
        for week in self.scenario.weeks:
            members = [c for c in party.members if week in self.scenario.wanted_weeks(c)]
            by_venue: dict[str, list[tuple[tuple[str, int], ...]]] = {}
            for n, child in enumerate(members):
                pools = {self.pool_of[class_].index for class_ in outcomes.seats(child, week)}
                here: dict[str, list[tuple[tuple[str, int], ...]]] = {}
                for pool in sorted(pools):
                    venue = self.pools[pool].venue
                    for known in by_venue.get(venue, []) if n else [()]:
                        here.setdefault(venue, []).append((*known, (child, pool)))
                by_venue = here
            for venue, ways in by_venue.items():
                for way in ways:
                    yield Column(party.index, week, venue, way, self._positions(way, week))

    @cached_property
    def _outcomes(self) -> Outcomes:
        return Outcomes(self.scenario, self.locks)

    def _positions(self, way: tuple[tuple[str, int], ...], week: str) -> int:
        total = 0
        for child, pool in way:
            if not self.locks.classes_for(child, week):
                class_ = self.scenario.class_[self.pools[pool].classes[0]]
                total += position(self.scenario.child[child], class_) or 0
        return total
