"""Which classes are taken together, and that dealing them out again leaves nobody a claim."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from scheduler.domain.claims import claims
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Part, Request
from scheduler.solver.placement.build import Task
from scheduler.solver.placement.pooling import Pooled, pooled
from scheduler.solver.placement.reading import plan_of
from scheduler.solver.placement.settling import Seats
from tests.seasons import placed, plan, season

WEEKS = [{"date": "2024-07-08", "week": "1"}, {"date": "2024-07-15", "week": "2"}]
SHIFTS = [
    {"id": "AM", "start": "08:00", "end": "12:00"},
    {"id": "PM", "start": "14:00", "end": "17:00"},
]
VENUES = [{"id": "V1", "name": "North", "mode": "community"}, {"id": "V2", "name": "South", "mode": "joint"}]
CLASSES = [
    # A1, A2 and A3 at V1 are alike in all; B at V2 is by itself
    {"id": "A1", "name": "Ant", "venue": "V1", "capacity": 2},
    {"id": "A2", "name": "Bee", "venue": "V1", "capacity": 3},
    {"id": "A3", "name": "Cat", "venue": "V1", "capacity": 1},
    {"id": "B", "name": "Dog", "venue": "V2", "capacity": 2},
]
CHILDREN = [
    {"id": id, "name": id.upper(), "birth_date": "2016-01-01", "choices": ["V1", "V2"]} for id in "abcde"
]


def alike(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The classes, some of them changed."""
    return [{**row, **changes.get(str(row["id"]), {})} for row in CLASSES]


