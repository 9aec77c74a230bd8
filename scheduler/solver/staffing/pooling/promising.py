"""On how many days of each week people are called on, and at which venues: by a small linear programme.

Supply and demand of a whole season, each week's days in one: what somebody can give to a venue in a shift of
a week against what the venue asks for then. It has a sixth of the choices as columns, and tells how weeks,
and districts of near venues, can be decided one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from math import inf
from typing import TypeVar

from scheduler.solver.asking import first_order
from scheduler.solver.door import Clock, Limits
from scheduler.solver.matrix import Matrix
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools

EXCHANGE = 3
"""Soft gaps that a must gap counts for here."""

EXACT = 1e-3
"""How near to the best, as a share, it is solved: days are whole afterwards."""

Week = tuple[str, str]
"""A person in a week."""

Given = tuple[str, str, str, str, str]
"""What somebody gives: person, venue, week, shift and role."""


Key = TypeVar("Key")
"""What days are dealt out to."""


class Promises:
    """Days by person and week; `shares` are those of people who can come to so many of the season only."""

    def __init__(self, places: Places, limits: Limits, clock: Clock, seconds: float) -> None:
        """Reckon them in so many seconds; where that is too short, as people offer."""
        self._pools = places.pools
        self._offers: dict[Given, set[date]] = defaultdict(set)
        for one, choice in enumerate(self._pools.choices):
            venue, week = places.cell_of[one]
            key = (choice.person, venue, week, choice.pool[2], choice.role)
            self._offers[key].add(choice.pool[1])
        self._days: dict[Week, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
        for (person, venue, week, _, _), days in self._offers.items():
            self._days[person, week][venue] |= days
        programme = _Programme(places, self._offers, self._days)
        worked, given = programme.solved(limits, clock, seconds)
        self._given: dict[Week, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (person, venue, week, _, _), value in given.items():
            self._given[person, week][venue] += value
        self.shares: dict[Week, int] = {}
        for person, most in few_days(self._pools).items():
            free = {w: len(self._free(person, w)) for w in places.weeks if (person, w) in self._days}
            wanted = {week: worked.get((person, week), 0.0) for week in free}
            for week, number in _whole(wanted, most, free).items():
                self.shares[person, week] = number

    def venues(self, person: str, week: str) -> Iterable[str]:
        """The venues at which somebody could be in a week."""
        return self._days.get((person, week), {})

    def most(self, person: str, week: str) -> int:
        """On how many days of a week somebody may be called on."""
        stands = self._pools.stands(person)
        weekly = self._pools.task.scenario.person[person].max_days_per_week
        week_of = self._pools.task.scenario.week_of
        standing = sum(week_of(day) == week for day in stands)
        most = min(
            self.shares.get((person, week), len(self._free(person, week))), len(self._free(person, week))
        )
        return most if weekly is None else min(most, max(0, weekly - standing))

    def among(self, person: str, week: str, group_of: Mapping[str, int], most: int) -> dict[int, int]:
        """So many days of a person's week dealt out to groups of venues, as the programme would."""
        stands = self._pools.stands(person)
        wanted, days = defaultdict[int, float](float), defaultdict[int, set[date]](set)
        for venue, offered in self._days[person, week].items():
            if venue in group_of:
                days[group_of[venue]] |= offered.difference(stands)
                wanted[group_of[venue]] += self._given[person, week].get(venue, 0.0)
        free = {group: len(offered) for group, offered in sorted(days.items())}
        return _whole(wanted, min(most, sum(free.values())), free)

    def _free(self, person: str, week: str) -> set[date]:
        every = set[date]().union(*self._days.get((person, week), {}).values())
        return every.difference(self._pools.stands(person))


def few_days(pools: Pools) -> dict[str, int]:
    """On how many days those may be called on who can come to more than that."""
    return {person: most for person in pools.days if (most := _most(pools, person)) is not None}


def _most(pools: Pools, person: str) -> int | None:
    """How many days of the season somebody may be called on; None if on all they can come to."""
    most, stands = pools.task.scenario.person[person].max_days, pools.stands(person)
    if most is None or len({*pools.days[person], *stands}) <= most:
        return None
    return max(0, most - len(stands))


