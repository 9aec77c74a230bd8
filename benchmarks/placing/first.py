"""A first placement without a solver: parties in order of standing choose; the displaced choose again."""

from __future__ import annotations

from collections import defaultdict, deque

from benchmarks.placing.cutoffs import crowding
from benchmarks.placing.pooled import Party, Pooled
from scheduler.domain.standing import Standing

CHOOSES = 20
"""So often a party may choose before it takes free seats only, so that it ends whatever the orders."""

ROUNDS = 6
"""So often classes too empty are closed before all optional ones are."""

Seat = tuple[Standing, str, int]
"""Standing, draw and party of who holds seats."""


class FirstComers:
    """Deferred acceptance of stays: each party takes the outcome it likes best among seats that are free or
    held by lower standing. Optional classes are all open at first; those too empty are closed, and all begin
    anew."""

    def __init__(self, pooled: Pooled) -> None:
        """An empty city."""
        self._pooled = pooled
        self._crowding = crowding(pooled)
        self._open = {
            (pool.index, week): len(pool.classes)
            for pool in pooled.pools
            if pool.optional and pool.minimum > 1
            for week in pooled.scenario.weeks
        }
        self._seats: dict[object, int] = {}
        self._holders: dict[object, dict[int, tuple[Seat, int]]] = {}
        self._held: dict[int, list[int]] = {}
        self._chosen: dict[int, int] = {}

    def columns(self) -> set[int]:
        """The numbers of the columns taken."""
        for last in (*[False] * ROUNDS, True):
            if last:
                self._open = dict.fromkeys(self._open, 0)
            self._empty()
            self._choose()
            if not self._closed_some():
                break
        return {number for numbers in self._held.values() for number in numbers}

    def _empty(self) -> None:
        self._holders, self._held, self._chosen = defaultdict(dict), defaultdict(list), defaultdict(int)
        for week in self._pooled.scenario.weeks:
            for pool in self._pooled.pools:
                open_ = self._open.get((pool.index, week))
                self._seats[pool.index, week] = pool.seats if open_ is None else pool.each * open_
            for groups in self._crowding.values():
                for group, capacity in groups:
                    self._seats[group, week] = capacity

    def _closed_some(self) -> bool:
        found = False
        for (pool, week), open_ in self._open.items():
            held = sum(size for _, size in self._holders[pool, week].values())
            enough = held // self._pooled.pools[pool].minimum
            if enough < open_:
                self._open[pool, week], found = enough, True
        return found

    def _choose(self) -> None:
        draws, standings = self._pooled.scenario.draws, self._pooled.standings
        order = sorted(
            self._pooled.parties,
            key=lambda p: (not p.locked, min(standings.rank(c) for c in p.members), draws[p.members[0]]),
        )
        waiting = deque(order)
        while waiting:
            party = waiting.popleft()
            self._leave(party.index)
            self._chosen[party.index] += 1
            for number in self._best(party):
                for other in self._take(party, number):
                    waiting.append(self._pooled.parties[other])

    def _seat(self, party: Party, venue: str) -> Seat:
        standing = self._pooled.standing(party, venue)
        return standing, self._pooled.scenario.draws[party.members[0]], party.index

    def _places(self, number: int) -> dict[object, int]:
        column = self._pooled.columns[number]
        found: dict[object, int] = defaultdict(int)
        for _, pool in column.pools:
            found[pool, column.week] += 1
            for group, _ in self._crowding.get(column.venue, ()):
                if pool in group:
                    found[group, column.week] += 1
        return found

    def _is_open(self, party: Party, number: int) -> bool:
        seat = self._seat(party, self._pooled.columns[number].venue)
        patient = self._chosen[party.index] <= CHOOSES
        for place, wanted in self._places(number).items():
            firm = sum(
                size
                for other, (holder, size) in self._holders[place].items()
                if other != party.index and not (patient and seat < holder)
            )
            if firm + wanted > self._seats[place]:
                return False
        return True

    def _best(self, party: Party) -> list[int]:
        """The columns of the best open stay; week by week for those who go so."""
        week_by_week = party.alike and party.stay == "weeks"
        stays: dict[str, dict[str, int]] = defaultdict(dict)
        for week in self._pooled.scenario.weeks:
            for number in self._pooled.columns_of.get((party.index, week), ()):
                column = self._pooled.columns[number]
                stay = stays["" if week_by_week else column.venue]
                known = stay.get(week)
                better = known is None or column.positions < self._pooled.columns[known].positions
                if better and self._is_open(party, number):
                    stay[week] = number
        if not party.alike or party.stay == "whole":
            whole = {
                week for week in self._pooled.scenario.weeks if (party.index, week) in self._pooled.columns_of
            }
            whole |= set(party.weeks)
            stays = defaultdict(dict, {v: stay for v, stay in stays.items() if set(stay) == whole})
        best = min(stays.values(), key=self._worth, default={})
        return list(best.values())

    def _worth(self, stay: dict[str, int]) -> tuple[int, int]:
        return -len(stay), sum(self._pooled.columns[n].positions for n in stay.values())

    def _take(self, party: Party, number: int) -> list[int]:
        """The parties displaced: the lowest, as many as need be. They lose all they hold and choose again."""
        seat = self._seat(party, self._pooled.columns[number].venue)
        out: list[int] = []
        for place, size in self._places(number).items():
            holders = self._holders[place]
            while sum(other for _, other in holders.values()) + size > self._seats[place]:
                last = max(holders, key=lambda other: holders[other][0])
                out.append(last)
                self._leave(last)
            holders[party.index] = (seat, size)
        self._held[party.index].append(number)
        return out

    def _leave(self, party: int) -> None:
        for number in self._held.pop(party, ()):
            for place in self._places(number):
                self._holders[place].pop(party, None)
