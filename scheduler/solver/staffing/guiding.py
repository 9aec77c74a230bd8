"""Who fills which pool of a week, led by the linear relaxation of the whole week.

Decided one after another, venues use up people whom others need. The relaxation knows all of them at once;
a corner of it uses few of the choices, and the best roster in whole numbers among these alone is found in
seconds and misses little more than any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from scheduler.solver.door import Clock, Limits
from scheduler.solver.staffing.flow import Flow
from scheduler.solver.staffing.places import Places

LEAST = 0.3
"""Of a week's time, for whole numbers at least."""

PIECE = 12_000
"""Choices that the relaxation uses which are decided together."""


class Guide:
    """Weeks decided by themselves; people who can come to so many days of the season only are called on so
    many days of each week."""

    def __init__(
        self,
        places: Places,
        shares: Mapping[tuple[str, str], int],
        weight: int,
        limits: Limits,
        clock: Clock,
    ) -> None:
        """`weight` is how many soft gaps a must gap outweighs."""
        self._places, self._shares, self._weight = places, shares, weight
        self._limits, self._clock = limits, clock

    def week(self, week: str, seconds: float, most: float) -> list[int] | None:
        """The choices to take in a week; None if time was too short or locks leave none. Its relaxation may
        take up to `most` seconds, since nothing else does as well."""
        places, end = self._places, self._clock.left - seconds
        cells = places.of(places.venues, (week,))
        flow = self._flow(places.choices(cells), cells)
        used, _ = flow.relaxed(flow.cost(self._weight), self._limits, self._clock, most)
        if used is None:
            return None
        end = min(end, self._clock.left - LEAST * seconds)
        if len(used) <= PIECE:
            return flow.best(
                flow.cost(self._weight),
                self._limits,
                self._clock,
                self._clock.left - end,
                among=used.keys(),
            )[0]
        return self._by_district(week, used, end)

    def _by_district(self, week: str, used: Mapping[int, float], end: float) -> list[int] | None:
        """District by district, people each day only where the relaxation calls on them most."""
        places = self._places
        most_choices = PIECE * places.size(places.of(places.venues, (week,))) // len(used)
        districts = [places.of(venues, (week,)) for venues in places.districts(most_choices)]
        number_of = {cell: number for number, cells in enumerate(districts) for cell in cells}
        most: dict[tuple[str, date], dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for one, value in used.items():
            choice = places.pools.choices[one]
            most[choice.person, choice.pool[1]][number_of[places.cell_of[one]]] += value
        taken: list[int] = []
        for number, cells in enumerate(districts):
            ones = [
                one for one in places.choices(cells) if one in used and _first(most[self._day(one)]) == number
            ]
            beside = self._of_same(taken, ones)
            flow = self._flow([*ones, *beside], cells, beside)
            seconds = (self._clock.left - end) / (len(districts) - number)
            found, _ = flow.best(flow.cost(self._weight), self._limits, self._clock, seconds)
            if found is None:
                return None
            taken += set(found).difference(beside)
        return taken

    def _flow(
        self, ones: Iterable[int], cells: Sequence[tuple[str, str]], standing: Collection[int] = ()
    ) -> Flow:
        places = self._places
        flow = Flow(places.pools, ones, standing=standing, shares=self._shares)
        flow.ask(places.pools.demands[number] for number in places.demands(cells))
        return flow

    def _of_same(self, taken: Iterable[int], ones: Iterable[int]) -> list[int]:
        """What of the choices taken is of the people of others."""
        choices = self._places.pools.choices
        people = {choices[one].person for one in ones}
        return [one for one in taken if choices[one].person in people]

    def _day(self, one: int) -> tuple[str, date]:
        choice = self._places.pools.choices[one]
        return choice.person, choice.pool[1]


def _first(most: Mapping[int, float]) -> int:
    return min(most, key=lambda number: (-most[number], number))
