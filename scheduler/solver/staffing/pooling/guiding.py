"""Who fills which pool of a week: the scarce asks all over a region, then everything district by district.

Few people decide how many must gaps a city has, and they can be called to many districts: where they go is
decided at once for hundreds of classes (`scarce.py`). Everybody else who could be in several districts is
promised to them for so many days (`promising.py`). Then one district's week after the other goes by its
relaxation, a corner of which uses a fifth of the choices; the best roster in whole numbers among these is
found in seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from scheduler.solver.door import Clock, Limits
from scheduler.solver.staffing.pooling.flow import Flow
from scheduler.solver.staffing.pooling.places import Cell, Places
from scheduler.solver.staffing.pooling.promising import Promises
from scheduler.solver.staffing.pooling.scarce import called

REGION = 120_000
"""Choices of a region in a week: some three hundred and fifty classes. Nobody is called to two in a week."""

DISTRICT = 12_000
"""Choices of a district in a week, whose relaxation and branch and bound take a second or two."""

WIDER, EACH = 3, 8e-4
"""So many times wider where there are so many seconds for each choice: fewer soft gaps, in twice the time."""

SCARCE = 0.4
"""Of a week's time, for the scarce asks at most."""

MOMENT = 0.1

Day = tuple[str, date]
"""A person on a day."""


class Guide:
    """The weeks of a season's regions, decided by themselves."""

    def __init__(self, places: Places, promises: Promises, weight: int, limits: Limits, clock: Clock) -> None:
        """`weight` is how many soft gaps a must gap outweighs."""
        self._places, self._promises, self._weight = places, promises, weight
        self._limits, self._clock = limits, clock
        self.regions = places.districts(REGION)
        self._region_of = {venue: number for number, venues in enumerate(self.regions) for venue in venues}
        self._home: dict[tuple[str, str], int] = {}
        self._asked: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one, choice in enumerate(places.pools.choices):
            if places.pools.locks.asks(choice.duties[0]):
                self._asked[choice.person, places.cell_of[one][1]].append(one)

    def week(self, region: int, week: str, seconds: float) -> list[int] | None:
        """The choices to take in a region's week; None if time was too short for all of it."""
        places, clock, end = self._places, self._clock, self._clock.left - seconds
        cells = places.of(self.regions[region], (week,))
        shares = self._promises.shares
        scarce = called(places, cells, self._limits, clock, SCARCE * seconds, shares)
        easy = clock.left - end > EACH * places.size(cells)
        districts = places.districts(DISTRICT * WIDER if easy else DISTRICT, self.regions[region])
        dealing = _Dealing(places, self._promises, week, districts)
        asked = [one for (_, when), ones in self._asked.items() if when == week for one in ones]
        dealing.call([one for one in (*scarce, *asked) if self._is_here(one, week, region)])
        taken: list[int] = []
        for number, venues in enumerate(districts):
            left = (clock.left - end) / (len(districts) - number)
            if left <= MOMENT or self._limits.stop.requested:
                break
            here = places.of(venues, (week,))
            ones = [one for one in places.choices(here) if self._is_here(one, week, region)]
            found = self._district(here, *dealing.among(number, ones), scarce, left)
            dealing.take(found)
            taken += found
        return taken or None

    def _district(
        self,
        cells: Sequence[Cell],
        ones: Sequence[int],
        shares: Mapping[tuple[str, str], int],
        scarce: Iterable[int],
        seconds: float,
    ) -> list[int]:
        """The choices to take in a district's week; none if time was too short."""
        limits, clock, end = self._limits, self._clock, self._clock.left - seconds
        flow = Flow(self._places.pools, ones, shares=shares)
        flow.ask(self._places.pools.demands[number] for number in self._places.demands(cells))
        cost = flow.cost(self._weight)
        used, _ = flow.relaxed(cost, limits, clock, seconds)
        if used is None:
            return []
        among = {*used, *scarce}
        return flow.best(cost, limits, clock, max(MOMENT, clock.left - end), among=among)[0] or []

    def _is_here(self, one: int, week: str, region: int) -> bool:
        """Whether the person of a choice is promised to a region in a week."""
        if len(self.regions) == 1:
            return True
        key = (self._places.pools.choices[one].person, week)
        if key not in self._home:
            self._home[key] = self._promised(*key)
        return self._home[key] == region

    def _promised(self, person: str, week: str) -> int:
        """The region of a person's week: where a lock asks for them, else where they are called on most."""
        asked = self._asked.get((person, week))
        if asked:
            return self._region_of[self._places.cell_of[asked[0]][0]]
        days = self._promises.among(person, week, self._region_of, self._promises.most(person, week))
        return min(days, key=lambda number: (-days[number], number))


class _Dealing:
    """Who may be called on in which district of a week: where they are called by name, and for the rest of
    their days as promised."""

    def __init__(
        self, places: Places, promises: Promises, week: str, districts: Sequence[Sequence[str]]
    ) -> None:
        self._places, self._promises, self._week = places, promises, week
        self._of = {venue: number for number, venues in enumerate(districts) for venue in venues}
        self._called: dict[str, dict[date, int]] = defaultdict(dict)
        self._busy: set[Day] = set()

    def call(self, ones: Iterable[int]) -> None:
        """These choices say to which district people come on a day."""
        for one in ones:
            choice = self._places.pools.choices[one]
            if choice.pool[0] in self._of:
                self._called[choice.person].setdefault(choice.pool[1], self._of[choice.pool[0]])

    def among(self, number: int, ones: Iterable[int]) -> tuple[list[int], dict[tuple[str, str], int]]:
        """Which of a district's choices may be taken, and the days of its people."""
        shares, kept = dict(self._promises.shares), []
        days: dict[str, int | None] = {}
        for one in ones:
            choice = self._places.pools.choices[one]
            person, day = choice.person, choice.pool[1]
            if person not in days:
                days[person] = self._days(person, number)
            most = days[person]
            if most is not None:
                shares[person, self._week] = most
                if not most or (person, day) in self._busy:
                    continue
                if self._called.get(person, {}).get(day, number) != number:
                    continue
            kept.append(one)
        return kept, shares

    def take(self, ones: Iterable[int]) -> None:
        """These choices are taken: nobody comes to two districts on a day."""
        choices = self._places.pools.choices
        self._busy |= {(choices[one].person, choices[one].pool[1]) for one in ones}

    def _days(self, person: str, number: int) -> int | None:
        """On how many days somebody may be called to a district; None if they can come to no other."""
        groups = {self._of[v] for v in self._promises.venues(person, self._week) if v in self._of}
        if len(groups) < 2:
            return None
        called = Counter(self._called.get(person, {}).values())
        rest = max(0, self._promises.most(person, self._week) - called.total())
        return called[number] + self._promises.among(person, self._week, self._of, rest).get(number, 0)