def _whole(wanted: Mapping[Key, float], most: int, free: Mapping[Key, int]) -> dict[Key, int]:
    """Whole days in proportion, all of them if there are so many, none with more than it has."""
    total = sum(wanted.values())
    scale = most / total if total > 0 else 0.0
    found = {key: min(days, int(wanted.get(key, 0.0) * scale + EXACT)) for key, days in free.items()}
    while sum(found.values()) < min(most, sum(free.values())):
        open_ = [key for key, days in free.items() if found[key] < days]
        best = max(open_, key=lambda key: wanted.get(key, 0.0) * scale - found[key])
        found[best] += 1
    return found


class _Programme:
    """Days of people's weeks and what they give, against what venues ask for in a shift of a week."""

    def __init__(
        self, places: Places, offers: Mapping[Given, set[date]], days: Mapping[Week, Mapping[str, set[date]]]
    ) -> None:
        self._places, self._pools = places, places.pools
        self._most: list[float] = []
        self._cost: dict[int, float] = {}
        self._matrix = Matrix()
        self._given = {key: self._new(float(len(offered))) for key, offered in offers.items()}
        self._worked: dict[Week, int] = {}
        of_week: dict[Week, list[Given]] = defaultdict(list)
        for key in offers:
            of_week[key[0], key[2]].append(key)
        for week, keys in of_week.items():
            self._limit(week, keys, set[date]().union(*days[week].values()))
        for person, most in few_days(self._pools).items():
            ones = [self._worked[person, w] for w in places.weeks if (person, w) in self._worked]
            self._matrix.add(dict.fromkeys(ones, 1.0), -inf, float(most))
        self._ask()

    def solved(
        self, limits: Limits, clock: Clock, seconds: float
    ) -> tuple[dict[Week, float], dict[Given, float]]:
        """Days by person and week, and shifts given; none if time was too short."""
        if limits.reproducible:
            clock.spend(seconds)
        proto = self._matrix.proto([0.0] * len(self._most), self._most, self._cost, whole=False)
        result = first_order(proto, limits, seconds, relative=EXACT, absolute=EXACT)
        if not result.solutions or result.solutions[0].primal_solution is None:
            return {}, {}
        at = {one.id: value for one, value in result.solutions[0].primal_solution.variable_values.items()}
        return (
            {key: max(0.0, at.get(one, 0.0)) for key, one in self._worked.items()},
            {key: max(0.0, at.get(one, 0.0)) for key, one in self._given.items()},
        )

    def _limit(self, week: Week, keys: Iterable[Given], days: set[date]) -> None:
        """Nobody gives more than the days of a week on which they may come, and so many shifts on each."""
        person = self._pools.task.scenario.person[week[0]]
        standing = [day for day in self._pools.stands(person.id) if self._places.week_of(day) == week[1]]
        most = len(days)
        if person.max_days_per_week is not None:
            free = max(0, person.max_days_per_week - len(standing))
            most = min(most, free + len(days.intersection(standing)))
        self._worked[week] = worked = self._new(float(most))
        of_shift: dict[str, list[int]] = defaultdict(list)
        for key in keys:
            of_shift[key[3]].append(self._given[key])
        for ones in of_shift.values():
            self._matrix.add({**dict.fromkeys(ones, 1.0), worked: -1.0}, -inf, 0.0)
        if person.max_shifts_per_day is not None and person.max_shifts_per_day < len(of_shift):
            every = [one for ones in of_shift.values() for one in ones]
            daily = float(person.max_shifts_per_day)
            self._matrix.add({**dict.fromkeys(every, 1.0), worked: -daily}, -inf, 0.0)

    def _ask(self) -> None:
        """What a venue asks for in a shift of a week, of those who count for it."""
        needed, asked = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
        able: dict[tuple[object, ...], dict[int, float]] = defaultdict(dict)
        strength: dict[tuple[object, ...], str] = {}
        for demand in self._pools.demands:
            venue, day, shift, _ = demand.pool
            week = self._places.week_of(day)
            key = (venue, week, shift, demand.alike, demand.strength, demand.beyond > 0)
            needed[key] += demand.number + demand.beyond - demand.present
            asked[key] += demand.number
            strength[key] = demand.strength
            for one in demand.choices:
                choice = self._pools.choices[one]
                able[key][self._given[choice.person, venue, week, shift, choice.role]] = 1.0
        for of, number in needed.items():
            amount = self._new(float(asked[of]))
            self._cost[amount] = float(EXCHANGE if strength[of] == "must" else 1)
            self._matrix.add({**able[of], amount: 1.0}, float(number), inf)

    def _new(self, most: float) -> int:
        self._most.append(most)
        return len(self._most) - 1