def kids(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The children, some of them changed."""
    return [{**row, **changes.get(str(row["id"]), {})} for row in CHILDREN]


def given(settings: dict[str, Any] | None = None, /, **tables: Any) -> Scenario:  # noqa: ANN401 - tables of rows
    rows = {"days": WEEKS, "shifts": SHIFTS, "venues": VENUES, "classes": CLASSES, "children": CHILDREN}
    return season(settings, **{**rows, **tables})


def asked(scenario: Scenario, **more: Any) -> Request:  # noqa: ANN401 - the request's own fields
    so_far = more.pop("so_far", Plan())
    return Request(scenario, Rulebook(scenario.settings), so_far, Limits(workers=1), **more)


def pools(
    scenario: Scenario, withheld: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, tuple[str, ...]]:
    return dict(pooled(asked(scenario), withheld).pools)


ALL = {"A1": ("A1", "A2", "A3")}
NONE: dict[str, tuple[str, ...]] = {}


def test_classes_alike_are_one_with_all_their_seats() -> None:
    rooms = [{"id": "R", "venue": "V1", "capacity": 1}]
    found = pooled(asked(given(rooms=rooms, classes=alike(A2={"room": "R"}))), frozenset())
    assert dict(found.pools) == ALL
    assert found.parallel == {"A1": 3}
    pool = found.request.scenario.class_["A1"]
    # 2 and 1 seats, and of the 3 of A2 only the one its room has
    assert (pool.capacity, pool.room, found.request.scenario.seats("A1")) == (4, None, 4)
    assert list(found.request.scenario.class_) == ["A1", "B"]
    assert found.request.scenario.child == given().child


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({}, ALL),
        # named: by a child, or by a lock
        ({"children": kids(a={"choices": ["V1", "A2"]})}, {"A1": ("A1", "A3")}),
        ({"children": kids(a={"choices": ["A1"]}, b={"choices": ["A3"]})}, NONE),
        ({"locks": [{"id": "L", "kind": "place", "child": "a", "class_": "A1"}]}, {"A2": ("A2", "A3")}),
        ({"locks": [{"id": "L", "kind": "close", "class_": "A3", "week": "2"}]}, {"A1": ("A1", "A2")}),
        ({"locks": [{"id": "L", "kind": "keep_out", "child": "a", "class_": "A3"}]}, {"A1": ("A1", "A2")}),
        ({"locks": [{"id": "L", "kind": "open"}]}, NONE),  # every class by itself
        ({"locks": [{"id": "L", "kind": "keep_out", "child": "a"}]}, ALL),  # from all of them alike
        # unlike in what a child or a claim could see
        ({"classes": alike(A2={"optional": True, "min_children": 2})}, {"A1": ("A1", "A3")}),
        ({"classes": alike(A2={"venue": "V2"})}, {"A1": ("A1", "A3"), "A2": ("A2", "B")}),
        ({"classes": alike(A2={"shifts": ["AM"]})}, {"A1": ("A1", "A3")}),
        ({"classes": alike(A2={"weeks": ["1"]})}, {"A1": ("A1", "A3")}),
        ({"classes": alike(A2={"min_age": 7})}, {"A1": ("A1", "A3")}),
        ({"classes": alike(A2={"max_grade": 3})}, {"A1": ("A1", "A3")}),
        ({"classes": alike(A2={"min_children": 2})}, {"A1": ("A1", "A3")}),
        # closed all week is as if not offered in it
        (
            {"closures": [{"class_": "A1", "from_": "2024-07-08", "to": "2024-07-14"}]},
            {"A2": ("A2", "A3")},
        ),
        # foes who could meet in them, and foes who could not
        ({"children": kids(a={"apart": ["b"]})}, NONE),
        ({"children": kids(a={"apart": ["b"], "choices": ["V2"]}, b={"choices": ["V1"]})}, ALL),
    ],
)
def test_who_is_pooled(tables: dict[str, Any], expected: dict[str, tuple[str, ...]]) -> None:
    assert pools(given(**tables)) == expected


def test_withheld_weeks_part_classes_and_stay_withheld() -> None:
    assert pools(given(), frozenset({("A1", "2")})) == {"A2": ("A2", "A3")}
    same = frozenset({("A1", "2"), ("A3", "2")})
    assert pools(given(), same) == {"A1": ("A1", "A3")}


@pytest.mark.parametrize(
    "more",
    [
        {"previous": plan(placements=placed("a@A1/1"))},
        {"so_far": plan(placements=placed("a@A1/1"))},
        {"part": Part(weeks=frozenset({"1"}))},
        {"part": Part(venues=frozenset({"V1"}))},
    ],
)
def test_where_a_plan_stands_already_classes_have_their_names(more: dict[str, Any]) -> None:
    request = asked(given(), **more)
    assert pooled(request, frozenset()) == Pooled(request, {})


# ---- claims -------------------------------------------------------------------------------------


def random_season(seed: int) -> Scenario:
    """Equal classes at one venue, others elsewhere; bound siblings, stays, points, a full venue, shifts."""
    dice = Random(seed)
    children = [
        {
            "id": id,
            "name": id.upper(),
            "birth_date": "2016-01-01",
            "choices": dice.choice([["V1"], ["V1", "V2"], ["V2", "V1"], ["B", "V1"], []]),
            "weeks": dice.choice([["1"], ["2"], ["1", "2"]]),
            "stay": dice.choice(["steady", "whole", "weeks"]),
            "priority": dice.choice(["p1", "p2", None]),
            "family": "F" if number < 2 else "",
            "siblings": "must" if seed % 2 else "indifferent",
        }
        for number, id in enumerate("abcdefgh"[: dice.choice([3, 5, 8])])
    ]
    classes = alike(**{id: {"capacity": dice.choice([1, 1, 2])} for id in ("A1", "A2", "A3", "B")})
    shifts = dice.choice([["AM"], ["AM", "PM"]])
    venues = [{**VENUES[0], "capacity": dice.choice([None, 2, 3, 4])}, VENUES[1]]
    return given(
        {"season": f"p{seed}", "ties": dice.choice(["places", "draw"]), "points_missing": "rank"},
        venues=venues,
        classes=[{**row, "shifts": shifts} if row["venue"] == "V1" else row for row in classes],
        priorities=[{"id": "p1", "name": "1", "rank": 1}, {"id": "p2", "name": "2", "rank": 2}],
        children=children,
        points=[{"child": id, "venue": "V1", "points": dice.randint(1, 4)} for id in "ac" if seed % 3],
    )


def random_seats(dice: Random, scenario: Scenario) -> Seats:
    """Children somewhere they could be, while there is room; full seasons, so that few have claims."""
    found: Seats = {}
    for child in dice.sample(sorted(scenario.child), len(scenario.child)):
        for week in scenario.wanted_weeks(child):
            ways = ["A1", "A1", "B"] if week not in dice.choice([["1"], [], []]) else []
            dice.shuffle(ways)
            for class_ in ways:
                inside = [key for key, other in found.items() if other == class_ and key[1] == week]
                most = scenario.venue["V1"].capacity if class_ == "A1" else None
                if len(inside) < min(scenario.seats(class_), 99 if most is None else most):
                    found[child, week] = class_
                    break
    return found


def dealt(dice: Random, scenario: Scenario, classes: tuple[str, ...], seats: Seats) -> Seats:
    """Any way of dealing a pool's children out to its classes."""
    found = dict(seats)
    for week in scenario.weeks:
        free = [class_ for class_ in classes for _ in range(scenario.seats(class_))]
        dice.shuffle(free)
        for key, class_ in sorted(seats.items()):
            if key[1] == week and class_ == classes[0]:
                found[key] = free.pop()
    return found


def test_who_has_a_claim_is_the_same_however_a_pool_is_dealt_out() -> None:
    with_none = with_some = 0
    for seed in range(200):
        dice, scenario = Random(seed), random_season(seed)
        request = asked(scenario)
        taken = pooled(request, frozenset())
        assert dict(taken.pools) == ALL, seed
        seats = random_seats(dice, taken.request.scenario)
        narrow = plan_of(Task(taken.request, frozenset()), seats)
        whole = plan_of(Task(request, frozenset()), dealt(dice, scenario, ALL["A1"], seats))
        envious = {claim.unit for claim in claims(taken.request.scenario, narrow)}
        after = {claim.unit for claim in claims(scenario, whole)}
        idle = any(not whole.children_in(class_, week) for class_ in ALL["A1"] for week in scenario.weeks)
        if idle:  # a class nobody is in does not run and gives nobody a claim
            assert after <= envious, seed
        else:
            assert after == envious, seed
        with_none, with_some = with_none + (not envious), with_some + bool(envious)
    assert with_none > 5
    assert with_some > 20
