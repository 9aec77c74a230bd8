"""The most that specialists can give at some worth of sessions: where each is on each day, and how often.

A day is a row of stays at venues. In a stay each class has each course at most once; ways take the time
they take; what comes at which hour of the stay is left open, so that no specialist can give more than is said
here.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from scheduler.domain.calendar import minutes
from scheduler.solver.linear import Numbers, Places
from scheduler.solver.timetable.pricing.grid import NEVER, Flags, Grid
from scheduler.solver.timetable.pricing.specialists import People


class Stay(NamedTuple):
    """A window of course periods at one venue, and so many sessions of each length in it."""

    first: int
    last: int
    held: tuple[int, ...]
    shifts: int

    @property
    def sessions(self) -> int:
        """The number of sessions."""
        return sum(self.held)


class Touring:
    """Each specialist's best days at some worth of sessions."""

    def __init__(self, grid: Grid, people: People) -> None:
        """Know which stays there can be, and between which there is time for the way."""
        self._grid, self._people = grid, people
        self._lengths = sorted({row.length for row in grid.rows if row.teacher})
        self.most = int(people.a_day.max())
        """Sessions that anybody gives on a day."""
        self._stays = self._all_stays()
        self._at_most = [
            max((stay.held[i] for stay in self._stays), default=0) for i in range(len(self._lengths))
        ]
        shape = people.ways.shape
        self._costs = {
            (last, first): np.broadcast_to(self._cost(last, first), shape)
            for first in range(len(grid.periods))
            for last in range(first)
        }
        self._before = [self._alike(first) for first in range(len(grid.periods))]
        length = np.array([row.length for row in grid.rows], dtype=np.int64)
        lengths = np.where(people.taught >= 0, length[people.taught], 0)
        self._is_long = [lengths == one for one in self._lengths]

    def _all_stays(self) -> list[Stay]:
        found = []
        shift_of = [row.shift for row in self._grid.periods]
        for first in range(len(shift_of)):
            for last in range(first, len(shift_of)):
                window = shift_of[first : last + 1]
                shifts = 1 + (window[0] != window[-1])
                # of no more than two shifts one after the other: with periods to spare a shorter one holds as
                # much
                tight = sum(one != other for one, other in pairwise(window)) < 2
                most = [sum(window.count(one) // length for one in set(window)) for length in self._lengths]
                for held in product(*(range(number + 1) for number in most)):
                    taken = sum(number * length for number, length in zip(held, self._lengths, strict=True))
                    if not shifts <= sum(held) <= self.most or taken > len(window):
                        continue
                    if taken == len(window) or not tight:
                        found.append(Stay(first, last, held, shifts))
        return found

    def _cost(self, last: int, first: int) -> Numbers:
        """[S, V, V] what going elsewhere between two periods costs; infinite where it cannot be. Who comes
        back to a venue in the same shift is there on the same visit, which a stay pays anew."""
        grid, ways = self._grid, self._people.ways
        end, start = grid.periods[last], grid.periods[first]
        cost = np.full(ways.shape, grid.weight["specialist_ways"])
        if end.shift == start.shift:
            cost -= np.where(ways <= self._there_and_back(end.shift), grid.weight["specialist_visits"], 0.0)
        else:
            cost[self._people.one_shift] = np.inf
        too_close = minutes(start.start) - minutes(end.end) < ways - 1e-9
        return np.where(too_close, np.inf, cost)

    def _alike(self, first: int) -> list[tuple[list[int], Numbers]]:
        """The periods before one, those together from which all ways cost the same, and what they cost."""
        found: dict[bytes, tuple[list[int], Numbers]] = {}
        for last in range(first):
            cost = self._costs[last, first]
            found.setdefault(cost.tobytes(), ([], cost))[0].append(last)
        return list(found.values())

    def _there_and_back(self, shift: str) -> float:
        """The longest way that can be gone twice within a shift, a session in between."""
        rows = [row for row in self._grid.periods if row.shift == shift]
        gaps = [
            min(minutes(there.start) - minutes(one.end), minutes(back.start) - minutes(then.end))
            for i, one in enumerate(rows)
            for j, there in enumerate(rows[i + 1 :], i + 1)
            for then in rows[j:]
            for back in rows
            if back.start >= then.end
        ]
        return max(gaps, default=0) + 1e-6

    # ---- days ------------------------------------------------------------------------------------

    def days(self, worth: Numbers, price: Numbers) -> Numbers:
        """[S, D, n] what a day with 1, 2, ... sessions is worth at most, where a session of a course in a
        class is worth [C, K, D] and costs its specialist [S]."""
        self._worth = worth
        self._value(price)
        people, visit = self._people, self._grid.weight["specialist_visits"]
        shape = (*self._sums[0].shape[:3], self.most + 1)
        self._worth_of = {
            held: np.maximum(
                sum(sums[..., number] for sums, number in zip(self._sums, held, strict=True)), NEVER
            )
            for held in {stay.held for stay in self._stays}
        }
        periods = range(len(self._grid.periods))
        self._ended = np.full((len(periods), *shape), NEVER)
        self._arrived = np.full((len(periods), *shape), NEVER)
        for first in periods:
            arrived = self._arrived[first]
            arrived[..., 0] = 0.0
            for before, cost in self._before[first]:
                _travel(self._ended[before].max(axis=0), cost, arrived)
            for stay in self._stays:
                if stay.first != first:
                    continue
                value = self._worth_of[stay.held] - visit * stay.shifts
                value = np.where(self._possible(stay)[:, :, None], value, NEVER)[..., None]
                ended, number = self._ended[stay.last][..., stay.sessions :], self.most + 1 - stay.sessions
                np.maximum(ended, arrived[..., :number] + value, out=ended)
        found: Numbers = self._ended[..., 1:].max(axis=(0, 3))
        return np.where(np.arange(1, self.most + 1) <= people.a_day[:, None, None], found, NEVER)

    def _possible(self, stay: Stay) -> Flags:
        """[S, D] who may be somewhere so long."""
        people = self._people
        found: Flags = people.comes[:, :, stay.first] & people.comes[:, :, stay.last]
        return found & ~people.one_shift[:, None] if stay.shifts > 1 else found

    def _value(self, price: Numbers) -> None:
        """What the best sessions of each length are worth together at each venue in reach."""
        grid, people = self._grid, self._people
        here = np.where((grid.slots >= 0)[:, :, None, None], self._worth[grid.slots], NEVER)
        self._shared: dict[int, Places] = {}
        for course, most in grid.together.items():
            order = np.argsort(-here[:, :, course], axis=1)
            self._shared[course] = order
            here[:, :, course] = _together(np.take_along_axis(here[:, :, course], order, 1), most)
        value = here[people.reach[:, :, None], :, people.taught[:, None, :]]  # S, V, J, slots, D
        out = (people.taught < 0)[:, None, :] | (people.reach < 0)[:, :, None]
        value[out] = NEVER
        self._single = (value - price[:, None, None, None, None]).transpose(0, 4, 1, 2, 3)
        flat = (*self._single.shape[:3], -1)
        self._sums = []
        for is_long, most_of in zip(self._is_long, self._at_most, strict=True):
            own = np.where(is_long[:, None, None, :, None], self._single, NEVER).reshape(flat)
            self._sums.append(_best_sums(own, most_of))

    # ---- what is given ---------------------------------------------------------------------------

    def given(self, number: Places) -> Places:
        """[4, n] the sessions given where each specialist gives [S, D] so many on a day: who, the class, the
        course and the day of each; of the days last valued."""
        who, day = np.nonzero(number)
        left = number[who, day]
        ends = self._ended[:, who, day, :, left]  # n, P, V
        last, venue = np.divmod(
            ends.reshape(len(who), ends.shape[1] * ends.shape[2]).argmax(axis=1), ends.shape[2]
        )
        found = []
        while len(who):
            stay = self._stay_of(who, day, last, venue, left)
            found += list(self._sessions(who, day, venue, stay))
            left = left - np.array([one.sessions for one in self._stays])[stay]
            first = np.array([one.first for one in self._stays])[stay]
            more = left > 0
            who, day, venue, left, first = who[more], day[more], venue[more], left[more], first[more]
            last, venue = self._from(who, day, first, venue, left)
        return np.concatenate(found, axis=1) if found else np.zeros((4, 0), dtype=np.int64)

    def _stay_of(self, who: Places, day: Places, last: Places, venue: Places, left: Places) -> Places:
        """Which stay ends so."""
        visit = self._grid.weight["specialist_visits"]
        best, found = np.full(len(who), -np.inf), np.zeros(len(who), dtype=np.int64)
        for place, stay in enumerate(self._stays):
            of = np.flatnonzero((last == stay.last) & (left >= stay.sessions))
            w, d, v = who[of], day[of], venue[of]
            value = self._worth_of[stay.held][w, d, v] - visit * stay.shifts
            value = np.where(self._possible(stay)[w, d], value, NEVER)
            value = value + self._arrived[stay.first, w, d, v, left[of] - stay.sessions]
            better = of[value > best[of]]
            best[better], found[better] = value[value > best[of]], place
        return found

    def _from(
        self, who: Places, day: Places, first: Places, venue: Places, left: Places
    ) -> tuple[Places, Places]:
        """Where and when the stay before ended."""
        best = np.full(len(who), -np.inf)
        last, before = np.zeros(len(who), dtype=np.int64), np.zeros(len(who), dtype=np.int64)
        for (end, start), cost in self._costs.items():
            of = np.flatnonzero(first == start)
            value = self._ended[end, who[of], day[of], :, left[of]] - cost[who[of], :, venue[of]]
            at = value.argmax(axis=1)
            value = value[np.arange(len(of)), at]
            better = value > best[of]
            best[of[better]], last[of[better]], before[of[better]] = value[better], end, at[better]
        return last, before

    def _sessions(self, who: Places, day: Places, venue: Places, stay: Places) -> list[Places]:
        """The best sessions of each length in each stay; of a shared one all classes that gain."""
        grid, people, found = self._grid, self._people, []
        held = np.array([one.held for one in self._stays])[stay]
        slots = self._single.shape[4]
        for place, is_long in enumerate(self._is_long):
            value = np.where(is_long[who][:, :, None], self._single[who, day, venue], NEVER).reshape(
                len(who), -1
            )
            order = np.argsort(-value, axis=1)
            for rank in range(min(self._at_most[place], order.shape[1])):
                of = np.flatnonzero(held[:, place] > rank)
                taught, slot = np.divmod(order[of, rank], slots)
                course, at = people.taught[who[of], taught], people.reach[who[of], venue[of]]
                alone = ~np.isin(course, list(grid.together))
                class_ = grid.slots[at, slot]
                found.append(np.stack([who[of], class_, course, day[of]])[:, alone & (class_ >= 0)])
                for one, most in grid.together.items():
                    shared = course == one
                    found.append(
                        self._classes(one, most, who[of][shared], at[shared], slot[shared], day[of][shared])
                    )
        return found

    def _classes(
        self, course: int, most: Places, who: Places, venue: Places, bundle: Places, day: Places
    ) -> Places:
        """The classes of shared sessions."""
        order, found = self._shared[course][venue, :, day], []
        for one in range(int(most.max())):
            place = bundle * most[venue] + one
            of = np.flatnonzero((one < most[venue]) & (place < order.shape[1]))
            class_ = self._grid.slots[venue[of], order[of, place[of]]]
            rows = np.stack([who[of], class_, np.full(len(of), course), day[of]])
            found.append(rows[:, (class_ >= 0) & ((one == 0) | (self._worth[class_, course, day[of]] > 0))])
        return np.concatenate(found, axis=1)


def _travel(ended: Numbers, cost: Numbers, arrived: Numbers) -> None:
    """Raise what [S, D, V, n] it is worth to arrive somewhere by coming from elsewhere."""
    number = cost.shape[1]
    elsewhere = cost[:, ~np.eye(number, dtype=bool)]
    if not np.isfinite(elsewhere).any():
        return
    price = elsewhere[:, 0]
    if (elsewhere == price[:, None]).all():  # the best other venue is the best or the second best
        parted = np.partition(ended, number - 2, axis=2)
        best, second = parted[:, :, -1:], parted[:, :, -2:-1]
        value = np.where(ended == best, second, best) - price[:, None, None, None]
        np.maximum(arrived, value, out=arrived)
        return
    for who, ways in enumerate(cost):  # one by one: what is reckoned with stays near the processor
        goes = np.flatnonzero(np.isfinite(ways).any(axis=1))
        if len(goes):
            value = (ended[who, :, goes, None] - ways[goes, None, :, None]).max(axis=0)
            np.maximum(arrived[who], value, out=arrived[who])


def _best_sums(values: Numbers, most: int) -> Numbers:
    """[..., most + 1] what the best 0, 1, ... of the values along the last axis are together."""
    number = min(most, values.shape[-1])
    best = values[..., :0]
    if number:
        cut = min(number, values.shape[-1] - 1)
        best = -np.sort(np.partition(-values, cut, axis=-1)[..., :number], axis=-1)
    missing = np.full((*values.shape[:-1], most - number), NEVER)
    best = np.concatenate([np.zeros((*values.shape[:-1], 1)), best, missing], axis=-1)
    return np.maximum(np.cumsum(best, axis=-1), NEVER)


def _together(values: Numbers, most: Places) -> Numbers:
    """[venues, slots, D] what the best so many classes, the next so many and so on gain in one session, where
    the classes' values are sorted, the best first."""
    found = np.full_like(values, NEVER)
    for venue, number in enumerate(most.tolist()):
        for bundle, first in enumerate(range(0, values.shape[1], number)):
            others = np.maximum(values[venue, first + 1 : first + number], 0.0).sum(axis=0)
            found[venue, bundle] = np.maximum(values[venue, first] + others, NEVER)
    return found
