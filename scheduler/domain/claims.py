"""Claims: what a unit prefers to what it has and could have, and who waits for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.choices import position
from scheduler.domain.history import begun
from scheduler.domain.outcomes import Outcomes, UnitOutcome, wanted_outcome
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import Envy, Plan, Waiting
from scheduler.domain.scenario import Scenario
from scheduler.domain.seating import Seating
from scheduler.domain.standing import Standings
from scheduler.domain.units import Unit, compare, units, worth


@dataclass(frozen=True)
class Claim:
    """A unit could have an outcome that it prefers to its own, in seats that are free or held by units of
    strictly lower standing. `outcome` maps each member to its class by week."""

    unit: Unit
    outcome: UnitOutcome


def claims(scenario: Scenario, plan: Plan) -> Iterator[Claim]:
    """One claim of every unit that has any, by unit."""
    for _, found in all_claims(scenario, plan):
        yield found[0]


def all_claims(
    scenario: Scenario, plan: Plan, asked: Iterable[Unit] | None = None
) -> Iterator[tuple[Unit, tuple[Claim, ...]]]:
    """Every unit that has a claim, of those `asked` about (None: all), with its claims but for those that
    another is as good as for all members.

    A week can be judged by itself: seats, foes and minimum numbers are the week's own, only stays and
    preferences tie weeks together. So the ways to spend each week are tried against the seats first, and
    what is left is searched for an outcome that is preferred. Weeks begun before `as_of` stay as they are.
    Who has the best there is of every week is not asked any further.
    """
    locks = PlacementLocks(scenario)
    outcomes = Outcomes(scenario, locks)
    seating = Seating(scenario, plan, locks, Standings(scenario))
    past = begun(scenario, plan)
    for unit in units(scenario) if asked is None else asked:
        if not locks.children.isdisjoint(unit.members):
            continue
        present = wanted_outcome(scenario, plan, unit)
        ways = outcomes.ways(unit, present, past)
        if outcomes.is_content(unit, present, ways):
            continue
        by_week = {
            week: [seats for seats in there if seating.allows(unit, week, seats)]
            for week, there in ways.items()
        }
        found = outcomes.preferred(unit, present, by_week)
        if found:
            yield unit, tuple(Claim(unit, outcome) for outcome in found)


def gain(scenario: Scenario, plan: Plan, claim: Claim) -> tuple[str, str, str]:
    """The first member that would be better off, and the first week and class that make it so."""
    present = wanted_outcome(scenario, plan, claim.unit)
    for child in claim.unit.members:
        old, new = present[child], claim.outcome[child]
        if compare(worth(scenario, child, old), worth(scenario, child, new)) != 1:
            continue
        row = scenario.child[child]
        for week in scenario.weeks:
            if week not in new:
                continue
            better = position(row, scenario.class_[new[week]]) or 0
            if week not in old or better < (position(row, scenario.class_[old[week]]) or 0):
                return child, week, new[week]
    raise ValueError("an outcome that nobody prefers is no claim")


def envy(scenario: Scenario, plan: Plan) -> tuple[Envy, ...]:
    """The rows that tell of every claim in a plan, one a unit."""
    rows = []
    for claim in claims(scenario, plan):
        child, week, class_ = gain(scenario, plan, claim)
        reason = _reason(scenario, claim.unit, child)
        rows.append(Envy.model_validate({"child": child, "week": week, "class": class_, "reason": reason}))
    return tuple(rows)


def waiting(scenario: Scenario, plan: Plan) -> tuple[Waiting, ...]:
    """Every class-week's waiting list: the children for whom some outcome that their unit prefers contains
    it, by their unit's standing there, then by their own draw.

    Lists are kept for all class-weeks that can be held and are not closed by hand, running or not: the list
    of a class that does not run says how many would come. A seat a child holds it does not wait for.
    """
    locks = PlacementLocks(scenario)
    outcomes = Outcomes(scenario, locks)
    standings = Standings(scenario)
    past = begun(scenario, plan)
    queues: dict[tuple[str, str], list[tuple[object, str, str]]] = defaultdict(list)
    for unit in units(scenario):
        present = wanted_outcome(scenario, plan, unit)
        ways = outcomes.ways(unit, present, past)
        wished = outcomes.wished(unit, present, ways)
        targets = {(child, week, class_) for week, seats in wished for child, class_ in seats.items()}
        for child, week, class_ in targets:
            if present[child].get(week) != class_:
                standing = standings.of_unit(unit.members, scenario.class_[class_].venue)
                queues[class_, week].append((standing, scenario.draws[child], child))
    return tuple(
        Waiting(class_=class_, week=week, child=child, position=number)
        for (class_, week), queue in sorted(queues.items())
        for number, (_, _, child) in enumerate(sorted(queue), 1)
    )


def _reason(scenario: Scenario, unit: Unit, child: str) -> str:
    """Why a claim stands: the policy, bound siblings, a stay of several weeks, or what those do to others."""
    if scenario.settings.policy == "seats":
        return "seats_first"
    if len(unit.members) > 1:
        return "bound_unit"
    if scenario.child[child].stay != "weeks" and len(scenario.wanted_weeks(child)) > 1:
        return "stays_differ"
    return "others_bound"
