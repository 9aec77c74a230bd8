"""Smallest conflicts: every row named is needed, and the rows named are enough."""

from __future__ import annotations

from collections import Counter
from random import Random

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Lock
from scheduler.rules import Rulebook
from scheduler.solver.contradiction import concerned, smallest_conflict
from scheduler.solver.cpsat import CpModel
from scheduler.variables.model import Because
from scheduler.variables.placement import PlacementVariables
from tests.placement_seasons import random_season
from tests.seasons import rows, tiny


def test_of_twenty_locks_the_three_that_overfill_a_class_are_named() -> None:
    # locks 3, 7, 9 each seat a child in a class of two; the other seventeen have nothing to do with it
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        seats = [model.boolean(str(i)) for i in range(20)]
        for i, seat in enumerate(seats):
            model.require(seat >= 1, Because("locks", f"L{i}"))
        model.require(seats[3] + seats[7] + seats[9] <= 2, Because("classes", "c"))
        return model

    found = smallest_conflict(build)
    assert found == (
        Because("classes", "c"),
        Because("locks", "L3"),
        Because("locks", "L7"),
        Because("locks", "L9"),
    )


def test_a_row_that_cannot_hold_alone_is_named_alone() -> None:
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        seat = model.boolean("seat")
        model.require(seat >= 1, Because("locks", "possible"))
        model.require(seat >= 2, Because("locks", "impossible"))
        return model

    assert smallest_conflict(build) == (Because("locks", "impossible"),)


def test_a_conflict_that_stands_for_no_row_names_none() -> None:
    def build(keep: frozenset[Because] | None) -> CpModel:
        model = CpModel(keep)
        model.require(model.boolean("a") >= 2)
        return model

    assert smallest_conflict(build) == ()


# ---- whom a contradiction of placement can concern --------------------------------------------------


def holds(scenario: Scenario) -> bool | None:
    """Whether all hard rules of placement can hold."""
    model = CpModel()
    x = PlacementVariables(model, scenario)
    for rule in Rulebook(scenario.settings).of_stage("placement", hard=True):
        if rule.id() != "no_envy":
            rule.formulate(model, x)
    return model.is_feasible(5)


def with_more_locks(scenario: Scenario, dice: Random) -> Scenario:
    kinds = ("place", "place", "keep_out", "open", "open", "close")
    locks = []
    for number in range(dice.choice([1, 2, 3])):
        kind = dice.choice(kinds)
        child = dice.choice([row.id for row in scenario.children]) if kind in ("place", "keep_out") else None
        week = dice.choice([*scenario.weeks, None])
        row = {"id": f"X{number}", "kind": kind, "child": child, "week": week}
        locks.append(Lock.model_validate({**row, "class_": dice.choice([*scenario.class_])}))
    return scenario.with_(locks=(*scenario.locks, *locks))


def test_the_children_concerned_decide_whether_all_can_hold() -> None:
    # families, whole stays, foes, optional classes, capacities: about a third of these seasons contradict
    # themselves, and in most some children are left out
    seen: Counter[tuple[bool | None, bool]] = Counter()
    for seed in range(80):
        whole = with_more_locks(random_season(seed, children=6), Random(seed))
        small = concerned(whole)
        assert holds(small) == holds(whole), seed
        seen[holds(whole), len(small.children) < len(whole.children)] += 1
    assert min(seen[True, True], seen[False, True]) > 10


def test_without_locks_nobody_is_concerned() -> None:
    assert concerned(tiny()).children == ()
    assert [row.id for row in concerned(tiny(), also=["b"]).children] == ["b"]


def test_siblings_and_who_could_fill_a_class_are_concerned() -> None:
    children = rows(
        "children", a={"family": "F", "siblings": "must"}, b={"family": "F"}, c={"choices": ["C1"]}
    )
    placed = {"id": "L", "kind": "place", "child": "a", "class_": "C1"}
    assert [row.id for row in concerned(tiny(children=children, locks=[placed])).children] == ["a", "b"]
    opened = {"id": "L", "kind": "open", "class_": "C2"}  # b and, by South, nobody else; a is bound to b
    assert [row.id for row in concerned(tiny(children=children, locks=[opened])).children] == ["a", "b"]
