"""What bars children from a venue in a week, in few variables that many share.

Classes of a venue that are sure to run and that the same children could be in count as one: it is full if all
of them are. Only the cutoffs need be whole numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from math import inf

from scheduler.domain.seating import idle_is_open
from scheduler.domain.standing import Standing
from scheduler.variables.cutoffs import COUNTED, Cutoffs
from scheduler.variables.model import Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables

Classes = tuple[str, ...]
Constraint = tuple[Mapping[int, int], float, float]
"""The factors by variable, and what their sum lies between."""


class Bars:
    """Variables of their own, from `first` to before `number`, that are 0 to 1 (those in `whole` 0 or 1), and
    the constraints under which they may be true."""

    def __init__(self, x: PlacementVariables, first: int, above: Set[ClassWeek]) -> None:
        """Of these seats; `above` are class-weeks sure to have more children than they must keep."""
        self.constraints: list[Constraint] = []
        self.whole: list[int] = []
        self.number = first
        self._x, self._cutoffs, self._above = x, Cutoffs(x), above
        self._alike_in: dict[tuple[Classes, str], Sequence[Classes]] = {}
        self._held: dict[tuple[Classes, str], Mapping[Standing, Sequence[Variable]]] = {}
        self._full: dict[tuple[Classes, str, int], Mapping[Standing, int | None]] = {}
        self._short: dict[tuple[Classes, str, int, Standing], int | None] = {}
        self._any: dict[tuple[int, ...], int] = {}
        self._all: dict[frozenset[int], int] = {}
        self._idle: dict[ClassWeek, int] = {}
        self._few: dict[ClassWeek, int] = {}
        self._needed: dict[tuple[str, ClassWeek], int] = {}

    def add(self, these: Iterable[int], *, least: int = 0, less: Iterable[int] = ()) -> None:
        """The sum of these, the others taken off, is at least so much."""
        terms = Counter(these)
        terms.subtract(Counter(less))
        self.constraints.append((dict(terms), least, inf))

    def of(
        self, child: str, size: int, venue: str, week: str, groups: Mapping[Classes, int]
    ) -> Sequence[int] | None:
        """Variables one of which must be true for a party of so many to be barred from a venue, where so many
        of them want one of some classes each; None if there may be other reasons."""
        standing = self._cutoffs.standing(child, venue)
        found: list[int] = []
        for classes, number in groups.items():
            alike = self._alike(classes, week)
            if number > 1 and len(alike) > 1:
                return None
            bars = [self._of_classes(one, week, standing, number, size) for one in alike]
            known = [bar for bar in bars if bar is not None]
            if len(known) < len(bars):
                return None
            if [] not in known:  # else nothing can bar them
                found.append(self._together(frozenset(self._either(bar) for bar in known)))
        return found

    def least(self, class_: str, week: str) -> int:
        """Fewest children a class must keep; none where it is sure to have more."""
        return 0 if (class_, week) in self._above else self._cutoffs.least(class_, week)

    def need(self, child: str, key: ClassWeek) -> int:
        """True only if a child is in a class that has no more children than it must keep."""
        if (child, key) not in self._needed:
            need = self._needed[child, key] = self._new()
            self.add([self._x.placed(child, key[1], key[0]).index], less=[need])
            self.add([self._has_few(key)], less=[need])
        return self._needed[child, key]

    # ---- classes --------------------------------------------------------------------------------

    def _alike(self, classes: Classes, week: str) -> Sequence[Classes]:
        """These classes, those together that count as one."""
        if (classes, week) not in self._alike_in:
            x, found = self._x, defaultdict[object, list[str]](list)
            for one in classes:
                venue = x.scenario.class_[one].venue
                shifts = tuple(shift for shift in x.scenario.shift if one in x.held_in(venue, week, shift))
                runs = not self.least(one, week) and self._is_open((one, week))
                found[shifts, frozenset(x.holders(one, week)), runs or one].append(one)
            self._alike_in[classes, week] = [tuple(group) for group in found.values()]
        return self._alike_in[classes, week]

    def _is_open(self, key: ClassWeek) -> bool:
        """Whether a class-week is sure to have seats to be claimed unless all are held."""
        return key in self._above or idle_is_open(self._x.scenario, self._x.locks, *key)

    def _of_classes(
        self, classes: Classes, week: str, standing: Standing, number: int, size: int
    ) -> Sequence[int] | None:
        """The same as `of` of classes that count as one; empty if nothing can bar anybody."""
        x, venue = self._x, self._x.scenario.class_[classes[0]].venue
        if any((one, week) not in x.offered or (one, week) in x.locks.closed for one in classes):
            return None
        if len(self._holders(classes, week)) > COUNTED:
            return None
        found: list[int | None] = []
        if not self._is_open((classes[0], week)):
            found.append(self._closed((classes[0], week)))
        found.append(self._cut(classes, week, self._seats(classes), number, standing))
        capacity = x.scenario.venue[venue].capacity
        if capacity is not None:
            for together in sorted({x.held_in(venue, week, shift) for shift in x.scenario.shift}):
                if classes[0] not in together:
                    continue
                if self._cutoffs.may_stick(together, week, capacity):
                    return None
                if self._seats(together) > capacity:
                    found.append(self._cut(together, week, capacity, size, standing))
        return [one for one in found if one is not None]

    def _seats(self, classes: Classes) -> int:
        return sum(self._x.scenario.seats(one) for one in classes)

    def _closed(self, key: ClassWeek) -> int:
        """A class does not run: nobody is in it."""
        if key not in self._idle:
            self._idle[key] = self._new(whole=True)
            for seat in self._x.holders(*key).values():
                self._exclude(self._idle[key], seat)
        return self._idle[key]

    def _has_few(self, key: ClassWeek) -> int:
        """A class has no more children than it must keep."""
        if key not in self._few:
            few = self._few[key] = self._new(whole=True)
            places, given = _told(self._x.holders(*key).values())
            spare = max(0, given + len(places) - self._cutoffs.least(*key))
            self.constraints.append(({**dict.fromkeys(places, 1), few: spare}, -inf, len(places)))
        return self._few[key]

    # ---- cutoffs --------------------------------------------------------------------------------

    def _cut(self, classes: Classes, week: str, seats: int, number: int, standing: Standing) -> int | None:
        """True only if fewer than so many of the seats of some classes are free, or held by lower standing;
        None if that cannot be."""
        if number > 1:
            return self._few_left(classes, week, seats - number + 1, standing)
        if (classes, week, seats) not in self._full:
            self._full[classes, week, seats] = self._cuts(classes, week, seats)
        return self._full[classes, week, seats][standing]

    def _cuts(self, classes: Classes, week: str, seats: int) -> Mapping[Standing, int | None]:
        """Whether all seats are held, standing by standing: nobody of lower standing is then there."""
        found: dict[Standing, int | None] = {}
        above: list[Variable] = []
        before: int | None = None
        for standing, holders in sorted(self._holders(classes, week).items()):
            above += holders
            cut = found[standing] = self._held_by(above, seats)
            if before is not None:
                for seat in holders:
                    self._exclude(before, seat)
                self.add([] if cut is None else [cut], less=[before])
            before = cut
        return found

    def _few_left(self, classes: Classes, week: str, seats: int, standing: Standing) -> int | None:
        """The same for those who need several seats."""
        key = (classes, week, seats, standing)
        if key not in self._short:
            held = self._holders(classes, week).items()
            self._short[key] = self._held_by(
                [s for one, some in held if one <= standing for s in some], seats
            )
        return self._short[key]

    def _held_by(self, holders: Sequence[Variable], seats: int) -> int | None:
        """True only if these hold so many seats; None if they are too few."""
        if len(holders) < seats:
            return None
        cut, (places, given) = self._new(whole=True), _told(holders)
        self.constraints.append(({**dict.fromkeys(places, 1), cut: -max(0, seats)}, -given, inf))
        return cut

    def _holders(self, classes: Classes, week: str) -> Mapping[Standing, Sequence[Variable]]:
        if (classes, week) not in self._held:
            self._held[classes, week] = self._cutoffs.holders(classes, week)
        return self._held[classes, week]

    # ---- variables ------------------------------------------------------------------------------

    def _new(self, *, whole: bool = False) -> int:
        if whole:
            self.whole.append(self.number)
        self.number += 1
        return self.number - 1

    def _exclude(self, bar: int, seat: Variable) -> None:
        """Where the one is true nobody has the other."""
        if not isinstance(seat, int):
            self.constraints.append(({bar: 1, seat.index: 1}, -inf, 1))

    def _either(self, bars: Sequence[int]) -> int:
        """True only if one of these is."""
        key = tuple(bars)
        if len(key) == 1:
            return key[0]
        if key not in self._any:
            self._any[key] = self._new()
            self.add(key, less=[self._any[key]])
        return self._any[key]

    def _together(self, bars: frozenset[int]) -> int:
        """True only if all of these are."""
        if len(bars) == 1:
            return next(iter(bars))
        if bars not in self._all:
            self._all[bars] = self._new()
            for bar in sorted(bars):
                self.add([bar], less=[self._all[bars]])
        return self._all[bars]


def _told(seats: Iterable[Variable]) -> tuple[list[int], int]:
    """The variables among some seats, and how many of the others are given."""
    found = list(seats)
    return [one.index for one in found if not isinstance(one, int)], sum(
        one for one in found if isinstance(one, int)
    )
