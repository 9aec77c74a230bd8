"""Cutoffs: whether a class or a venue is full of children of a standing or better."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from scheduler.domain.seating import fewest, idle_is_open
from scheduler.domain.standing import Standing
from scheduler.domain.units import Unit
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.placement import PlacementVariables

FIRST: Standing = ()
"""Before every standing: children placed by locks yield to nobody."""

COUNTED = 16
"""For up to so many standings the seats of each and all before it are counted, which is tighter."""


FULL = "full "
"""The names of the booleans that say so of a class or a venue begin with it."""


class Cutoffs:
    """Booleans that may be true only where seats are held by others who need not yield.

    Each is shared by all who have the same standing. Whether one *must* be true is for the rule to say.
    """

    def __init__(self, x: PlacementVariables) -> None:
        """Cutoffs over these variables."""
        self._x = x
        self._model = x.model
        self._chains: dict[tuple[tuple[str, ...], str, int], _Chain] = {}
        self._crowded: dict[tuple[str, str, str, Standing], tuple[Variable, ...]] = {}
        self._few: dict[tuple[str, str], Variable] = {}
        self._may: dict[tuple[str, str, Standing], Variable] = {}
        self._standing: dict[tuple[str, str], Standing] = {}
        self._least: dict[tuple[str, str], int] = {}

    def standing(self, child: str, venue: str) -> Standing:
        """The standing of a child's unit at a venue."""
        if (child, venue) not in self._standing:
            unit = self._x.unit_of[child]
            for member in unit.members:
                self._standing[member, venue] = self._x.standings.of_unit(unit.members, venue)
        return self._standing[child, venue]

    def least(self, class_: str, week: str) -> int:
        """Fewest children a class must keep that week."""
        key = (class_, week)
        if key not in self._least:
            self._least[key] = fewest(self._x.scenario, self._x.locks, class_, week)
        return self._least[key]

    def stays(self, child: str, venue: str, standing: Standing) -> bool:
        """Whether a child at a venue need not yield its seat to this standing."""
        return child in self._x.locks.children or self.standing(child, venue) <= standing

    def full(self, class_: str, week: str, standing: Standing) -> Variable:
        """Every seat of a class is held by children who need not yield to this standing."""
        return self._chain((class_,), week, self._x.scenario.seats(class_)).reached(standing)

    def crowded(self, venue: str, week: str, shift: str, standing: Standing) -> tuple[Variable, ...]:
        """Why a venue has no place left for somebody new of this standing: it is full of those who need not
        yield, or of those who cannot without taking an optional class below its minimum."""
        key = (venue, week, shift, standing)
        if key not in self._crowded:
            self._crowded[key] = tuple(self._crowds(*key))
        return self._crowded[key]

    def _crowds(self, venue: str, week: str, shift: str, standing: Standing) -> Iterable[Variable]:
        x, capacity = self._x, self._x.scenario.venue[venue].capacity
        classes = x.held_in(venue, week, shift)
        if capacity is None:
            return
        # where the classes hold no more than the venue, it is full only if each of them is
        if sum(x.scenario.seats(class_) for class_ in classes) > capacity:
            full = self._chain(classes, week, capacity).reached(standing)
            if not isinstance(full, int) or full:
                yield full
        if self.may_stick(classes, week, capacity):
            heads = [literal for class_ in classes for literal in x.holders(class_, week).values()]
            if len(heads) < capacity:
                return
            stuck = self._model.boolean(f"stuck {venue}/{week}/{shift}")
            may = [self.may_yield(class_, week, standing) for class_ in classes]
            left = self._model.total(heads) - self._model.total(may)
            self._model.require(left >= capacity, when=[stuck])
            yield stuck

    def may_stick(self, classes: tuple[str, ...], week: str, capacity: int) -> bool:
        """Whether a venue can be full with an optional class at its minimum: only then may it be full of
        children who yield and yet cannot."""
        x = self._x
        seats = {class_: x.scenario.seats(class_) for class_ in classes}
        least = {class_: self.least(class_, week) for class_ in classes}
        spare = [seats[class_] - least[class_] for class_ in classes if least[class_]]
        return bool(spare) and sum(seats.values()) - min(spare) >= capacity

    def _chain(self, classes: tuple[str, ...], week: str, seats: int) -> _Chain:
        """The cutoffs of classes of one venue in a week, by standing."""
        key = (classes, week, seats)
        if key not in self._chains:
            held = self.holders(classes, week)
            self._chains[key] = _Chain(self._model, held, seats, f"{FULL}{','.join(classes)}/{week}")
        return self._chains[key]

    def holders(self, classes: tuple[str, ...], week: str) -> dict[Standing, list[Variable]]:
        """Who could be in some classes of a venue, by standing; whom a lock places yields to nobody."""
        held: dict[Standing, list[Variable]] = {}
        for class_ in classes:
            venue = self._x.scenario.class_[class_].venue
            for child, seat in self._x.holders(class_, week).items():
                standing = FIRST if child in self._x.locks.children else self.standing(child, venue)
                held.setdefault(standing, []).append(seat)
        return held

    def may_yield(self, class_: str, week: str, standing: Standing) -> Variable:
        """At least how many of a class may be displaced by this standing: those who yield, but none that an
        optional class needs to keep its minimum."""
        key = (class_, week, standing)
        if key not in self._may:
            x = self._x
            venue = x.scenario.class_[class_].venue
            yielding = [
                literal
                for child, literal in x.holders(class_, week).items()
                if not self.stays(child, venue, standing)
            ]
            least = self.least(class_, week)
            if not least or not yielding:
                self._may[key] = self._model.total(yielding)
            else:
                self._may[key] = self._least_of(
                    yielding, x.heads(class_, week) - least, f"may {class_}/{week}"
                )
        return self._may[key]

    def few(self, class_: str, week: str) -> Variable:
        """A class has no more children than it must keep."""
        if (class_, week) not in self._few:
            x = self._x
            literal = self._model.boolean(f"few {class_}/{week}")
            least, seats = self.least(class_, week), x.scenario.seats(class_)
            holders = x.holders(class_, week).values()
            given = sum(one for one in holders if isinstance(one, int))
            most = max(given, least, min(seats, len(holders)))
            self._model.require(x.heads(class_, week) <= most - (most - least) * literal)
            if least < seats:  # who has no more than it must keep has free seats
                self._model.implies(literal, self._model.negated(self._chain((class_,), week, seats).last))
            self._few[class_, week] = literal
        return self._few[class_, week]

    def blocks(self, unit: Unit, child: str, class_: str, week: str) -> list[Variable]:
        """Why a child of a unit that is not in a class cannot get in, its venue's capacity apart."""
        x, venue = self._x, self._x.scenario.class_[class_].venue
        standing = self.standing(child, venue)
        foes = [
            x.placed(foe, week, class_)
            for foe in sorted(x.scenario.foes.get(child, ()))
            if foe in x.unit_of and foe not in unit.members and self.stays(foe, venue, standing)
        ]
        return [*foes, *self.idle(class_, week), self.full(class_, week, standing)]

    def idle(self, class_: str, week: str) -> list[Variable]:
        """That a class-week does not run, where this bars those who would enter it."""
        x = self._x
        if (class_, week) not in x.offered:
            return [1]
        if idle_is_open(x.scenario, x.locks, class_, week):
            return []
        return [self._model.negated(x.runs(class_, week))]

    def _least_of(self, literals: list[Variable], other: Expression, name: str) -> Variable:
        """A number that is at least the smaller of a count and an expression."""
        number = self._model.integer(0, len(literals), name)
        by_count = self._model.boolean(f"{name} by count")
        self._model.require(self._model.total(literals) <= number, when=[by_count])
        self._model.require(other <= number, when=[self._model.negated(by_count)])
        return number


