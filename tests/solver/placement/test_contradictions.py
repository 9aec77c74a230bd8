"""One small season for each way in which rows can contradict each other, and the smallest set of them.

Every season here is `tiny` with one thing changed: a, b and c, North (V1) with C1 and South (V2) with C2, two
seats each. What is not named may stay; of the locks named, taking back any one resolves the conflict.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.consistency import problems
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.contradiction import concerned
from scheduler.solver.door import Answer, Contradiction, Limits, Request
from scheduler.solver.placement import solve
from tests.seasons import rows, tiny

TWO_WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def lock(
    id: str, kind: str, child: str | None = None, class_: str | None = None, week: str | None = None
) -> dict[str, Any]:
    return {"id": id, "kind": kind, "child": child, "class_": class_, "week": week}


def place(id: str, child: str, class_: str, week: str | None = None) -> dict[str, Any]:
    return lock(id, "place", child, class_, week)


def solved(scenario: Scenario) -> Answer:
    limits = Limits(seconds=20, workers=1)
    return solve(Request(scenario, Rulebook(scenario.settings), Plan(), limits))


CASES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "two placed, one seat": (
        {
            "classes": rows("classes", C1={"capacity": 1}),
            "locks": [place("L1", "a", "C1"), place("L2", "b", "C1"), place("L3", "c", "C2")],
        },
        {"classes:C1", "locks:L1", "locks:L2"},
    ),
    "three placed, a room for two": (
        {
            "classes": rows("classes", C1={"capacity": 9}),
            "rooms": rows("rooms", R1={"capacity": 2}),
            "locks": [place("L1", "a", "C1"), place("L2", "b", "C1"), place("L3", "c", "C1")],
        },
        {"rooms:R1", "locks:L1", "locks:L2", "locks:L3"},
    ),
    "two foes placed in one class": (
        {
            "children": rows("children", b={"apart": ["a"]}),
            "locks": [place("L1", "a", "C1"), place("L2", "b", "C1")],
        },
        {"children:b", "locks:L1", "locks:L2"},
    ),
    "placed and kept out": (
        {"locks": [place("L1", "a", "C1"), lock("L2", "keep_out", "a", "C1"), lock("L3", "keep_out", "b")]},
        {"locks:L1", "locks:L2"},
    ),
    "placed in a class that is closed by hand": (
        {
            "locks": [
                place("L1", "a", "C1"),
                lock("L2", "close", class_="C1"),
                lock("L3", "open", class_="C2"),
            ]
        },
        {"locks:L1", "locks:L2"},
    ),
    "opened and closed": (
        {"locks": [lock("L1", "open", class_="C1"), lock("L2", "close", class_="C1", week="1")]},
        {"locks:L1", "locks:L2"},
    ),
    "opened, and everybody kept out": (
        {"locks": [lock("L1", "open", class_="C1", week="1"), lock("L2", "keep_out", class_="C1")]},
        {"locks:L1", "locks:L2"},
    ),
    "siblings who must be together placed at two venues": (
        {
            "children": rows(
                "children",
                a={"family": "F", "siblings": "must", "choices": ["V1", "V2"]},
                b={"family": "F"},
            ),
            "locks": [place("L1", "a", "C1"), place("L2", "b", "C2")],
        },
        {"children:a", "locks:L1", "locks:L2"},
    ),
    "a sibling placed where no class fits the other": (
        # b is 8; C1 asks for 9, and a sits there by hand: b must be at North too. Both say must: as long as
        # one of them does, it holds, so both are named
        {
            "classes": rows("classes", C1={"min_age": 9}, C2={"venue": "V2"}),
            "children": rows(
                "children",
                a={"family": "F", "siblings": "must", "birth_date": "2014-01-01"},
                b={"family": "F", "siblings": "must"},
            ),
            "locks": [place("L1", "a", "C1")],
        },
        {"children:a", "children:b", "locks:L1"},
    ),
    "a whole stay placed at two venues": (
        {
            "days": TWO_WEEKS,
            "children": rows("children", b={"stay": "whole"}),
            "locks": [place("L1", "b", "C1", "1"), place("L2", "b", "C2", "2")],
        },
        {"children:b", "locks:L1", "locks:L2"},
    ),
    "a whole stay placed for one week of two": (
        # North is shut in week 2, so a whole stay there cannot be; L1 wants its first half
        {
            "days": TWO_WEEKS,
            "children": rows("children", a={"stay": "whole"}),
            "locks": [place("L1", "a", "C1", "1"), lock("L2", "close", class_="C1", week="2")],
        },
        {"children:a", "locks:L1", "locks:L2"},
    ),
    "a steady stay placed at two venues": (
        {"days": TWO_WEEKS, "locks": [place("L1", "b", "C1", "1"), place("L2", "b", "C2", "2")]},
        {"children:b", "locks:L1", "locks:L2"},
    ),
    "two classes for one child in one week": (
        {"locks": [place("L1", "c", "C1"), place("L2", "c", "C2", "1"), place("L3", "a", "C1")]},
        {"locks:L1", "locks:L2"},
    ),
    "an optional class opened that nobody can fill": (
        # three children at most, one of them too old for C2
        {
            "classes": rows("classes", C2={"optional": True, "min_children": 3, "capacity": 9, "max_age": 8}),
            "children": rows("children", a={"choices": []}),
            "locks": [lock("L1", "open", class_="C2")],
        },
        {"classes:C2", "locks:L1"},
    ),
    "placed in an optional class that stays too small": (
        {
            "classes": rows("classes", C2={"optional": True, "min_children": 4, "capacity": 9}),
            "locks": [place("L1", "a", "C2")],
        },
        {"classes:C2", "locks:L1"},
    ),
    "a class opened that nobody asks for": (
        {
            "children": rows("children", b={"choices": ["V1"]}, c={"choices": ["C1"]}),
            "locks": [lock("L1", "open", class_="C2")],
        },
        {"locks:L1"},
    ),
    "placed in a week the child does not want": (
        {
            "days": TWO_WEEKS,
            "children": rows("children", a={"weeks": ["1"]}),
            "locks": [place("L1", "a", "C1", "2")],
        },
        {"children:a", "locks:L1"},
    ),
    "placed in a week the class is not offered": (
        {
            "days": TWO_WEEKS,
            "classes": rows("classes", C1={"weeks": ["1"]}),
            "locks": [place("L1", "a", "C1", "2")],
        },
        {"classes:C1", "locks:L1"},
    ),
    "placed in a week whose days are all closed": (
        {
            "days": [TWO_WEEKS[0], {**TWO_WEEKS[1], "open": False}],
            "locks": [place("L1", "a", "C1", "2")],
        },
        {"days:2024-07-22", "locks:L1"},
    ),
    "placed where a closure shuts the venue all week": (
        {
            "closures": [
                {"venue": "V1", "from_": "2024-07-15", "to": "2024-07-15"},
                {"venue": "V1", "from_": "2024-07-16", "to": "2024-07-19"},
                {"venue": "V2", "from_": "2024-07-15", "to": "2024-07-15"},
            ],
            "locks": [place("L1", "a", "C1")],
        },
        {"closures:V1/2024-07-15/2024-07-15", "closures:V1/2024-07-16/2024-07-19", "locks:L1"},
    ),
    "a venue for two, three placed in its two classes": (
        {
            "venues": rows("venues", V1={"capacity": 2}),
            "classes": rows("classes", C2={"venue": "V1", "room": None}),
            "locks": [place("L1", "a", "C1"), place("L2", "b", "C1"), place("L3", "c", "C2")],
        },
        {"venues:V1", "locks:L1", "locks:L2", "locks:L3"},
    ),
    "placed in a class for other ages": (
        {"classes": rows("classes", C1={"min_age": 12}), "locks": [place("L1", "a", "C1")]},
        {"children:a", "classes:C1", "locks:L1"},
    ),
    "placed where only other employers' children may go": (
        {"venues": rows("venues", V1={"only_for": ["museum"]}), "locks": [place("L1", "a", "C1")]},
        {"children:a", "venues:V1", "locks:L1"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_smallest_set_of_rows_is_named(case: str) -> None:
    tables, named = CASES[case]
    with pytest.raises(Contradiction) as caught:
        solved(tiny(**tables))
    assert {f"{row.table}:{row.id}" for row in caught.value.rows} == named


@pytest.mark.parametrize("case", CASES)
def test_without_any_one_of_its_locks_there_is_a_plan(case: str) -> None:
    tables, named = CASES[case]
    for id in sorted(name.removeprefix("locks:") for name in named if name.startswith("locks:")):
        kept = [row for row in tables["locks"] if row["id"] != id]
        assert solved(tiny(**{**tables, "locks": kept})).plan.placements, id


@pytest.mark.parametrize("case", CASES)
def test_children_whom_no_lock_concerns_add_nothing(case: str) -> None:
    tables, named = CASES[case]
    crowd = [{"id": f"x{i}", "name": "X", "choices": ["V1", "V2"]} for i in range(20)]
    more = [*tables.get("children", rows("children")), *crowd]
    fills = case.startswith(("an optional class", "placed in an optional", "a class opened"))
    if not fills:  # a crowd would fill what is too small
        with pytest.raises(Contradiction) as caught:
            solved(tiny(**{**tables, "children": more}))
        assert {f"{row.table}:{row.id}" for row in caught.value.rows} == named
        small = concerned(tiny(**{**tables, "children": more}))
        assert not [row for row in small.processed if row.id.startswith("x")] or "open" in str(
            tables["locks"]
        )


@pytest.mark.parametrize("change", [{"status": "withdrawn"}, {"consent": False}])
def test_a_child_not_processed_is_held_by_no_lock_but_that_is_told(change: dict[str, Any]) -> None:
    scenario = tiny(children=rows("children", a=change), locks=[place("L1", "a", "C1")])
    assert solved(scenario).plan.class_of("a", "1") is None
    found = [(problem.id, problem.blocking) for problem in problems(scenario)]
    assert ("lock_child_not_processed", False) in found
