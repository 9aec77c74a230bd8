"""Counters whose costs follow from how far they have counted, some of which make others count in turn.

What a roster costs is a sum over such counters: how often a person is with a class, how many teachers a
class sees, how many days somebody works. A duty moves a dozen of them, and the change of their costs is the
change of the roster's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from typing import TypeVar

Value = TypeVar("Value")


class Table(dict[int, Value]):
    """A function of how far a counter has counted, remembered."""

    def __init__(self, function: Callable[[int], Value]) -> None:
        """Nothing has been asked yet."""
        super().__init__()
        self._function = function

    def __missing__(self, count: int) -> Value:
        """Reckon a value when it is first asked for."""
        value = self[count] = self._function(count)
        return value


Costs = Table[int]
"""What a counter costs."""

Steps = tuple[tuple[int, int], ...]
"""Which counters count how much further."""

Rises = Table[Steps]
"""What follows when a counter reaches a number, and is taken back when it falls below."""


def at_first(*above: int) -> Rises:
    """The counters above count one further at the first, and no further."""
    steps = tuple((one, 1) for one in above)
    return Table(lambda number: steps if number == 1 else ())


class Counters:
    """All counters, by what they count."""

    def __init__(self) -> None:
        """There are none yet."""
        self._place: dict[Hashable, int] = {}
        self._count: list[int] = []
        self._costs: list[Costs | None] = []
        self._rises: list[Rises | None] = []

    def of(
        self,
        key: Hashable,
        costs: Costs | None = None,
        rises: Callable[[], Rises] | None = None,
        *,
        start: int = 0,
    ) -> int:
        """The counter of something; a new one begins at `start`. Those that others follow go by ones."""
        place = self._place.get(key)
        if place is None:
            following = None if rises is None else rises()
            place = self._place[key] = len(self._count)
            self._count.append(start)
            self._costs.append(costs)
            self._rises.append(following)
        return place

    def move(self, counters: Iterable[int], by: int) -> int:
        """Count so many further (or back); how much more that costs."""
        more = 0
        count, every, follow = self._count, self._costs, self._rises
        for one in counters:
            before = count[one]
            count[one] = after = before + by
            costs = every[one]
            if costs is not None:
                more += costs[after] - costs[before]
            rises = follow[one]
            if rises is not None:
                for above, step in rises[after if by > 0 else before]:
                    more += self.move((above,), step * by)
        return more

    def quote(self, up: Collection[int], down: Collection[int]) -> int:
        """How much more it would cost to count some one further and others one back, all of them different
        ones. Those that follow are counted and taken back; what others follow follows none itself."""
        more = 0
        count, every, follow = self._count, self._costs, self._rises
        followed: list[tuple[int, int]] = []
        for one in up:
            rises = follow[one]
            if rises is not None:
                followed += rises[count[one] + 1]
        for one in down:
            rises = follow[one]
            if rises is not None:
                followed += [(above, -step) for above, step in rises[count[one]]]
        for above, step in followed:
            more += self.move((above,), step)
        for one in up:
            costs = every[one]
            if costs is not None:
                more += costs[count[one] + 1] - costs[count[one]]
        for one in down:
            costs = every[one]
            if costs is not None:
                more += costs[count[one] - 1] - costs[count[one]]
        for above, step in reversed(followed):
            self.move((above,), -step)
        return more
