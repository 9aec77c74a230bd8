"""Tiny random seasons of placement, every plan of theirs, and the levels of a plan, all by brute force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from scheduler.domain.choices import position
from scheduler.domain.claims import claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.rules import Rulebook
from tests.seasons import plan, season

FEATURES = ("venues", "optional", "families", "apart", "stays", "points", "reserved", "locks", "shifts")


def random_season(seed: int, *, children: int = 4, weeks: int = 2) -> Scenario:
    """A season so small that all its plans can be listed, with every thing that makes placement hard in some
    of them."""
    dice = Random(seed)
    on = {name: dice.random() < 0.4 for name in FEATURES}
    week_names = [str(number + 1) for number in range(weeks)]
    classes = [_class(dice, on, number) for number in range(3)]
    kids = [_child(dice, on, number, week_names) for number in range(children)]
    venues: list[dict[str, Any]] = [
        {"id": "V1", "name": "North", "mode": "community"},
        {"id": "V2", "name": "South", "mode": "employer"},
    ]
    if on["venues"]:
        venues[0]["capacity"] = dice.choice([1, 2])
    if on["reserved"]:
        venues[1]["reserved_for"] = ["museum"]
    points = [
        {"child": kid["id"], "venue": "V1", "points": dice.randint(1, 3)}
        for kid in kids
        if on["points"] and dice.random() < 0.6
    ]
    settings = {
        "season": f"s{seed}",
        "policy": dice.choice(["fair", "fair", "seats"]),
        "ties": dice.choice(["places", "draw"]),
        "points_missing": dice.choice(["rank", "last"]),
    }
    return season(
        settings,
        days=[{"date": f"2024-07-{8 + 7 * i:02}", "week": week} for i, week in enumerate(week_names)],
        shifts=[
            {"id": "AM", "start": "08:00", "end": "12:00"},
            {"id": "PM", "start": "14:00", "end": "17:00"},
        ],
        venues=venues,
        classes=classes,
        priorities=[
            {"id": "first", "name": "First", "rank": 1},
            {"id": "second", "name": "Second", "rank": 2},
        ],
        children=kids,
        points=points,
        locks=_locks(dice, week_names) if on["locks"] else [],
    )


def _class(dice: Random, on: dict[str, bool], number: int) -> dict[str, Any]:
    optional = on["optional"] and dice.random() < 0.5
    row: dict[str, Any] = {
        "id": f"C{number + 1}",
        "name": f"Class {number + 1}",
        "venue": "V1" if number < 2 else "V2",
        "capacity": dice.choice([2, 2, 3]) if optional else dice.choice([1, 1, 2]),
        "optional": optional,
        "min_children": 2 if optional or dice.random() < 0.3 else 0,
    }
    if on["shifts"] and number == 1:
        row["shifts"] = ["PM"]
    return row


def _child(dice: Random, on: dict[str, bool], number: int, weeks: list[str]) -> dict[str, Any]:
    id = "abcdef"[number]
    wishes = [["V1"], ["V1", "V2"], ["V2", "V1"], ["C1", "V2"], ["C2", "C1"], ["C3", "C1"], []]
    row: dict[str, Any] = {
        "id": id,
        "name": id.upper(),
        "priority": dice.choice(["first", "second", None]),
        "choices": dice.choice(wishes),
        "weeks": [week for week in weeks if dice.random() < 0.75] or weeks[:1],
        "stay": dice.choice(["steady", "whole", "weeks"]) if on["stays"] else "steady",
        "gender": dice.choice(["girl", "boy"]),
        "birth_date": "2016-01-01" if number % 2 else "2015-01-01",
        "employer": ["museum"] if dice.random() < 0.4 else [],
        "friends": [friend for friend in "abcd" if friend != id and dice.random() < 0.4],
        "needs": ["aide"] if dice.random() < 0.3 else [],
    }
    if on["families"] and number < 3:
        row |= {"family": "F" if number < 2 or dice.random() < 0.4 else "", "siblings": "prefer"}
        row["siblings"] = dice.choice(["must", "must", "prefer"]) if number == 0 else "indifferent"
    if on["apart"] and number in (1, 3):
        row["apart"] = ["a", "c"] if number == 3 else ["c"]
    return row


def _locks(dice: Random, weeks: list[str]) -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = [
        {
            "kind": "place",
            "child": "b",
            "class_": dice.choice(["C1", "C3"]),
            "week": dice.choice([*weeks, None]),
        },
        {"kind": "keep_out", "child": "c", "class_": "C1"},
        {"kind": "open", "class_": "C3", "week": weeks[0]},
        {"kind": "close", "class_": "C2", "week": weeks[-1]},
    ]
    return [{"id": f"L{i}", **row} for i, row in enumerate(dice.sample(kinds, dice.choice([1, 1, 2])))]


def every_plan(scenario: Scenario) -> Iterator[Plan]:
    """Every way to place the children in the weeks they want, nonsense or not; `choice` as it should be."""
    slots = [(row.id, week) for row in scenario.processed for week in scenario.wanted_weeks(row.id)]
    for classes in product((None, *scenario.class_), repeat=len(slots)):
        seats = [(slot, class_) for slot, class_ in zip(slots, classes, strict=True) if class_]
        yield plan_of(scenario, [(child, week, class_) for (child, week), class_ in seats])


def sensible_plans(scenario: Scenario) -> Iterator[Plan]:
    """Every plan that breaks no rule a single placement can break, and no capacity."""
    rules = Rulebook(scenario.settings).by_id
    alone = [rules[name] for name in ("listed_choices", "class_runs", "age_range", "employer_only")]
    slots = [(row.id, week) for row in scenario.processed for week in scenario.wanted_weeks(row.id)]
    ways: list[list[str | None]] = []
    for child, week in slots:
        fitting = [
            class_
            for class_ in scenario.class_
            if not any(
                found
                for rule in alone
                for found in rule.check(scenario, plan_of(scenario, [(child, week, class_)]))
            )
        ]
        ways.append([None, *fitting])
    for classes in product(*ways):
        held: dict[tuple[str, str], int] = {}
        for (_, week), class_ in zip(slots, classes, strict=True):
            if class_:
                held[class_, week] = held.get((class_, week), 0) + 1
        if all(number <= scenario.seats(class_) for (class_, _), number in held.items()):
            yield plan_of(
                scenario, [(c, w, class_) for (c, w), class_ in zip(slots, classes, strict=True) if class_]
            )


def plan_of(scenario: Scenario, seats: list[tuple[str, str, str]]) -> Plan:
    """A plan of these (child, week, class) seats."""
    locked = {
        (row.child, week, row.class_)
        for row in scenario.locks
        if row.kind == "place" and row.child
        for week in ([row.week] if row.week else scenario.wanted_weeks(row.child))
    }
    return plan(
        placements=[
            {
                "child": child,
                "week": week,
                "class": class_,
                "choice": 0
                if (child, week, class_) in locked
                else position(scenario.child[child], scenario.class_[class_]) or 0,
            }
            for child, week, class_ in seats
        ]
    )


def hard_rules_kept(scenario: Scenario, candidate: Plan) -> bool:
    """Whether no hard rule of placement but `no_envy` is broken."""
    rules = Rulebook(scenario.settings).of_stage("placement", hard=True)
    return not any(
        found for rule in rules if rule.id() != "no_envy" for found in rule.check(scenario, candidate)
    )


def levels(scenario: Scenario, candidate: Plan) -> tuple[float, ...]:
    """The levels of a plan, each the less the better, by the contract's order."""
    standings = Standings(scenario)
    seats = candidate.placements
    found: list[float] = []
    if scenario.settings.policy == "fair":
        found.append(sum(1 for _ in claims(scenario, candidate)))
    found.append(-len(seats))
    ranks = sorted({standings.rank(row.id) for row in scenario.processed})
    found.extend(-sum(1 for row in seats if standings.rank(row.child) == rank) for rank in ranks)
    found.append(sum(row.choice for row in seats))
    found.append(placement_cost(scenario, candidate))
    order = sorted((row.id for row in scenario.processed), key=lambda child: scenario.draws[child])
    found.append(sum(order.index(row.child) for row in seats))
    return tuple(found)


def placement_cost(scenario: Scenario, candidate: Plan) -> float:
    """The weighted cost of the soft rules of placement."""
    book = Rulebook(scenario.settings)
    return round(
        sum(
            book.weight(rule) * sum(found.amount for found in rule.check(scenario, candidate))
            for rule in book.of_stage("placement", hard=False)
        ),
        6,
    )
