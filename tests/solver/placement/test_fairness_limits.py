"""The laws of docs/fairness.md that do not hold: of each the smallest season found."""

from __future__ import annotations

import pytest

from scheduler.domain.claims import claims
from tests.solver.placement.fairness import case, got, seats_of, withdrawals
from tests.solver.placement.promotion import promoted
from tests.tiny.seasons import Row

TWO = {"C1": {"venue": "V1", "capacity": 1}, "C2": {"venue": "V2", "capacity": 1}}


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_equals_naming_fewer_choices_can_help(policy: str) -> None:
    # all that b's second choice does is let the plan place both; with V1 alone b has half a chance of it
    children = {"a": {"choices": ["V1"]}, "b": {"choices": ["V1", "V2"]}}
    honest = case(children, TWO, policy=policy, lottery_seed="3")
    assert seats_of(got(honest)) == {"a@C1/1", "b@C2/1"}
    bluff = case({**children, "b": {"choices": ["V1"]}}, TWO, policy=policy, lottery_seed="3")
    assert seats_of(got(bluff)) == {"b@C1/1"}


def test_where_the_draw_orders_equals_it_does_not() -> None:
    # under `ties=draw` b has V1 either way, or neither way
    children = {"a": {"choices": ["V1"]}, "b": {"choices": ["V1", "V2"]}}
    won = set()
    for seed in range(6):
        honest = got(case(children, TWO, ties="draw", lottery_seed=str(seed)))
        bluff = got(case({**children, "b": {"choices": ["V1"]}}, TWO, ties="draw", lottery_seed=str(seed)))
        assert (honest.class_of("b", "1") == "C1") == (bluff.class_of("b", "1") == "C1")
        won.add(bluff.class_of("b", "1"))
    assert won == {"C1", None}


def test_equals_one_seat_more_can_make_a_child_worse_off() -> None:
    # before: c and e, equals, want the one seat of V2; c draws it. With a second seat at V1 all three can be
    # placed, but only if c, who named V1 too, goes there
    children: dict[str, Row] = {
        "b": {"choices": ["V1"]},
        "c": {"choices": ["V2", "V1"]},
        "e": {"choices": ["V2"]},
    }
    tables = case(children, TWO, lottery_seed="4")
    assert seats_of(got(tables)) == {"b@C1/1", "c@C2/1"}
    tables.rows["classes"][0]["capacity"] = 2
    assert seats_of(got(tables)) == {"b@C1/1", "c@C1/1", "e@C2/1"}
    # and so one child fewer: if a seat of V1 falls free because d leaves
    children["d"] = {"choices": ["V1"], "priority": "p1"}
    tables = case(children, {**TWO, "C1": {"venue": "V1", "capacity": 2}}, lottery_seed="4")
    assert seats_of(got(tables)) == {"b@C1/1", "c@C2/1", "d@C1/1"}


def test_bound_siblings_one_seat_more_can_place_fewer() -> None:
    # a and b, first in rank, must be together and would rather be at V1: with its second seat they are, and
    # nobody else wants what they leave behind
    pair = {"choices": ["V1", "V2"], "priority": "p1", "family": "F", "siblings": "must"}
    children = {"a": pair, "b": pair, "x": {"choices": ["V1"], "priority": "p2"}}
    classes = {"C1": {"venue": "V1", "capacity": 1}, "C2": {"venue": "V2", "capacity": 2}}
    tables = case(children, classes)
    assert seats_of(got(tables)) == {"a@C2/1", "b@C2/1", "x@C1/1"}
    tables.rows["classes"][0]["capacity"] = 2
    assert seats_of(got(tables)) == {"a@C1/1", "b@C1/1"}


def test_stays_one_seat_more_can_place_fewer() -> None:
    # the same with one child for two weeks: V1 has a seat in week 2 only, then in week 1 too
    children = {
        "a": {"choices": ["V1", "V2"], "priority": "p1"},
        "x": {"choices": ["V1"], "priority": "p2", "weeks": ["2"]},
    }
    classes = {
        "C1": {"venue": "V1", "capacity": 0, "weeks": ["1"]},
        "D1": {"venue": "V1", "capacity": 1, "weeks": ["2"]},
        "C2": {"venue": "V2", "capacity": 1},
    }
    tables = case(children, classes, weeks=2)
    assert seats_of(got(tables)) == {"a@C2/1", "a@C2/2", "x@D1/2"}
    tables.rows["classes"][0]["capacity"] = 1
    assert seats_of(got(tables)) == {"a@C1/1", "a@D1/2"}


