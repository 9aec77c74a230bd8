"""All plans of a tiny season, and the best of them by the contract's levels.

Knows nothing of the solver or of any rule's mathematics. What a child, and a unit, could have is what the
checks of the rules let pass. Seats and foes are counted while units are put together. The checks judge what
is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import NamedTuple

from scheduler.domain.choices import position
from scheduler.domain.outcomes import Outcomes, wanted_outcome
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import OpenClass, Placement, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import Seating
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, units
from scheduler.rules import Rulebook

Seat = tuple[str, str, str]
"""A child, a week, a class."""

Counts = tuple[int, ...]
"""Places, places of each rank, sum of positions: each the less the better."""

ALONE = ("listed_choices", "class_runs", "age_range", "employer_only", "wanted_weeks")
"""Rules that one seat breaks by itself."""


class Ranked(NamedTuple):
    """A plan's levels after the claims, and its seats."""

    counts: Counts
    seats: tuple[Seat, ...]


class Brute:
    """The plans of one season; withheld class-weeks offer no seat."""

    def __init__(self, scenario: Scenario, withheld: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.scenario = scenario
        self.book = Rulebook(scenario.settings)
        self.standings = Standings(scenario)
        self._withheld = tuple(OpenClass(class_=c, week=w) for c, w in sorted(withheld))
        self._no_seat = withheld
        self._locks = PlacementLocks(scenario)
        self._outcomes = Outcomes(scenario, self._locks)
        self._ways: dict[tuple[Unit, str], list[dict[str, str]]] = {}
        self._soft = [r for r in self.book.of_stage("placement", hard=False) if self.book.weight(r)]
        self._hard = [r for r in self.book.of_stage("placement", hard=True) if r.id() != "no_envy"]
        self.ranks = sorted({self.standings.rank(row.id) for row in scenario.processed})

    # ---- plans ----------------------------------------------------------------------------------

    def plan(self, seats: tuple[Seat, ...]) -> Plan:
        """The plan of these seats."""
        placements = tuple(
            Placement(child=child, week=week, class_=class_, choice=self._choice(child, week, class_))
            for child, week, class_ in sorted(seats)
        )
        running = sorted({(class_, week) for _, week, class_ in seats})
        opened = tuple(OpenClass(class_=class_, week=week) for class_, week in running)
        return Plan(placements=placements, open_classes=opened, withheld=self._withheld)

    def _choice(self, child: str, week: str, class_: str) -> int:
        if (child, week, class_) in self._locks.placed:
            return 0
        return position(self.scenario.child[child], self.scenario.class_[class_]) or 0

    def keeps_hard_rules(self, seats: tuple[Seat, ...]) -> bool:
        """Whether no hard rule but `no_envy` is broken."""
        found = self.plan(seats)
        return not any(True for rule in self._hard for _ in rule.check(self.scenario, found))

    def outcomes(self, unit: Unit) -> list[tuple[Seat, ...]]:
        """Everything a unit could have if nobody else were there."""
        by_child = [self._alone(child) for child in unit.members]
        found = [tuple(seat for seats in combined for seat in seats) for combined in product(*by_child)]
        if len(unit.members) == 1:
            return found
        return [
            seats for seats in found if self._breaks_nothing(seats, ("siblings_must", "kept_apart"), unit)
        ]

    def _alone(self, child: str) -> list[tuple[Seat, ...]]:
        unit = Unit((child,))
        ways = []
        for week in self.scenario.wanted_weeks(child):
            seats: list[tuple[Seat, ...]] = [((child, week, class_),) for class_ in self.scenario.class_]
            seats = [s for s in seats if (s[0][2], week) not in self._no_seat]
            ways.append([(), *(s for s in seats if self._breaks_nothing(s, ALONE, unit))])
        found = [tuple(seat for seats in combined for seat in seats) for combined in product(*ways)]
        return [
            seats for seats in found if self._breaks_nothing(seats, ("stay_kept", "placement_locks"), unit)
        ]

    def _breaks_nothing(self, seats: tuple[Seat, ...], names: tuple[str, ...], unit: Unit) -> bool:
        found, about = self.plan(seats), {f"child:{child}" for child in unit.members}
        return not any(
            about.intersection(broken.refs)
            for name in names
            for broken in self.book.by_id[name].check(self.scenario, found)
        )

    @cached_property
    def everything(self) -> list[Ranked]:
        """Every plan that seats and foes let pass, the best by counts first."""
        return sorted(self._together([self.outcomes(unit) for unit in units(self.scenario)]))

    def number(self) -> int:
        """How many plans there would be if there were seats for all."""
        number = 1
        for unit in units(self.scenario):
            number *= len(self.outcomes(unit))
        return number

    def _together(self, ways: list[list[tuple[Seat, ...]]]) -> Iterator[Ranked]:
        held: Counter[tuple[str, str]] = Counter()
        inside: dict[tuple[str, str], set[str]] = {}
        chosen: list[tuple[Seat, ...]] = []

        def go() -> Iterator[Ranked]:
            if len(chosen) == len(ways):
                seats = tuple(seat for seats in chosen for seat in seats)
                if self._minimum_kept(held):
                    yield Ranked(self._counts(seats), seats)
                return
            for seats in ways[len(chosen)]:
                for child, week, class_ in seats:
                    held[class_, week] += 1
                    inside.setdefault((class_, week), set()).add(child)
                chosen.append(seats)
                if self._fits(held, inside, seats):
                    yield from go()
                chosen.pop()
                for child, week, class_ in seats:
                    held[class_, week] -= 1
                    inside[class_, week].discard(child)

        yield from go()

    def _fits(
        self, held: Counter[tuple[str, str]], inside: dict[tuple[str, str], set[str]], seats: tuple[Seat, ...]
    ) -> bool:
        for child, week, class_ in seats:
            if held[class_, week] > self.scenario.seats(class_):
                return False
            if not self.scenario.foes.get(child, frozenset()).isdisjoint(inside[class_, week]):
                return False
        for venue, week in {(self.scenario.class_[class_].venue, week) for _, week, class_ in seats}:
            capacity = self.scenario.venue[venue].capacity
            if capacity is not None:
                for classes in self._at_once[venue, week]:
                    if sum(held[class_, week] for class_ in classes) > capacity:
                        return False
        return True

    @cached_property
    def _at_once(self) -> dict[tuple[str, str], list[tuple[str, ...]]]:
        found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for venue in self.scenario.venue:
            for week in self.scenario.weeks:
                for shift in self.scenario.shift:
                    classes = tuple(
                        row.id
                        for row in self.scenario.classes_at(venue)
                        if any(
                            shift in self.scenario.held(row.id, day) for day in self.scenario.days_in(week)
                        )
                    )
                    found.setdefault((venue, week), []).append(classes)
        return found

    def _minimum_kept(self, held: Counter[tuple[str, str]]) -> bool:
        return all(
            not number or not row.optional or number >= row.min_children
            for (class_, _), number in held.items()
            for row in (self.scenario.class_[class_],)
        )

    # ---- levels ---------------------------------------------------------------------------------

    def _counts(self, seats: tuple[Seat, ...]) -> Counts:
        of_rank = Counter(self._rank[child] for child, _, _ in seats)
        return (
            -len(seats),
            *(-of_rank[rank] for rank in self.ranks),
            sum(self._choice(*seat) for seat in seats),
        )

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {row.id: self.standings.rank(row.id) for row in self.scenario.processed}

    def claims(self, seats: tuple[Seat, ...], enough: int = 1_000_000) -> int:
        """How many units have a claim, as `domain.claims` tells (what many plans share being read once);
        counting stops at `enough`."""
        found = self.plan(seats)
        seating = Seating(self.scenario, found, self._locks, self.standings)
        number = 0
        for unit in units(self.scenario):
            if self._locks.children.isdisjoint(unit.members):
                by_week = {
                    week: [way for way in self._in_week(unit, week) if seating.allows(unit, week, way)]
                    for week in self.scenario.weeks
                    if any(week in self.scenario.wanted_weeks(child) for child in unit.members)
                }
                present = wanted_outcome(self.scenario, found, unit)
                number += bool(self._outcomes.preferred(unit, present, by_week))
                if number >= enough:
                    break
        return number

    def _in_week(self, unit: Unit, week: str) -> list[dict[str, str]]:
        if (unit, week) not in self._ways:
            self._ways[unit, week] = [dict(way) for way in self._outcomes.in_week(unit, week)]
        return self._ways[unit, week]

    def cost(self, seats: tuple[Seat, ...]) -> float:
        """The weighted soft rules."""
        found = self.plan(seats)
        costs = (
            self.book.weight(rule) * sum(broken.amount for broken in rule.check(self.scenario, found))
            for rule in self._soft
        )
        return round(sum(costs), 6)

    def drawn(self, seats: tuple[Seat, ...]) -> int:
        """The last level: each seat counts its child's place in the draw, the first 0."""
        return sum(self._place[child] for child, _, _ in seats)

    @cached_property
    def _place(self) -> dict[str, int]:
        order = sorted((row.id for row in self.scenario.processed), key=lambda c: self.scenario.draws[c])
        return {child: number for number, child in enumerate(order)}

    def levels(self, seats: tuple[Seat, ...]) -> tuple[float, ...]:
        """A plan's levels in their order, each the less the better: claims (`fair` only), places, places of
        each rank, positions, soft rules, the draw."""
        claims = (self.claims(seats),) if self.scenario.settings.policy == "fair" else ()
        return (*claims, *self._counts(seats), self.cost(seats), self.drawn(seats))

    @cached_property
    def best(self) -> tuple[float, ...] | None:
        """The levels of the best plan; None where no plan keeps the hard rules."""
        fair = self.scenario.settings.policy == "fair"
        found: tuple[float, ...] | None = None
        for counts, seats in self.everything:
            if (
                found is not None
                and (not fair or found[0] == 0)
                and counts > found[fair : fair + len(counts)]
            ):
                break
            key: tuple[float, ...] = counts
            if fair:
                enough = 1_000_000 if found is None else int(found[0]) + 1
                key = (self.claims(seats, enough), *counts)
            if found is None or key <= found[: len(key)]:
                key = (*key, self.cost(seats), self.drawn(seats))
                if (found is None or key < found) and self.keeps_hard_rules(seats):
                    found = key
        return found

    @cached_property
    def table(self) -> list[tuple[float, ...]]:
        """The levels of every plan that keeps the hard rules; for bounds."""
        return [self.levels(seats) for _, seats in self.everything if self.keeps_hard_rules(seats)]
