"""Cutoffs: where every seat is held by a standing or better, shared by all who stand alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.placing.pooled import Column, Party, Pooled
from benchmarks.placing.program import Program, ones

FEW_STANDINGS = 8
"""Up to so many standings at a place each cutoff sums its holders; beyond, a running sum serves them all."""


@dataclass
class Place:
    """A pool, or a venue smaller than its pools together, in a week. `holders` are (standing, variable) of
    every seat that could be held; `open` the number of running classes where they are optional, else None."""

    seats: int
    each: int = 0
    open: int | None = None
    holders: list[tuple[int, int]] = field(default_factory=list)


class Cutoffs:
    """One boolean for each place, standing and number of seats asked for, monotone in both."""

    def __init__(
        self, program: Program, pooled: Pooled, xs: Sequence[int], opened: dict[tuple[int, str], int]
    ) -> None:
        """The places of a season; `xs` are the columns' variables, `opened` the optional pools' classes."""
        self._program = program
        self._pooled = pooled
        self._xs = xs
        self._levels = self._order()
        self._full: dict[tuple[object, int, int], int | None] = {}
        self._any: dict[frozenset[int], int] = {}
        self._all: dict[frozenset[int], int] = {}
        self._sums: dict[object, dict[int, dict[int, int]]] = {}
        self._places: dict[object, Place] = {}
        self._crowding = crowding(pooled)
        for pool in pooled.pools:
            for week in pooled.scenario.weeks:
                place = Place(pool.seats, pool.each, opened.get((pool.index, week)))
                self._places[pool.index, week] = place
        for venue, groups in self._crowding.items():
            for week in pooled.scenario.weeks:
                for group, capacity in groups:
                    self._places[venue, group, week] = Place(capacity)
        self._fill()

    def level(self, party: Party, venue: str) -> int:
        """The place of a party's standing among those at a venue."""
        return self._levels[venue][self._pooled.standing(party, venue)]

    def bar(self, party: Party, columns: Iterable[int]) -> int | None:
        """1 only if every one of the ways to spend a week at a venue is barred to a party; None if that
        cannot be."""
        bars = [self._bar(party, number) for number in columns]
        if not bars or None in bars:
            return None
        return self._both(frozenset(bar for bar in bars if bar is not None))

    def close(self) -> None:
        """Tie the cutoffs of each place together: who stands lower, or asks for more seats, finds it full
        where others do."""
        by_place: dict[tuple[object, int], list[tuple[int, int]]] = defaultdict(list)
        by_level: dict[tuple[object, int], list[tuple[int, int]]] = defaultdict(list)
        for (place, level, room), full in self._full.items():
            if full is not None:
                by_place[place, room].append((level, full))
                by_level[place, level].append((room, full))
        for fulls in (*by_place.values(), *by_level.values()):
            fulls.sort()
            for (_, a), (_, b) in pairwise(fulls):
                self._program.at_most(a, [b])

    def _order(self) -> dict[str, dict[object, int]]:
        found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        for column in self._pooled.columns:
            found[column.venue].add(self._pooled.standing(self._pooled.parties[column.party], column.venue))
        return {venue: {s: n for n, s in enumerate(sorted(all_))} for venue, all_ in found.items()}

    def _fill(self) -> None:
        for column, x in zip(self._pooled.columns, self._xs, strict=True):
            level = self.level(self._pooled.parties[column.party], column.venue)
            for _, pool in column.pools:
                self._places[pool, column.week].holders.append((level, x))
            for group, _ in self._crowding.get(column.venue, ()):
                for _, pool in column.pools:
                    if pool in group:
                        self._places[column.venue, group, column.week].holders.append((level, x))

    def _bar(self, party: Party, number: int) -> int | None:
        column = self._pooled.columns[number]
        level = self.level(party, column.venue)
        found = []
        for pool in {pool for _, pool in column.pools}:
            room = sum(other == pool for _, other in column.pools)
            found.append(self._is_full((pool, column.week), level, room))
        for group, _ in self._crowding.get(column.venue, ()):
            if any(pool in group for _, pool in column.pools):
                found.append(self._is_full((column.venue, group, column.week), level, len(column.pools)))
        bars = {full for full in found if full is not None} | self._foes(party, column)
        return self._either(frozenset(bars)) if bars else None

    def _foes(self, party: Party, column: Column) -> set[int]:
        """Foes of equal or higher standing bar a class; in a pool of several classes they can be parted."""
        found = set()
        for child, pool in column.pools:
            for foe in self._pooled.scenario.foes.get(child, ()):
                other = self._pooled.party_of[foe]
                if len(self._pooled.pools[pool].classes) == 1 and other is not party:
                    there = self._pooled.seats_of(foe, column.week).get(pool, ())
                    if there and self.level(other, column.venue) <= self.level(party, column.venue):
                        found.update(self._xs[number] for number in there)
        return found

    def _is_full(self, key: tuple[object, ...], level: int, room: int) -> int | None:
        if (key, level, room) not in self._full:
            self._full[key, level, room] = self._cut(key, level, room)
        return self._full[key, level, room]

    def _cut(self, key: tuple[object, ...], level: int, room: int) -> int | None:
        """full: held by this standing or better >= seats that run - room + 1."""
        place = self._places[key]
        needed = place.seats - room + 1
        could = sum(holder <= level for holder, _ in place.holders)
        if place.open is None and could < needed:
            return None
        full = self._program.boolean()
        held = dict(self._held(key, place, level))
        held[full] = -needed
        if place.open is not None:
            # held >= each * open - room + 1 - needed * (1 - full)
            held[place.open] = -place.each
            self._program.row(held, low=1 - room - needed)
        elif needed > 0:
            self._program.row(held, low=0)
        return full

    def _held(self, key: object, place: Place, level: int) -> dict[int, int]:
        levels = sorted({holder for holder, _ in place.holders})
        if len(levels) <= FEW_STANDINGS:
            return ones(x for holder, x in place.holders if holder <= level)
        if key not in self._sums:
            self._sums[key] = self._running(place, levels)
        below = [known for known in levels if known <= level]
        return self._sums[key][below[-1]] if below else {}

    def _running(self, place: Place, levels: list[int]) -> dict[int, dict[int, int]]:
        """A variable for the seats held by each standing or better."""
        at: dict[int, list[int]] = defaultdict(list)
        for holder, x in place.holders:
            at[holder].append(x)
        found: dict[int, dict[int, int]] = {}
        before: int | None = None
        for level in levels:
            total = self._program.whole(place.seats)
            terms = ones(at[level])
            terms[total] = -1
            if before is not None:
                terms[before] = 1
            self._program.row(terms, low=0, high=0)
            found[level], before = {total: 1}, total
        return found

    def _either(self, bars: frozenset[int]) -> int:
        if len(bars) == 1:
            return next(iter(bars))
        if bars not in self._any:
            self._any[bars] = self._program.boolean()
            self._program.at_most(self._any[bars], sorted(bars))
        return self._any[bars]

    def _both(self, bars: frozenset[int]) -> int:
        if len(bars) == 1:
            return next(iter(bars))
        if bars not in self._all:
            self._all[bars] = self._program.boolean()
            for bar in sorted(bars):
                self._program.at_most(self._all[bars], [bar])
        return self._all[bars]


def crowding(pooled: Pooled) -> dict[str, list[tuple[frozenset[int], int]]]:
    """The pools of a venue that share a shift and are together larger than it, with its capacity."""
    found: dict[str, list[tuple[frozenset[int], int]]] = {}
    for venue in pooled.scenario.venue.values():
        here = [pool for pool in pooled.pools if pool.venue == venue.id]
        groups = {
            frozenset(p.index for p in here if shift in pooled.scenario.shifts_of(p.classes[0]))
            for shift in pooled.scenario.shift
        }
        for group in sorted(groups, key=sorted):
            seats = sum(pooled.pools[pool].seats for pool in group)
            if venue.capacity is not None and venue.capacity < seats:
                found.setdefault(venue.id, []).append((group, venue.capacity))
    return found
