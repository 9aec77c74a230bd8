"""Claims and waiting lists of plans of all kinds, nonsense too, against their definition by brute force.

Every outcome of a unit is tried, and every choice of whom to displace; nothing is counted or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations, product
from random import Random

import pytest

from scheduler.domain.claims import all_claims, waiting
from scheduler.domain.outcomes import UnitOutcome, wanted_outcome
from scheduler.domain.plan import OpenClass, Plan, Waiting
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, Worth, prefers, units, worth
from scheduler.rules import Rulebook
from tests.placement_seasons import plan_of, random_season
from tests.seasons import placed, plan

Outcome = dict[str, dict[str, str]]
Seat = tuple[str, str]

OWN_RULES = (
    "wanted_weeks",
    "age_range",
    "listed_choices",
    "employer_only",
    "kept_apart",
    "siblings_must",
    "stay_kept",
)
"""The rules that a unit breaks or keeps whoever else sits where."""


class Definition:
    """What units could have in a season, spelled out."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.units = units(scenario)
        self.unit_of = {child: unit for unit in self.units for child in unit.members}
        self.standings = Standings(scenario)
        self.locked = {row.child for row in scenario.locks if row.kind == "place"}
        self.own = {unit: list(self._own(unit)) for unit in self.units}

    def _own(self, unit: Unit) -> Iterator[Outcome]:
        """Every outcome that keeps a unit's own rules, and the locks."""
        slots = [(child, week) for child in unit.members for week in self.scenario.wanted_weeks(child)]
        rules = Rulebook(self.scenario.settings).by_id
        about = {f"child:{child}" for child in unit.members}
        for classes in product(*(self._classes(child, week) for child, week in slots)):
            seats = [(*slot, class_) for slot, class_ in zip(slots, classes, strict=True) if class_]
            alone = plan_of(self.scenario, seats)
            broken = (found for name in OWN_RULES for found in rules[name].check(self.scenario, alone))
            if not any(about & set(found.refs) for found in broken):
                yield {child: {w: c for who, w, c in seats if who == child} for child in unit.members}

    def _classes(self, child: str, week: str) -> list[str | None]:
        """What locks leave of a child's week: the class they put it into, else none or any not barred."""
        put = [r for r in self.scenario.locks if r.kind == "place" and r.child == child]
        there = [row.class_ for row in put if row.week in (None, week)]
        barred = [r.class_ for r in self.scenario.locks if r.kind == "keep_out" and r.child == child]
        free = [
            class_
            for class_, other in self.scenario.class_weeks
            if other == week and class_ not in barred and not self._has_lock("close", class_, week)
        ]
        return [class_ for class_ in free if class_ in there] if there else [None, *free]

    def _has_lock(self, kind: str, class_: str, week: str) -> bool:
        rows = (row for row in self.scenario.locks if row.kind == kind)
        return any(row.class_ in (None, class_) and row.week in (None, week) for row in rows)

    def worths(self, unit: Unit, outcome: UnitOutcome) -> tuple[Worth, ...]:
        """What an outcome is worth to each member."""
        return tuple(worth(self.scenario, child, outcome.get(child, {})) for child in unit.members)

    def wished(self, found: Plan, unit: Unit) -> list[Outcome]:
        """The outcomes a unit prefers to what a plan gives it."""
        now = wanted_outcome(self.scenario, found, unit)
        old = tuple(worth(self.scenario, child, now[child]) for child in unit.members)
        return [outcome for outcome in self.own[unit] if prefers(old, self.worths(unit, outcome))]

    def claimed(self, found: Plan, unit: Unit) -> list[Outcome]:
        """The outcomes a unit has a claim to."""
        if not self.locked.isdisjoint(unit.members):
            return []
        weeks = {week for child in unit.members for week in self.scenario.wanted_weeks(child)}
        return [
            outcome
            for outcome in self.wished(found, unit)
            if all(self._could(found, unit, week, outcome) for week in weeks)
        ]

    def _could(self, found: Plan, unit: Unit, week: str, outcome: Outcome) -> bool:
        """Whether some of those who stand lower, displaced, make room for a unit's week."""
        known = {(r.child, r.class_) for r in found.placements if r.week == week and r.child in self.unit_of}
        seated = {(child, class_) for child, class_ in known if class_ in self.scenario.class_}
        mine = {(child, weeks[week]) for child, weeks in outcome.items() if week in weeks}
        others = {seat for seat in seated if seat[0] not in unit.members}
        touched = {class_ for _, class_ in mine | (seated - others)}
        if not all(self._is_open(found, class_, week) for _, class_ in mine):
            return False
        venues = {self.scenario.class_[class_].venue for _, class_ in mine}
        may = [s for s in others if self._yields(s, unit, touched, venues)]
        groups = chain.from_iterable(combinations(may, number) for number in range(len(may) + 1))
        return any(self._fits(week, mine, others, set(gone), touched, venues) for gone in groups)

    def _is_open(self, found: Plan, class_: str, week: str) -> bool:
        if (class_, week) in found.kept_back:
            return False
        optional = self.scenario.class_[class_].optional
        return (class_, week) in found.running or not optional

    def _yields(self, seat: Seat, unit: Unit, touched: set[str], venues: set[str]) -> bool:
        child, class_ = seat
        venue = self.scenario.class_[class_].venue
        mine, theirs = (self.standings.of_unit(u.members, venue) for u in (unit, self.unit_of[child]))
        return child not in self.locked and mine < theirs and (class_ in touched or venue in venues)

    def _fits(
        self,
        week: str,
        mine: set[Seat],
        others: set[Seat],
        gone: set[Seat],
        touched: set[str],
        venues: set[str],
    ) -> bool:
        scenario, after = self.scenario, mine | (others - gone)
        heads = Counter(class_ for _, class_ in after)
        changed = touched | {class_ for _, class_ in gone}
        if any(heads[class_] > scenario.seats(class_) for class_ in touched):
            return False
        if any(heads[class_] < self._least(class_, week) for class_ in changed):
            return False
        if any(scenario.are_apart(a, b) and c == d for a, c in mine for b, d in after if a != b):
            return False
        for venue in venues:
            for shift in scenario.shift:
                held = [row.id for row in scenario.classes_at(venue) if self._held(row.id, week, shift)]
                capacity = scenario.venue[venue].capacity
                if capacity is not None and sum(heads[class_] for class_ in held) > capacity:
                    return False
        return True

    def _held(self, class_: str, week: str, shift: str) -> bool:
        return any(shift in self.scenario.held(class_, day) for day in self.scenario.days_in(week))

    def _least(self, class_: str, week: str) -> int:
        row = self.scenario.class_[class_]
        opened = self._has_lock("open", class_, week) and (class_, week) in self.scenario.class_weeks
        return max(row.min_children if row.optional else 0, int(opened))


