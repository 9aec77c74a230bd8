"""Claims once more, as the contract words them: every outcome, and every choice of whom to displace, is tried
against the checks of the hard rules. Slow, and blind to how `scheduler.domain.claims` does it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, prefers, units, worth
from scheduler.rules import Rulebook
from tests.placement_seasons import plan_of

Seat = tuple[str, str, str]

JUDGED_FOR_ALL = ("class_capacity", "venue_capacity", "minimum_to_open")
"""Rules about seats hold for everybody after the move."""

JUDGED_FOR_THE_UNIT = (
    "wanted_weeks",
    "class_runs",
    "age_range",
    "listed_choices",
    "employer_only",
    "kept_apart",
    "siblings_must",
    "stay_kept",
    "placement_locks",
)
"""Those displaced may be left with a stay or siblings to mend; that is not the claimant's affair."""


def claimants(scenario: Scenario, plan: Plan) -> set[tuple[str, ...]]:
    """The units that have a claim, as the contract defines one."""
    locked = {row.child for row in scenario.locks if row.kind == "place"}
    return {
        unit.members
        for unit in units(scenario)
        if locked.isdisjoint(unit.members) and _has_claim(scenario, plan, unit, locked)
    }


def _has_claim(scenario: Scenario, plan: Plan, unit: Unit, locked: set[str | None]) -> bool:
    present = {child: plan.weeks_of(child) for child in unit.members}
    old = tuple(worth(scenario, child, present[child]) for child in unit.members)
    others = [(r.child, r.week, r.class_) for r in plan.placements if r.child not in unit.members]
    standings = Standings(scenario)
    unit_of = {child: other for other in units(scenario) for child in other.members}

    def lower(seat: Seat) -> bool:
        venue = scenario.class_[seat[2]].venue
        mine, theirs = (standings.of_unit(u.members, venue) for u in (unit, unit_of[seat[0]]))
        return seat[0] not in locked and mine < theirs

    for mine in _outcomes(scenario, plan, unit):
        outcome = {child: {w: c for who, w, c in mine if who == child} for child in unit.members}
        if not prefers(old, tuple(worth(scenario, child, outcome[child]) for child in unit.members)):
            continue
        entered = {(scenario.class_[class_].venue, week) for _, week, class_ in mine}
        may = [s for s in others if (scenario.class_[s[2]].venue, s[1]) in entered and lower(s)]
        for number in range(len(may) + 1):
            for gone in combinations(may, number):
                kept = [seat for seat in others if seat not in gone]
                if _allowed(scenario, plan, unit, mine, kept):
                    return True
    return False


def _outcomes(scenario: Scenario, plan: Plan, unit: Unit) -> Iterator[list[Seat]]:
    slots = [(child, week) for child in unit.members for week in scenario.wanted_weeks(child)]
    withheld = {(row.class_, row.week) for row in plan.withheld}
    entered = [
        (class_, week)
        for class_, week in scenario.class_weeks
        if (class_, week) not in withheld  # which a lock closes, the rules tell
        and ((class_, week) in plan.running or not scenario.class_[class_].optional)
    ]
    ways = [[None, *(c for c, w in entered if w == week)] for _, week in slots]
    for classes in product(*ways):
        yield [(child, week, c) for (child, week), c in zip(slots, classes, strict=True) if c]


def _allowed(scenario: Scenario, plan: Plan, unit: Unit, mine: list[Seat], kept: list[Seat]) -> bool:
    after = plan_of(scenario, [*mine, *kept])
    rules = Rulebook(scenario.settings).by_id
    before = {(r.class_, r.week) for r in plan.placements}
    now = {(r.class_, r.week) for r in after.placements}
    for class_, _ in before - now:  # emptied: below the minimum of an optional class all the same
        row = scenario.class_[class_]
        if row.optional and row.min_children:
            return False
    if any(found for name in JUDGED_FOR_ALL for found in rules[name].check(scenario, after)):
        return False
    about = {f"child:{child}" for child in unit.members}
    for name in JUDGED_FOR_THE_UNIT:
        for found in rules[name].check(scenario, after):
            whose = {ref for ref in found.refs if ref.startswith("child:")}
            if not whose or whose & about:
                return False
    return True
