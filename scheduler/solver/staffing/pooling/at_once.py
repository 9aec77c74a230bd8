"""A first roster of a wide season's pools without any search: for weeks that no time is left to decide.

Those pools go first that have fewest people for each adult they ask for; of these people those who are there
that day anyhow, then those who were called on least. What is so taken keeps every limit of the people
(`people.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from scheduler.rules.staffing.staffing_locks import covers
from scheduler.solver.staffing.pooling.asked import missed
from scheduler.solver.staffing.pooling.pools import Choice, Demand, Pool, Pools


class AtOnce:
    """Who is called on where, day by day."""

    def __init__(self, pools: Pools, taken: Mapping[str, set[int]]) -> None:
        """Go on from what is taken already, by person."""
        self._pools = pools
        self._scenario = pools.task.scenario
        self._ways = list(combinations(self._scenario.shift.values(), 2))
        self._at: dict[tuple[str, date], dict[str, str]] = defaultdict(dict)
        self._days: dict[str, set[date]] = defaultdict(set)
        self._in_week: dict[tuple[str, str], set[date]] = defaultdict(set)
        self._known: set[str] = set()
        self.found: set[int] = set()
        for ones in taken.values():
            for one in ones:
                self._take(one)
        self.found.clear()
        self._held = {one for ones in taken.values() for one in ones}

    def fill(self, demands: Iterable[int]) -> None:
        """Take people for these demands, as far as there are any; `found` are the choices taken."""
        of_pool: dict[Pool, list[Demand]] = defaultdict(list)
        for number in demands:
            demand = self._pools.demands[number]
            of_pool[demand.pool].append(demand)
        self._follow_locks(of_pool)
        for strength in ("must", "soft"):
            for pool in sorted(of_pool, key=lambda pool: (_plenty(of_pool[pool]), pool)):
                self._fill(of_pool[pool], strength)

    def _fill(self, demands: list[Demand], strength: str) -> None:
        others: list[tuple[Demand, int]] = []
        for demand in demands:
            present = demand.present + sum(one in self.found or one in self._held for one in demand.choices)
            amount = missed(demand, present, others)
            if amount and demand.strength == strength:
                for one in sorted(demand.choices, key=self._turn):
                    if not amount:
                        break
                    if self._fits(one):
                        self._take(one)
                        present += 1
                        amount = missed(demand, present, others)
            others.append((demand, amount))

    def _follow_locks(self, pools: Iterable[Pool]) -> None:
        """Whom a lock puts on duty somewhere goes there first."""
        wanted = set(pools)
        for person, locks in self._pools.locks.asking.items():
            for day in self._pools.days.get(person, ()):
                for shift in self._scenario.shift:
                    for one in self._pools.in_shift.get((person, day, shift), ()):
                        choice = self._pools.choices[one]
                        is_asked = any(covers(self._scenario, lock, choice.duties[0]) for lock in locks)
                        if choice.pool in wanted and is_asked and self._fits(one):
                            self._take(one)

    def _turn(self, one: int) -> tuple[bool, int, int]:
        choice = self._pools.choices[one]
        is_there = choice.pool[0] in self._today(choice).values()
        return not is_there, len(self._days[choice.person]), one

    def _today(self, choice: Choice) -> dict[str, str]:
        """The venue of each shift that somebody works on the day of a choice."""
        person, day = choice.person, choice.pool[1]
        if person not in self._known:
            self._known.add(person)
            for other, shifts in self._pools.stands(person).items():
                self._note(person, other)
                for shift in shifts:
                    known = self._pools.known_in(person, other, shift)
                    self._at[person, other].setdefault(shift, known[0].venue if known else "")
        return self._at[person, day]

    def _fits(self, one: int) -> bool:
        """Whether a choice keeps a person's limits beside what the person does already."""
        choice = self._pools.choices[one]
        venue, day, shift, _ = choice.pool
        today, row = self._today(choice), self._scenario.person[choice.person]
        if shift in today:
            return False
        if row.max_shifts_per_day is not None and len(today) >= row.max_shifts_per_day:
            return False
        if day not in self._days[choice.person]:
            week = self._in_week[choice.person, self._scenario.week_of(day)]
            if row.max_days_per_week is not None and len(week) >= row.max_days_per_week:
                return False
            if row.max_days is not None and len(self._days[choice.person]) >= row.max_days:
                return False
        return not any(self._is_too_far(venue, shift, other, there) for there, other in today.items())

    def _is_too_far(self, venue: str, shift: str, other: str, there: str) -> bool:
        """Whether there is no time for the way between a venue in a shift and another one in another."""
        if other in ("", venue):  # a session's way is looked at where duties become possible
            return False
        for first, second in self._ways:
            if (first.id, second.id) == (shift, there):
                return self._scenario.too_close(first, venue, second, other)
            if (first.id, second.id) == (there, shift):
                return self._scenario.too_close(first, other, second, venue)
        return False

    def _take(self, one: int) -> None:
        choice = self._pools.choices[one]
        venue, day, shift, _ = choice.pool
        self._today(choice)[shift] = venue
        self._note(choice.person, day)
        self.found.add(one)

    def _note(self, person: str, day: date) -> None:
        self._days[person].add(day)
        self._in_week[person, self._scenario.week_of(day)].add(day)


def _plenty(demands: Iterable[Demand]) -> float:
    """How many people there are for each adult asked for, where they are fewest."""
    return min(
        (len(demand.choices) / demand.number for demand in demands if demand.number), default=float("inf")
    )
