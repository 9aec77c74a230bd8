"""Decision variables of placement: who is in which class in which week, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from scheduler.domain.choices import options, position
from scheduler.domain.placement_locks import ChildWeekClass, PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import shifts_in
from scheduler.domain.standing import Standings
from scheduler.domain.stays import stays_at
from scheduler.domain.units import Unit, units
from scheduler.variables.model import Expression, Model, Variable

ClassWeek = tuple[str, str]
"""A class and a week."""


def everything_is_free(venue: str, week: str) -> bool:
    """Every decision is to be made here."""
    return True


class PlacementVariables:
    """Variables for the seats that a child's own wishes and the programme admit, and for those locks name.

    What is not free stands as `kept` has it, as constants. `withheld` class-weeks offer no seat. Only
    `claimants` may be left with a claim (None: everybody). `parallel` tells of classes that stand for
    several. A lock may name a seat that nothing admits: it gets a variable too, so that the rule it breaks
    can say so. Of settled weeks nothing is known of who stays at one venue but is not bound by them.
    """

    def __init__(
        self,
        model: Model,
        scenario: Scenario,
        *,
        is_free: Callable[[str, str], bool] = everything_is_free,
        kept: Plan | None = None,
        withheld: frozenset[ClassWeek] = frozenset(),
        claimants: frozenset[Unit] | None = None,
        parallel: Mapping[str, int] | None = None,
    ) -> None:
        """Create the variables."""
        self.model = model
        self.scenario = scenario
        self.locks = PlacementLocks(scenario)
        self.standings = Standings(scenario)
        self.offered = frozenset(scenario.class_weeks) - withheld
        self._claimants = claimants
        self._parallel = parallel or {}
        self._is_free = is_free
        self._kept = kept or Plan()
        self._claims: dict[Unit, Variable] = {}
        self._runs: dict[ClassWeek, Variable] = {}
        self._stays: dict[tuple[str, str], Variable] = {}
        self._at: dict[tuple[str, str, str], Expression] = {}
        self._seats: dict[tuple[str, str], dict[str, Variable]] = {}
        self._holders: dict[ClassWeek, dict[str, Variable]] = {}
        for child, week, class_ in self._wished():
            literal = self._literal(child, week, class_)
            if not (isinstance(literal, int) and literal == 0):
                self._seats.setdefault((child, week), {})[class_] = literal
                self._holders.setdefault((class_, week), {})[child] = literal

    def _wished(self) -> Iterator[ChildWeekClass]:
        locked = frozenset(self.locks.placed)
        for row in self.scenario.processed:
            fitting = tuple(class_.id for class_, _ in options(self.scenario, row))
            weeks = set(self.scenario.wanted_weeks(row.id))
            if row.stay != "weeks" and not self.settled_at(row.id):
                weeks -= self._settled
            for week in self.scenario.weeks:
                for class_ in fitting if week in weeks else ():
                    if (class_, week) in self.offered and (row.id, week, class_) not in locked:
                        yield row.id, week, class_
        yield from sorted(locked)

    def _literal(self, child: str, week: str, class_: str) -> Variable:
        if self._is_free(self.scenario.class_[class_].venue, week):
            return self.model.boolean(f"{child}@{class_}/{week}")
        return int(self._kept.class_of(child, week) == class_)

    def is_settled(self, week: str) -> bool:
        """Whether nothing is decided in a week: it has begun, and what was there stands, come what may."""
        return week in self._settled

    @cached_property
    def _settled(self) -> frozenset[str]:
        venues = self.scenario.venue
        return frozenset(
            week for week in self.scenario.weeks if not any(self._is_free(venue, week) for venue in venues)
        )

    def settled_at(self, child: str) -> str | None:
        """The venue at which a child that stays was in settled weeks, if that binds it in the others."""
        return stays_at(self.scenario, self._kept, self._settled, child)

    # ---- seats ----------------------------------------------------------------------------------

    def placed(self, child: str, week: str, class_: str) -> Variable:
        """Whether a child is in a class that week; 0 where it cannot be."""
        return self._seats.get((child, week), {}).get(class_, 0)

    def seats(self, child: str, week: str) -> Mapping[str, Variable]:
        """The classes a child could be in that week."""
        return self._seats.get((child, week), {})

    def holders(self, class_: str, week: str) -> Mapping[str, Variable]:
        """The children who could be in a class that week."""
        return self._holders.get((class_, week), {})

    @cached_property
    def class_weeks(self) -> tuple[ClassWeek, ...]:
        """The class-weeks that anybody could be in."""
        return tuple(sorted(self._holders))

    @cached_property
    def child_weeks(self) -> tuple[tuple[str, str], ...]:
        """The child-weeks that could be placed anywhere."""
        return tuple(sorted(self._seats))

    @cached_property
    def locked(self) -> tuple[ChildWeekClass, ...]:
        """The seats that locks name."""
        return tuple(sorted(self.locks.placed))

    def parallel(self, class_: str) -> int:
        """For how many interchangeable classes a class stands."""
        return self._parallel.get(class_, 1)

    def heads(self, class_: str, week: str) -> Expression:
        """How many children are in a class that week."""
        return self.model.total(self.holders(class_, week).values())

    def venues(self, child: str, week: str) -> tuple[str, ...]:
        """The venues a child could be at that week."""
        return tuple(sorted({self.scenario.class_[class_].venue for class_ in self.seats(child, week)}))

    def at(self, child: str, week: str, venue: str) -> Expression:
        """1 if a child is at a venue that week, else 0."""
        key = (child, week, venue)
        if key not in self._at:
            there = [
                literal
                for class_, literal in self.seats(child, week).items()
                if self.scenario.class_[class_].venue == venue
            ]
            self._at[key] = there[0] if len(there) == 1 else self.model.total(there)
        return self._at[key]

    def stay(self, child: str, venue: str) -> Variable:
        """Whether a child that stays at one venue may be at this one; `stay_kept` ties it to seats."""
        key = (child, venue)
        if key not in self._stays:
            self._stays[key] = self.model.boolean(f"stay {child}@{venue}")
        return self._stays[key]

    def anywhere(self, child: str, week: str) -> Expression:
        """1 if a child is placed that week, else 0."""
        return self.model.total(self.seats(child, week).values())

    def held_in(self, venue: str, week: str, shift: str) -> tuple[str, ...]:
        """A venue's classes that are held in a shift of the week."""
        return self._held_in.get((venue, week, shift), ())

    @cached_property
    def _held_in(self) -> dict[tuple[str, str, str], tuple[str, ...]]:
        found: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for row in self.scenario.class_.values():
            for week in self.scenario.weeks:
                for shift in shifts_in(self.scenario, row.id, week):
                    key = (row.venue, week, shift)
                    found[key] = (*found.get(key, ()), row.id)
        return found

    def choice(self, child: str, week: str, class_: str) -> int:
        """The position of a class among a child's choices; 0 without choices or placed by a lock."""
        if class_ in self.locks.classes_for(child, week):
            return 0
        return position(self.scenario.child[child], self.scenario.class_[class_]) or 0

    # ---- what follows ---------------------------------------------------------------------------

    def runs(self, class_: str, week: str) -> Variable:
        """Whether anybody is in a class that week."""
        key = (class_, week)
        if key not in self._runs:
            self._runs[key] = self.model.either(self.holders(class_, week).values(), f"run {class_}/{week}")
        return self._runs[key]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units of the processed children."""
        return units(self.scenario)

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """The unit of each processed child."""
        return {child: unit for unit in self.units for child in unit.members}

    def claim(self, unit: Unit) -> Variable:
        """Whether a unit is left with a claim."""
        if unit not in self._claims:
            free = self._claimants is None or unit in self._claimants
            self._claims[unit] = self.model.boolean(f"claim {unit.members[0]}") if free else 0
        return self._claims[unit]

    @property
    def claims(self) -> Mapping[Unit, Variable]:
        """The claims that rules have spoken of."""
        return self._claims

    def has_lock(self, unit: Unit) -> bool:
        """Whether a member of a unit is placed by a lock in any week."""
        return not self.locks.children.isdisjoint(unit.members)