def any_plan(scenario: Scenario, dice: Random) -> Plan:
    """Rows at random: overfull and unfit classes, a child twice in a week, what nobody has heard of."""
    share = dice.choice([0.3, 0.6, 0.9])
    slots = [(row.id, week) for row in scenario.children for week in scenario.weeks]
    seats = [(c, w, dice.choice(list(scenario.class_))) for c, w in slots if dice.random() < share]
    if dice.random() < 0.2:
        seats += [(child, week, dice.choice(list(scenario.class_))) for child, week, _ in seats[:2]]
    found = plan_of(scenario, seats)
    if dice.random() < 0.2:
        unheard = plan(placements=placed("zz@C1", "a@C9", "b@C1/99")).placements
        found = found.with_(placements=(*found.placements, *unheard))
    running = [key for key in scenario.class_weeks if key in found.running or dice.random() < 0.3]
    withheld = [key for key in scenario.class_weeks if dice.random() < 0.05]
    return found.with_(open_classes=_class_weeks(running), withheld=_class_weeks(withheld))


def _class_weeks(keys: list[Seat]) -> tuple[OpenClass, ...]:
    return tuple(OpenClass(class_=class_, week=week) for class_, week in keys)


def settled(scenario: Scenario) -> Plan:
    """A plan in which few have a claim: in order of standing each unit takes one of those it has."""
    order = Standings(scenario)
    found = plan_of(scenario, [])
    for unit in sorted(units(scenario), key=lambda u: min((order.rank(c), c) for c in u.members)):
        for claimant, claims in all_claims(scenario, found):
            if claimant == unit:
                kept = [(r.child, r.week, r.class_) for r in found.placements if r.child not in unit.members]
                taken = [(c, w, k) for c, weeks in claims[0].outcome.items() for w, k in weeks.items()]
                found = plan_of(scenario, kept + taken)
    return found


@pytest.mark.parametrize("chunk", range(5))
def test_claims_and_waiting_lists_are_as_defined_whatever_the_plan(chunk: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(1000 + chunk * 20, 1020 + chunk * 20):
        dice = Random(seed)
        scenario = random_season(seed, children=3 + seed % 2, weeks=1 + seed // 2 % 2)
        definition = Definition(scenario)
        for candidate in (settled(scenario), *(any_plan(scenario, dice) for _ in range(5))):
            claims = dict(all_claims(scenario, candidate))
            rows: set[tuple[str, str, str]] = set()
            for unit in definition.units:
                expected = definition.claimed(candidate, unit)
                assert (unit in claims) == bool(expected), seed
                assert all(claim.outcome in expected for claim in claims.get(unit, ())), seed
                now = wanted_outcome(scenario, candidate, unit)
                wished = definition.wished(candidate, unit)
                rows |= {
                    (class_, week, child)
                    for outcome in wished
                    for child, weeks in outcome.items()
                    for week, class_ in weeks.items()
                    if now[child].get(week) != class_
                }
            assert [*map(_row, waiting(scenario, candidate))] == _queued(definition, rows), seed
            seen["claims" if claims else "none"] += 1
            seen["waiting"] += bool(rows)
    assert seen["claims"] > 40
    assert seen["none"] > 15
    assert seen["waiting"] > 60


def _row(row: Waiting) -> tuple[str, str, int, str]:
    return (row.class_, row.week, row.position, row.child)


def _queued(definition: Definition, rows: set[tuple[str, str, str]]) -> list[tuple[str, str, int, str]]:
    """Waiting lists by their unit's standing there, then by the draw."""
    found = []
    for class_, week in sorted({row[:2] for row in rows}):
        venue = definition.scenario.class_[class_].venue

        def order(child: str, venue: str = venue) -> tuple[object, ...]:
            unit = definition.unit_of[child]
            return (
                definition.standings.of_unit(unit.members, venue),
                definition.scenario.draws[child],
            )

        queue = sorted((child for c, w, child in rows if (c, w) == (class_, week)), key=order)
        found += [(class_, week, number, child) for number, child in enumerate(queue, 1)]
    return found
