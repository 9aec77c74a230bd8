"""Why a child that waits for a class-week has no claim to it, so that anybody can count it over.

Anonymous, and only about claims: for `publish/draw.json`. What stands between any child and any seat, who
waits for it or not, the explainer tells the coordinator by asking the rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scheduler.domain.history import begun
from scheduler.domain.outcomes import Outcomes, WeekSeats, wanted_outcome
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import Seating, is_open
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, units

Blocker = Literal["full", "venue", "needed", "closed"]
"""full: those who may stay leave too few seats in the class; venue: in the venue; needed: a class the unit
would leave has no more children than it must keep; closed: the class does not run."""

Ground = Literal["full", "venue", "needed", "together", "closed", "by_hand", "claim", "other"]
"""As `Blocker`, or: seats elsewhere that belong to the same outcome are blocked (siblings, a stay of several
weeks); the class-week does not run; the unit is placed by a lock; a claim that is declared; a reason that
lies with other people."""


@dataclass(frozen=True, order=True)
class Witness:
    """Where a unit is blocked: a class or venue, the week, and the seats it asks of each class."""

    blocker: Blocker
    place: str
    week: str
    asks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why a child's place in a waiting list is no claim, with what bears it out."""

    ground: Ground
    witnesses: tuple[Witness, ...] = ()


class Refusals:
    """The reasons of a plan's waiting lists."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Look up once what every reason asks for."""
        self._scenario, self._plan = scenario, plan
        self._locks = PlacementLocks(scenario)
        self._outcomes = Outcomes(scenario, self._locks)
        self._seating = Seating(scenario, plan, self._locks, Standings(scenario))
        self._unit_of = {child: unit for unit in units(scenario) for child in unit.members}
        self._known: dict[Unit, list[tuple[str, WeekSeats]]] = {}
        self._past = begun(scenario, plan)
        self._claimants = {row.child for row in plan.envy}
        self._waits: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in plan.waitlist:
            self._waits[row.child].append((row.class_, row.week))

    @cached_property
    def by_hand(self) -> frozenset[str]:
        """Children placed by a lock: they make and suffer no claim."""
        return self._locks.children & frozenset(self._unit_of)

    def is_open(self, class_: str, week: str) -> bool:
        """Whether seats of a class-week may be claimed."""
        held = (class_, week) in self._offered
        return held and is_open(self._scenario, self._plan, self._locks, class_, week)

    def least(self, class_: str, week: str) -> int:
        """Fewest children a class must keep that week."""
        return self._seating.least(class_, week)

    def of(self, child: str, week: str, class_: str) -> Refusal:
        """Why a processed child that waits for a class-week has no claim to it."""
        unit = self._unit_of[child]
        if not self.is_open(class_, week):
            return Refusal("closed", (Witness("closed", class_, week),))
        if not self._locks.children.isdisjoint(unit.members):
            return Refusal("by_hand")
        found = self._in_week(unit, week, child, class_)
        if found is not None:
            return found
        if not self._claimants.isdisjoint(unit.members):
            return Refusal("claim")
        elsewhere = {
            witness
            for member in unit.members
            for other, other_week in self._waits[member]
            if other_week != week and self.is_open(other, other_week)
            for refusal in [self._in_week(unit, other_week, member, other)]
            if refusal is not None
            for witness in refusal.witnesses
        }
        return Refusal("together", tuple(sorted(elsewhere))) if elsewhere else Refusal("other")

    # ---- one week -----------------------------------------------------------------------------------

    def _in_week(self, unit: Unit, week: str, child: str, class_: str) -> Refusal | None:
        """What bars a child from a class in a week by itself; None if its other weeks do."""
        witnesses: set[Witness] = set()
        for way in self._ways(unit, week, child, class_):
            witness = next(self._blocks(unit, week, way), None)
            if witness is None:
                return None if self._seating.allows(unit, week, way) else Refusal("other")
            witnesses.add(witness)
        if not witnesses:
            return Refusal("other")
        first = min(witnesses)
        own = first.place in (class_, self._scenario.class_[class_].venue) or first.blocker == "needed"
        if len(witnesses) == 1 and own and len(unit.members) == 1:
            return Refusal(first.blocker, (first,))
        return Refusal("together", tuple(sorted(witnesses)))

    def _ways(self, unit: Unit, week: str, child: str, class_: str) -> list[WeekSeats]:
        """The ways to spend a week with a child in a class that lead to an outcome its unit prefers."""
        if len(unit.members) == 1:
            return [{child: class_}]
        return [way for other, way in self._wished(unit) if other == week and way.get(child) == class_]

    def _wished(self, unit: Unit) -> list[tuple[str, WeekSeats]]:
        """Every way to spend a week that some outcome a bound unit prefers contains; weeks begun stay."""
        if unit not in self._known:
            present = wanted_outcome(self._scenario, self._plan, unit)
            ways = self._outcomes.ways(unit, present, self._past)
            self._known[unit] = list(self._outcomes.wished(unit, present, ways))
        return self._known[unit]

    def _blocks(self, unit: Unit, week: str, way: WeekSeats) -> Iterator[Witness]:
        asks = Counter(way.values())
        for class_ in sorted(asks):
            if not self.is_open(class_, week):
                yield Witness("closed", class_, week)
        for class_ in sorted(asks):
            stay = len(self._stayers(unit, week, class_))
            if stay + asks[class_] > self._scenario.seats(class_):
                yield Witness("full", class_, week, ((class_, asks[class_]),))
        for venue in sorted({self._scenario.class_[class_].venue for class_ in asks}):
            if self._venue_is_full(unit, week, venue, asks):
                yield Witness("venue", venue, week, tuple(sorted(asks.items())))
        present = {c for child in unit.members if (c := self._plan.class_of(child, week))}
        for class_ in sorted(present & set(self._scenario.class_) | set(asks)):
            others = self._seating.holders(class_, week) - set(unit.members)
            if len(others) + asks[class_] < self.least(class_, week):
                yield Witness("needed", class_, week, ((class_, asks[class_]),))

    def _stayers(self, unit: Unit, week: str, class_: str) -> list[str]:
        """The other children in a class who need not give way to a unit."""
        venue = self._scenario.class_[class_].venue
        others = self._seating.holders(class_, week) - set(unit.members)
        return [child for child in others if not self._seating.yields(child, unit, venue)]

    def _venue_is_full(self, unit: Unit, week: str, venue: str, asks: Counter[str]) -> bool:
        capacity = self._scenario.venue[venue].capacity
        if capacity is None:
            return False
        for classes in self._scenario.held_together(venue, week):
            left = 0
            for class_ in classes:
                others = self._seating.holders(class_, week) - set(unit.members)
                stay = len(self._stayers(unit, week, class_)) + asks[class_]
                left += max(stay, min(self.least(class_, week), len(others) + asks[class_]))
            if left > capacity:
                return True
        return False

    @cached_property
    def _offered(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._scenario.class_weeks)
