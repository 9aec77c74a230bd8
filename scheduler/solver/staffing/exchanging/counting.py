"""Counters whose costs follow from how far they have counted, some of which make others count in turn.

What a roster costs is a sum over such counters: how often a person is with a class, how many teachers a
class sees, how many days somebody works. A duty moves a dozen of them, and the change of their costs is the
change of the roster's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Set
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

NOTHING_FOLLOWS: Rises = Table(lambda number: ())
"""Of counters that no other follows."""


def at_first(*above: int) -> Rises:
    """The counters above count one further at the first, and no further."""
    steps = tuple((one, 1) for one in above)
    return Table(lambda number: steps if number == 1 else ())


class Counters:
    """All counters, by what they count; what one further, or one back, would cost is kept for each."""

    def __init__(self) -> None:
        """There are none yet."""
        self._place: dict[Hashable, int] = {}
        self._count: list[int] = []
        self._costs: list[Costs | None] = []
        self._rises: list[Rises] = []
        self._more: list[int] = []
        self._less: list[int] = []
        self._followed: set[int] = set()

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
            self._rises.append(NOTHING_FOLLOWS if following is None else following)
            self._more.append(0 if costs is None else costs[start + 1] - costs[start])
            self._less.append(0 if costs is None else costs[start - 1] - costs[start])
            if following is not None:
                self._followed.add(place)
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
                now = costs[after]
                more += now - costs[before]
                self._more[one] = costs[after + 1] - now
                self._less[one] = costs[after - 1] - now
            if one in self._followed:
                for above, step in follow[one][after if by > 0 else before]:
                    more += self.move((above,), step * by)
        return more

    def quote(self, up: Set[int], down: Set[int]) -> int:
        """How much more it would cost to count some one further and others one back, all of them different
        ones; what others follow follows none of these. Where more than a step of a cost follows, it is
        counted and taken back."""
        more = sum(map(self._more.__getitem__, up)) + sum(map(self._less.__getitem__, down))
        further, back = self._followed & up, self._followed & down
        steps = self._steps(further, back) if further or back else []
        if not steps:
            return more
        if all(step in (1, -1) and self._stands_alone(one, up, down) for one, step in steps):
            return more + sum(self._more[one] if step > 0 else self._less[one] for one, step in steps)
        more = sum(self.move((one,), step) for one, step in steps)
        more += sum(map(self._more.__getitem__, up)) + sum(map(self._less.__getitem__, down))
        for one, step in reversed(steps):
            self.move((one,), -step)
        return more

    def _steps(self, further: Iterable[int], back: Iterable[int]) -> list[tuple[int, int]]:
        """What follows when some count one further and others one back, all together."""
        count, follow = self._count, self._rises
        steps: dict[int, int] = {}
        for one in further:
            for above, step in follow[one][count[one] + 1]:
                steps[above] = steps.get(above, 0) + step
        for one in back:
            for above, step in follow[one][count[one]]:
                steps[above] = steps.get(above, 0) - step
        return [(above, step) for above, step in steps.items() if step]

    def _stands_alone(self, one: int, up: Set[int], down: Set[int]) -> bool:
        """Whether nothing follows a counter, which is none of these itself."""
        return one not in self._followed and one not in up and one not in down

    def lost(self, ones: Iterable[int]) -> int:
        """How much more it costs to count some one back, what follows left out."""
        return sum(map(self._less.__getitem__, ones))
