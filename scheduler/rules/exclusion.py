"""The mathematics of one claim: a unit is not left with a claim to one given outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.domain.outcomes import UnitOutcome, WeekSeats
from scheduler.domain.seating import fewest
from scheduler.domain.units import Unit
from scheduler.variables.cutoffs import Cutoffs
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.placement import PlacementVariables
from scheduler.variables.worths import Entry, entries, present_value, top_value, value_of


class Exclusions:
    """Excludes claims one by one; what several of them share, they share as variables."""

    def __init__(self, model: Model, x: PlacementVariables) -> None:
        """Exclusions over these variables."""
        self._model = model
        self._x = x
        self._cutoffs = Cutoffs(x)
        self._barred: dict[tuple[Unit, str, tuple[tuple[str, str], ...]], Variable] = {}
        self._reached: dict[tuple[Entry, int], Variable] = {}
        self._done: set[tuple[Unit, tuple[tuple[str, str, str], ...]]] = set()

    def exclude(self, unit: Unit, outcome: UnitOutcome) -> bool:
        """Require that a unit does not prefer an outcome, or that something bars it, or that it is declared.
        False if that is required already."""
        key = (unit, tuple(sorted((c, w, k) for c, weeks in outcome.items() for w, k in weeks.items())))
        if key in self._done:
            return False
        self._done.add(key)
        wanted = {week for child in unit.members for week in self._x.scenario.wanted_weeks(child)}
        reasons: list[Variable] = [self._x.claim(unit), *self._not_preferred(unit, outcome)]
        for week in self._x.scenario.weeks:
            if week in wanted:
                seats = {child: weeks[week] for child, weeks in outcome.items() if week in weeks}
                reasons.append(self._bars(unit, week, seats))
        self._model.any_of(reasons)
        return True

    def _bars(self, unit: Unit, week: str, seats: WeekSeats) -> Variable:
        key = (unit, week, tuple(sorted(seats.items())))
        if key not in self._barred:
            barred = self._model.boolean(f"barred {unit.members[0]}/{week}")
            reasons = _Barred(self._model, self._x, self._cutoffs, unit).in_week(week, seats)
            self._model.any_of(list(reasons), when=[barred])
            self._barred[key] = barred
        return self._barred[key]

    def _not_preferred(self, unit: Unit, outcome: UnitOutcome) -> Iterator[Variable]:
        """Some member has something better already, or all have what is as good."""
        as_good = []
        for child in unit.members:
            for entry in entries(self._x, child):
                value = value_of(self._x, entry, outcome.get(child, {}))
                as_good.append(self._has(entry, value))
                if value < top_value(self._x, entry):
                    yield self._has(entry, value + 1)
        yield as_good[0] if len(as_good) == 1 else self._model.both(as_good, f"as good {unit.members[0]}")

    def _has(self, entry: Entry, value: int) -> Variable:
        """A boolean that may be true only if what a child has is worth so much."""
        if value <= 0:
            return 1
        key = (entry, value)
        if key not in self._reached:
            self._reached[key] = self._model.boolean(f"worth {entry.child}")
            now = present_value(self._x, entry)
            self._model.require(now >= value, when=[self._reached[key]])
        return self._reached[key]


class _Barred:
    """Booleans that may be true only if something bars a unit from spending a week in a given way."""

    def __init__(self, model: Model, x: PlacementVariables, cutoffs: Cutoffs, unit: Unit) -> None:
        self._model = model
        self._x = x
        self._cutoffs = cutoffs
        self._unit = unit

    def in_week(self, week: str, seats: WeekSeats) -> Iterator[Variable]:
        """Everything that could bar it."""
        entered = Counter(seats.values())
        for class_ in sorted(entered):
            entering = [child for child, target in seats.items() if target == class_]
            yield from self._at_class(class_, week, entering)
        yield from self._leaving(week, entered)
        for venue in sorted({self._x.scenario.class_[class_].venue for class_ in entered}):
            yield from self._at_venue(venue, week, entered)

    def _at_class(self, class_: str, week: str, entering: list[str]) -> Iterator[Variable]:
        """It stays closed, foes sit there who need not yield, it is full of others who need not, or foes who
        would have to leave are needed for its minimum."""
        x, venue = self._x, self._x.scenario.class_[class_].venue
        others = self._others(class_, week)
        yield from self._cutoffs.idle(class_, week)
        foes = {foe for child in entering for foe in x.scenario.foes.get(child, ()) if foe in others}
        yield from (others[foe] for foe in sorted(foes) if not self._yields(foe, venue))
        firm = [literal for child, literal in others.items() if not self._yields(child, venue)]
        yield from self._more_than(firm, x.scenario.seats(class_) - len(entering), "full")
        least = fewest(x.scenario, x.locks, class_, week)
        if least > len(entering):
            left = [
                literal
                for child, literal in others.items()
                if child not in foes or not self._yields(child, venue)
            ]
            yield self._fewer_than(left, least - len(entering))

    def _leaving(self, week: str, entered: Counter[str]) -> Iterator[Variable]:
        """A class the unit would leave needs it for its minimum."""
        x = self._x
        now = {class_ for child in self._unit.members for class_ in x.seats(child, week)}
        for class_ in sorted(now - set(entered)):
            least = fewest(x.scenario, x.locks, class_, week)
            if least:
                needed = self._fewer_than(list(self._others(class_, week).values()), least)
                mine = [x.placed(child, week, class_) for child in self._unit.members]
                self._model.any_of(mine, when=[needed])
                yield needed

    def _at_venue(self, venue: str, week: str, entered: Counter[str]) -> Iterator[Variable]:
        """It is full of others who need not yield, or who cannot without breaking an optional class."""
        x, capacity = self._x, self._x.scenario.venue[venue].capacity
        if capacity is None:
            return
        for classes in sorted({x.held_in(venue, week, shift) for shift in x.scenario.shift}):
            added = sum(entered[class_] for class_ in classes)
            if not added:
                continue
            if any(fewest(x.scenario, x.locks, class_, week) for class_ in classes):
                left = [self._left(class_, week, entered[class_]) for class_ in classes]
                crowded = self._model.boolean("crowded")
                self._model.require(self._model.total(left) >= capacity + 1, when=[crowded])
                yield crowded
            else:
                firm = [
                    literal
                    for class_ in classes
                    for child, literal in self._others(class_, week).items()
                    if not self._yields(child, venue)
                ]
                yield from self._more_than(firm, capacity - added, "crowded")

    def _left(self, class_: str, week: str, entering: int) -> Expression:
        """At most how many are in a class after all that may be displaced are."""
        x, venue = self._x, self._x.scenario.class_[class_].venue
        others = self._others(class_, week)
        lower = [literal for child, literal in others.items() if self._yields(child, venue)]
        after = self._model.total([*others.values(), entering])
        least = fewest(x.scenario, x.locks, class_, week)
        if not least:
            return after - self._model.total(lower)
        may = self._model.integer(0, len(lower), "may")
        by_count = self._model.boolean("by count")
        self._model.require(may >= self._model.total(lower), when=[by_count])
        self._model.require(may >= after - least, when=[self._model.negated(by_count)])
        return after - may

    def _others(self, class_: str, week: str) -> dict[str, Variable]:
        holders = self._x.holders(class_, week)
        return {child: literal for child, literal in holders.items() if child not in self._unit.members}

    def _yields(self, child: str, venue: str) -> bool:
        standing = self._cutoffs.standing(self._unit.members[0], venue)
        return not self._cutoffs.stays(child, venue, standing)

    def _more_than(self, literals: list[Variable], number: int, name: str) -> Iterable[Variable]:
        if len(literals) > number:
            reached = self._model.boolean(name)
            self._model.require(self._model.total(literals) >= number + 1, when=[reached])
            yield reached

    def _fewer_than(self, literals: list[Variable], number: int) -> Variable:
        short = self._model.boolean("short")
        self._model.require(self._model.total(literals) <= number - 1, when=[short])
        return short
