"""Venues in weeks: what is chosen and asked for there, and which are near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from scheduler.solver.staffing.pooling.pools import Pools

Cell = tuple[str, str]
"""A venue in a week."""


class Places:
    """The choices and demands of a season's pools by venue and week."""

    def __init__(self, pools: Pools) -> None:
        """Sort them."""
        self.pools = pools
        self.week_of = pools.task.scenario.week_of
        self._choices: dict[Cell, list[int]] = defaultdict(list)
        self.cell_of: list[Cell] = []
        same: dict[Cell, Cell] = {}  # one tuple for all choices of a cell: a province has millions
        for one, choice in enumerate(pools.choices):
            cell = (choice.pool[0], self.week_of(choice.pool[1]))
            cell = same.setdefault(cell, cell)
            self._choices[cell].append(one)
            self.cell_of.append(cell)
        self._demands: dict[Cell, list[int]] = defaultdict(list)
        for number, demand in enumerate(pools.demands):
            self._demands[demand.pool[0], self.week_of(demand.pool[1])].append(number)
        self.cells = sorted({*self._choices, *self._demands})
        self.venues = list(dict.fromkeys(venue for venue, _ in self.cells))
        self.weeks = [week for week in pools.task.scenario.weeks if any(week == w for _, w in self.cells)]

    def choices(self, cells: Iterable[Cell]) -> list[int]:
        """All choices of some cells."""
        return [one for cell in cells for one in self._choices.get(cell, ())]

    def demands(self, cells: Iterable[Cell]) -> list[int]:
        """All demands of some cells."""
        return [number for cell in cells for number in self._demands.get(cell, ())]

    def soft(self, cells: Iterable[Cell]) -> int:
        """The soft asks of some cells, which is what they miss at most."""
        demands = (self.pools.demands[number] for number in self.demands(cells))
        return sum(demand.number for demand in demands if demand.strength == "soft")

    def size(self, cells: Iterable[Cell]) -> int:
        """How many choices some cells have."""
        return sum(len(self._choices.get(cell, ())) for cell in cells)

    def widest(self, venues: Iterable[str]) -> int:
        """How many choices some venues have, each in the week in which it has most."""
        return sum(max(self.size([(venue, week)]) for week in self.weeks) for venue in venues)

    def of(self, venues: Iterable[str], weeks: Iterable[str]) -> list[Cell]:
        """The cells of some venues in some weeks."""
        every = self._choices.keys() | self._demands.keys()
        return [cell for week in weeks for venue in venues if (cell := (venue, week)) in every]

    def around(self, venue: str) -> list[str]:
        """All venues, nearest first, the venue itself at the head."""
        return self.pools.task.scenario.nearest_first(venue, self.venues)

    def districts(self, most: int, venues: Iterable[str] | None = None) -> list[list[str]]:
        """Near venues together (of all, or of some), at most so many choices in any week of each."""
        return list(self._districts(most, self.venues if venues is None else venues))

    def _districts(self, most: int, venues: Iterable[str]) -> Iterator[list[str]]:
        left = dict.fromkeys(venues)
        while left:
            district: list[str] = []
            size = 0
            for venue in self.around(next(iter(left))):
                if venue not in left:
                    continue
                size += self.widest([venue])
                if district and size > most:
                    break
                district.append(venue)
                del left[venue]
            yield district

    def bunch(self, venue: str, weeks: Collection[str], most: int) -> list[Cell]:
        """The cells of a venue and its next ones, so many choices at most."""
        found: list[Cell] = []
        size = 0
        for name in self.around(venue):
            here = self.of((name,), weeks)
            size += self.size(here)
            if found and size > most:
                break
            found += here
        return found