class _Chain:
    """Whether so many seats are held by a standing or better, for one standing after the other.

    Once they are, nobody of lower standing can sit there, and they are for every lower standing too. Said
    aloud, child by child, this is what makes the linear relaxation tight; and where standings are many (a
    draw, points) it spares counting for each of them: if the seats are full, and nobody below a standing
    holds one, they are full of those above.
    """

    def __init__(self, model: Model, held: Mapping[Standing, list[Variable]], seats: int, name: str) -> None:
        self._standings = sorted(held)
        self._full: list[Variable] = []
        self._seats = seats
        if seats <= 0:
            return
        above: list[Variable] = []
        count_each = len(held) <= COUNTED or any(isinstance(one, int) for row in held.values() for one in row)
        previous: Variable = 0
        for number, standing in enumerate(self._standings, 1):
            self._bar(model, previous, held[standing])
            above += held[standing]
            full: Variable = 0 if len(above) < seats else model.boolean(name)
            if not isinstance(full, int):
                if count_each or number == len(held):
                    model.require(model.total(above) >= seats * full)
                model.implies(previous, full)
            self._full.append(full)
            previous = full

    def reached(self, standing: Standing) -> Variable:
        """A boolean that may be true only if all seats are held by this standing or better."""
        if self._seats <= 0:
            return 1
        place = bisect_right(self._standings, standing)
        return self._full[place - 1] if place else 0

    @property
    def last(self) -> Variable:
        """A boolean that may be true only if all seats are held, by whomever."""
        return 1 if self._seats <= 0 else self._full[-1] if self._full else 0

    def _bar(self, model: Model, full: Variable, below: Iterable[Variable]) -> None:
        for literal in below:
            if not isinstance(literal, int):
                model.implies(full, model.negated(literal))
