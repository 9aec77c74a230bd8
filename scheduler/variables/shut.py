"""Whether a class lets nobody new of a standing in: shared by all who stand alike, tight for relaxations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.domain.standing import Standing
from scheduler.variables.cutoffs import COUNTED, Cutoffs
from scheduler.variables.model import Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables


class Shut:
    """For each class-week and standing a boolean: it does not run, it is full, or its venue is. Of children
    who could be in no other class of the venue, whose own place there would count as free."""

    def __init__(self, x: PlacementVariables, cutoffs: Cutoffs) -> None:
        """Over these cutoffs."""
        self._x, self._model, self._cutoffs = x, x.model, cutoffs
        self._found: dict[ClassWeek, Mapping[Standing, Variable]] = {}

    def __call__(self, class_: str, week: str, standing: Standing) -> Variable:
        """That of a standing which somebody has who could be in the class."""
        key = (class_, week)
        if key not in self._found:
            self._found[key] = self._by_standing(key)
        return self._found[key][standing]

    def _by_standing(self, key: ClassWeek) -> Mapping[Standing, Variable]:
        x, model, venue = self._x, self._model, self._x.scenario.class_[key[0]].venue
        holders = x.holders(*key)
        standings = sorted({self._cutoffs.standing(child, venue) for child in holders})
        found: dict[Standing, Variable] = {}
        previous: Variable = 0
        for standing in standings:
            bars = self._bars(key, standing)
            shut = found[standing] = model.either(bars, f"shut {key[0]}/{key[1]}")
            if not isinstance(shut, int) and len(bars) > 1 and not self._may_stick(key):
                if len(standings) <= COUNTED:
                    self._tighten(key, standing, shut)
                model.implies(previous, shut)
                previous = shut
        return found

    def _tighten(self, key: ClassWeek, standing: Standing, shut: Variable) -> None:
        """What follows where seats are all that can be missing: nobody of lower standing is there, and of the
        others at least as many as the venue's other classes cannot hold."""
        x, model, venue = self._x, self._model, self._x.scenario.class_[key[0]].venue
        firm: list[Variable] = []
        for child, literal in x.holders(*key).items():
            if self._cutoffs.stays(child, venue, standing):
                firm.append(literal)
            elif not isinstance(literal, int):
                model.implies(shut, model.negated(literal))
        least = self._least_held(key)
        idle = [least * one for one in self._cutoffs.idle(*key)]
        model.require(model.total([*firm, *idle]) >= least * shut)

    def _bars(self, key: ClassWeek, standing: Standing) -> Sequence[Variable]:
        """What bars all who stand so alike."""
        venue = self._x.scenario.class_[key[0]].venue
        bars = [*self._cutoffs.idle(*key), self._cutoffs.full(*key, standing)]
        for shift in self._shifts(key):
            bars += self._cutoffs.crowded(venue, key[1], shift, standing)
        return bars

    def _shifts(self, key: ClassWeek) -> Sequence[str]:
        """One shift for each set of classes that share a venue's capacity with this one."""
        x, venue = self._x, self._x.scenario.class_[key[0]].venue
        if x.scenario.venue[venue].capacity is None:
            return ()
        shifts = {x.held_in(venue, key[1], shift): shift for shift in reversed(tuple(x.scenario.shift))}
        return [shift for classes, shift in shifts.items() if key[0] in classes]

    def _may_stick(self, key: ClassWeek) -> bool:
        """Whether the venue may be full of those who yield and yet cannot."""
        return any(self._cutoffs.may_stick(*self._sharing(key, shift)) for shift in self._shifts(key))

    def _least_held(self, key: ClassWeek) -> int:
        """How many seats of the class are held at least once it or its venue is full."""
        x = self._x
        least = seats = x.scenario.seats(key[0])
        for shift in self._shifts(key):
            classes, _, capacity = self._sharing(key, shift)
            others = sum(x.scenario.seats(class_) for class_ in classes) - seats
            least = min(least, max(0, capacity - others))
        return least

    def _sharing(self, key: ClassWeek, shift: str) -> tuple[tuple[str, ...], str, int]:
        x, venue = self._x, self._x.scenario.class_[key[0]].venue
        return x.held_in(venue, key[1], shift), key[1], x.scenario.venue[venue].capacity or 0