def test_optional_classes_one_child_fewer_can_cost_others_their_places() -> None:
    three = {"venue": "V1", "capacity": 3, "optional": True, "min_children": 3}
    children: dict[str, Row] = {id: {"choices": ["V1"]} for id in "abc"}
    assert len(got(case(children, {"C1": three})).placements) == 3
    del children["c"]
    assert got(case(children, {"C1": three})).placements == ()


NEEDED = {
    "C1": {"venue": "V1", "capacity": 1, "optional": True, "min_children": 1},
    "C2": {"venue": "V2", "capacity": 1},
}


def test_optional_classes_keep_whom_they_need_from_what_it_would_rather_have() -> None:
    # a stands before c at V2 and would rather be there, but who leaves an optional class at its minimum has
    # no claim: so both are placed, and c has the seat
    children: dict[str, Row] = {
        "a": {"choices": ["V2", "V1"], "priority": "p1"},
        "c": {"choices": ["V2"], "priority": "p2"},
    }
    tables = case(children, NEEDED)
    assert seats_of(got(tables)) == {"a@C1/1", "c@C2/1"}
    assert got(tables).envy == ()
    # and a would have done better not to name V1
    children["a"] = {"choices": ["V2"], "priority": "p1"}
    assert seats_of(got(case(children, NEEDED))) == {"a@C2/1"}


def test_optional_classes_a_better_rank_can_make_a_child_worse_off() -> None:
    # a has points at V2 and so stands first there. As p3 it cannot be kept in C1, where e stands before it.
    # As p1 it can, and the plan places two of the first rank.
    children = {
        "a": {"choices": ["V2", "V1"], "priority": "p3"},
        "c": {"choices": ["V2"], "priority": "p1"},
        "e": {"choices": ["V1"], "priority": "p2"},
    }
    tables = case(children, NEEDED, points_missing="rank")
    tables.rows["points"] = [{"child": "a", "venue": "V2", "points": 5}]
    assert seats_of(got(tables)) == {"a@C2/1", "e@C1/1"}
    tables.rows["children"][0]["priority"] = "p1"
    assert seats_of(got(tables)) == {"a@C1/1", "c@C2/1"}


PROMOTION_LEAVES_A_CLAIM = {
    # e leaves week 2. c stands before b, but wants both weeks or none, and b holds week 1: the free seat does
    # not fit it. b takes it. Now c could displace b in both weeks.
    "stays": case(
        {
            "b": {"choices": ["V1"], "priority": "p3"},
            "c": {"choices": ["V1"], "priority": "p2", "stay": "whole"},
            "e": {"choices": ["V1"], "priority": "p1", "weeks": ["2"]},
        },
        {"C1": {"venue": "V1", "capacity": 1}},
        weeks=2,
    ),
    # e leaves one of two seats. a and b must be together: the one free seat does not fit them, but with the
    # one that d holds, who stands behind them, it would.
    "bound siblings": case(
        {
            "a": {"choices": ["V1"], "priority": "p2", "family": "F", "siblings": "must"},
            "b": {"choices": ["V1"], "priority": "p2", "family": "F"},
            "d": {"choices": ["V1"], "priority": "p3"},
            "e": {"choices": ["V1"], "priority": "p1"},
        },
        {"C1": {"venue": "V1", "capacity": 2}},
    ),
    # e leaves. c must be kept apart from d, who stands behind c and holds the other seat.
    "foes": case(
        {
            "c": {"choices": ["V1"], "priority": "p2", "apart": ["d", "e"]},
            "d": {"choices": ["V1"], "priority": "p3"},
            "e": {"choices": ["V1"], "priority": "p1"},
        },
        {"C1": {"venue": "V1", "capacity": 2}},
    ),
}


@pytest.mark.parametrize("what", sorted(PROMOTION_LEAVES_A_CLAIM))
def test_promotion_that_takes_nothing_from_anybody_can_leave_a_claim(what: str) -> None:
    tables = PROMOTION_LEAVES_A_CLAIM[what]
    (listed, seats) = [(b, s) for b, s in withdrawals(tables) if "e" not in {child for child, _, _ in s}][-1]
    end, _ = promoted(listed, seats)
    assert [claim.unit.members for claim in claims(listed.scenario, listed.plan(end))] in (
        [("c",)],
        [("a", "b")],
    )
