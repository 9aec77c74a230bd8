"""Cutoffs: whether a class or a venue is full of children of a standing or better."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.seating import fewest, idle_is_open
from scheduler.domain.standing import Standing
from scheduler.domain.units import Unit
from scheduler.variables.model import Expression, Variable
from scheduler.variables.placement import PlacementVariables


class Cutoffs:
    """Booleans that may be true only where seats are held by others who need not yield.

    Each is shared by all who have the same standing. Whether one *must* be true is for the rule to say.
    """

    def __init__(self, x: PlacementVariables) -> None:
        """Cutoffs over these variables."""
        self._x = x
        self._model = x.model
        self._full: dict[tuple[str, str, Standing], Variable] = {}
        self._crowded: dict[tuple[str, str, str, Standing], tuple[Variable, ...]] = {}
        self._few: dict[tuple[str, str], Variable] = {}
        self._may: dict[tuple[str, str, Standing], Variable] = {}
        self._standing: dict[tuple[str, str], Standing] = {}

    def standing(self, child: str, venue: str) -> Standing:
        """The standing of a child's unit at a venue."""
        if (child, venue) not in self._standing:
            unit = self._x.unit_of[child]
            for member in unit.members:
                self._standing[member, venue] = self._x.standings.of_unit(unit.members, venue)
        return self._standing[child, venue]

    def stays(self, child: str, venue: str, standing: Standing) -> bool:
        """Whether a child at a venue need not yield its seat to this standing."""
        return child in self._x.locks.children or self.standing(child, venue) <= standing

    def full(self, class_: str, week: str, standing: Standing) -> Variable:
        """Every seat of a class is held by children who need not yield to this standing."""
        key = (class_, week, standing)
        if key not in self._full:
            venue = self._x.scenario.class_[class_].venue
            firm = self._firm([class_], week, venue, standing)
            self._full[key] = self._at_least(firm, self._x.scenario.seats(class_), f"full {class_}/{week}")
        return self._full[key]

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
        firm = self._firm(classes, week, venue, standing)
        full = self._at_least(firm, capacity, f"full {venue}/{week}/{shift}")
        if not isinstance(full, int) or full:
            yield full
        if any(fewest(x.scenario, x.locks, class_, week) for class_ in classes):
            heads = [literal for class_ in classes for literal in x.holders(class_, week).values()]
            if len(heads) < capacity:
                return
            stuck = self._model.boolean(f"stuck {venue}/{week}/{shift}")
            may = [self.may_yield(class_, week, standing) for class_ in classes]
            left = self._model.total(heads) - self._model.total(may)
            self._model.require(left >= capacity, when=[stuck])
            yield stuck

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
            least = fewest(x.scenario, x.locks, class_, week)
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
            least = fewest(x.scenario, x.locks, class_, week)
            self._model.require(x.heads(class_, week) <= least, when=[literal])
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

    def _firm(self, classes: Iterable[str], week: str, venue: str, standing: Standing) -> list[Variable]:
        return [
            literal
            for class_ in classes
            for child, literal in self._x.holders(class_, week).items()
            if self.stays(child, venue, standing)
        ]

    def _at_least(self, literals: list[Variable], number: int, name: str) -> Variable:
        """A boolean that may be true only if so many of the literals are; 0 where they are too few."""
        if len(literals) < number:
            return 0
        if number <= 0:
            return 1
        reached = self._model.boolean(name)
        self._model.require(self._model.total(literals) >= number * reached)
        return reached

    def _least_of(self, literals: list[Variable], other: Expression, name: str) -> Variable:
        """A number that is at least the smaller of a count and an expression."""
        number = self._model.integer(0, len(literals), name)
        by_count = self._model.boolean(f"{name} by count")
        self._model.require(self._model.total(literals) <= number, when=[by_count])
        self._model.require(other <= number, when=[self._model.negated(by_count)])
        return number
