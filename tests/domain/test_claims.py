"""Claims, waiting lists and declared envy on cases written by hand, and against the definition itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import pytest

from scheduler.domain.claims import claims, envy, waiting
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from tests.domain.claims_by_definition import claimants
from tests.placement_seasons import hard_rules_kept, random_season, sensible_plans
from tests.seasons import placed, plan, rows, season, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
VENUES = [
    {"id": "V1", "name": "North", "mode": "community"},
    {"id": "V2", "name": "South", "mode": "employer"},
]
PRIORITIES = [{"id": "p1", "name": "1", "rank": 1}, {"id": "p2", "name": "2", "rank": 2}]


def case(
    children: Mapping[str, Mapping[str, Any]],
    classes: Mapping[str, Mapping[str, Any]],
    **tables: Any,  # noqa: ANN401
) -> Scenario:
    """A season of these children (by id) and classes (by id; at V1, with one seat, unless they say other)."""
    given: dict[str, Any] = {
        "days": WEEKS[:1],
        "shifts": [{"id": "AM", "start": "08:00", "end": "12:00"}],
        "venues": VENUES,
        "priorities": PRIORITIES,
        "classes": [{"id": c, "name": c, "venue": "V1", "capacity": 1, **row} for c, row in classes.items()],
        "children": [{"id": c, "name": c, "choices": ["V1"], **row} for c, row in children.items()],
    }
    return season({"season": "case", "points_missing": "rank"}, **{**given, **tables})


def who(scenario: Scenario, *seats: str, running: tuple[str, ...] = ()) -> list[str]:
    """The first members of the units with a claim under a plan of these seats."""
    parts: dict[str, Any] = {"placements": placed(*seats)}
    if running:
        parts["open_classes"] = [{"class": c.split("/")[0], "week": c.split("/")[1]} for c in running]
    return [claim.unit.members[0] for claim in claims(scenario, plan(**parts))]


Table = dict[str, dict[str, Any]]
"""Rows by id: what they say other than `case` does."""

FIRST: dict[str, Any] = {"priority": "p1"}
SECOND: dict[str, Any] = {"priority": "p2"}


def test_a_free_seat_and_a_seat_of_lower_standing_are_claimed_an_equal_one_is_not() -> None:
    one_seat = case({"a": FIRST, "b": SECOND, "c": SECOND}, {"C1": {}})
    assert who(one_seat, "b@C1") == ["a"]
    assert who(one_seat, "a@C1") == []
    assert who(case({"b": SECOND, "c": SECOND}, {"C1": {}}), "b@C1") == []
    assert who(case({"b": SECOND, "c": SECOND}, {"C1": {"capacity": 2}}), "b@C1") == ["c"]


def test_the_seats_of_an_empty_class_are_free_seats() -> None:
    # else a class could be left empty to be rid of a claim
    assert who(case({"a": FIRST}, {"C1": {}})) == ["a"]
    assert who(case({"a": FIRST}, {"C1": {}}), running=("C1/1",)) == ["a"]


def test_no_claim_on_an_empty_class_that_is_optional_closed_or_withheld() -> None:
    optional = {"C1": {"optional": True, "min_children": 1}}
    assert who(case({"a": FIRST}, optional)) == []
    closed = [{"id": "L", "kind": "close", "class_": "C1"}]
    assert who(case({"a": FIRST}, {"C1": {}}, locks=closed)) == []
    closures = [{"class_": "C1", "from_": "2024-07-15", "to": "2024-07-15"}]
    assert who(case({"a": FIRST}, {"C1": {}}, closures=closures)) == []
    withheld = Plan().with_(withheld=({"class": "C1", "week": "1"},))
    assert list(claims(case({"a": FIRST}, {"C1": {}}), withheld)) == []


def test_two_parallel_classes_are_filled_by_standing_taken_together() -> None:
    # a could be in C1 or C2: it stands before c, so it claims c's seat in C2 though C1 is full of its like
    both = case({"a": FIRST, "b": FIRST, "c": SECOND}, {"C1": {}, "C2": {}})
    assert who(both, "b@C1", "c@C2") == ["a"]
    assert who(both, "b@C1", "a@C2") == []
    # a choice between parallel classes by name is a preference; equals do not yield to it
    named = case({"a": {**FIRST, "choices": ["C1", "C2"]}, "b": FIRST}, {"C1": {}, "C2": {}})
    assert who(named, "a@C2", "b@C1") == []


def test_a_full_venue_with_a_half_empty_class() -> None:
    # three seats in C1 but the venue holds two: a displaces the lowest anywhere in the venue, here in C2
    venues = [{**VENUES[0], "capacity": 2}, VENUES[1]]
    children: Table = {"a": {**FIRST, "choices": ["C1"]}, "b": FIRST, "c": SECOND}
    full = case(children, {"C1": {"capacity": 3}, "C2": {}}, venues=venues)
    assert who(full, "b@C1", "c@C2") == ["a"]
    # when both hold their places against a, the free seats of C1 are none
    equals = case({**children, "c": FIRST}, {"C1": {"capacity": 3}, "C2": {}}, venues=venues)
    assert who(equals, "b@C1", "c@C2") == []
    # whoever is there already may move to the half-empty class: its own place counts as free
    moving = case(
        {**children, "c": {**FIRST, "choices": ["C1", "C2"]}},
        {"C1": {"capacity": 3}, "C2": {}},
        venues=venues,
    )
    assert who(moving, "b@C1", "c@C2") == ["c"]


def test_shifts_share_a_venue_only_when_both_are_held() -> None:
    venues = [{**VENUES[0], "capacity": 1}, VENUES[1]]
    shifts = [
        {"id": "AM", "start": "08:00", "end": "12:00"},
        {"id": "PM", "start": "14:00", "end": "17:00"},
    ]
    children: Table = {"a": {**FIRST, "choices": ["C1"]}, "b": {**FIRST, "choices": ["C2"]}}
    apart = case(children, {"C1": {"shifts": ["AM"]}, "C2": {"shifts": ["PM"]}}, venues=venues, shifts=shifts)
    assert who(apart, "b@C2", running=("C1/1", "C2/1")) == ["a"]
    together = case(children, {"C1": {}, "C2": {"shifts": ["PM"]}}, venues=venues, shifts=shifts)
    assert who(together, "b@C2", running=("C1/1", "C2/1")) == []


def test_an_optional_class_that_a_claim_would_empty() -> None:
    # b would rather be at V2, but then C1 has one child, its minimum is two
    optional: Table = {
        "C1": {"capacity": 2, "optional": True, "min_children": 2},
        "C2": {"venue": "V2", "capacity": 2},
    }
    children: Table = {"a": FIRST, "b": {"choices": ["V2", "V1"]}, "c": {"choices": ["V2"]}}
    assert who(case(children, optional), "a@C1", "b@C1", "c@C2") == []
    # with one child more in C1, or where C1 is not optional, b may leave
    three: Table = {"C1": {**optional["C1"], "capacity": 3}, "C2": optional["C2"]}
    more: Table = {**children, "d": FIRST}
    assert who(case(more, three), "a@C1", "b@C1", "d@C1", "c@C2") == ["b"]
    always: Table = {"C1": {"capacity": 2, "min_children": 2}, "C2": optional["C2"]}
    assert who(case(children, always), "a@C1", "b@C1", "c@C2") == ["b"]


def test_a_full_venue_may_not_displace_from_an_optional_class_at_its_minimum() -> None:
    # the venue is full: two low children in the optional C1 (minimum two), a could only displace them
    venues = [{**VENUES[0], "capacity": 2}, VENUES[1]]
    children: Table = {"a": {**FIRST, "choices": ["C2"]}, "b": SECOND, "c": SECOND}
    classes: Table = {"C1": {"capacity": 2, "optional": True, "min_children": 2}, "C2": {}}
    assert who(case(children, classes, venues=venues), "b@C1", "c@C1", running=("C1/1", "C2/1")) == []
    # in the full class itself it is one for one
    inside: Table = {**children, "a": {**FIRST, "choices": ["C1"]}}
    assert who(case(inside, classes, venues=venues), "b@C1", "c@C1") == ["a"]


def test_a_class_locked_open_keeps_one() -> None:
    children: Table = {"a": {"choices": ["V2", "V1"]}, "b": {"choices": ["V2"]}}
    classes: Table = {"C1": {}, "C2": {"venue": "V2", "capacity": 2}}
    locks = [{"id": "L", "kind": "open", "class_": "C1"}]
    assert who(case(children, classes), "a@C1", "b@C2") == ["a"]
    assert who(case(children, classes, locks=locks), "a@C1", "b@C2") == []


def test_siblings_bound_by_must_stand_where_the_better_one_does() -> None:
    # together a (first) and b (second) claim both seats of C1 from c and d (both second)
    siblings = {"family": "F", "siblings": "must"}
    children: Table = {"a": {**FIRST, **siblings}, "b": {**SECOND, **siblings}, "c": SECOND, "d": SECOND}
    season_ = case(children, {"C1": {"capacity": 2}})
    assert who(season_, "c@C1", "d@C1") == ["a"]
    assert who(season_, "a@C1", "b@C1") == []
    # one seat is not enough for both, so they have no claim to it
    assert who(case(children, {"C1": {}}), "c@C1") == []
    # e (first) keeps its seat against them
    against = case({**children, "e": FIRST}, {"C1": {"capacity": 2}})
    assert who(against, "e@C1", "c@C1") == []


def test_a_unit_claims_nothing_that_makes_a_member_worse_off() -> None:
    # at V2 b would gain (its first choice) but a would lose (its second)
    siblings = {"family": "F", "siblings": "must"}
    children: Table = {
        "a": {"choices": ["V1", "V2"], **siblings},
        "b": {"choices": ["V2", "V1"], **siblings},
        "x": {"choices": ["V2"]},
    }
    classes: Table = {"C1": {"capacity": 2}, "C2": {"venue": "V2", "capacity": 3}}
    assert who(case(children, classes), "a@C1", "b@C1", "x@C2") == []


@pytest.mark.parametrize(
    ("stay", "seats", "claims_it"),
    [
        # V1 has a free seat in week 2, V2 in both weeks; a holds V1 in week 1
        ("steady", ("a@C1/1", "x@C1/2", "y@C2/1", "y@C2/2"), True),  # two weeks at V2 before one at V1
        ("whole", ("x@C1/1", "x@C1/2", "y@C2/1"), True),  # all of V2's weeks
        ("weeks", ("a@C1/1", "x@C1/2", "y@C2/1", "y@C2/2"), True),  # V2 in week 2 above nothing
        ("weeks", ("a@C1/1", "a@C2/2", "x@C1/2", "y@C2/1"), False),  # x has the seat it would rather have
        ("steady", ("a@C2/1", "a@C2/2", "x@C1/1", "y@C1/2"), False),
        ("steady", ("a@C1/1", "x@C1/2", "y@C2/1", "z@C2/1", "y@C2/2"), False),  # V2 is full in week 1
        ("whole", ("x@C1/1", "x@C1/2", "y@C2/1", "z@C2/1", "y@C2/2"), False),  # not whole, so nothing
    ],
)
def test_steady_against_whole_against_weeks(stay: str, seats: tuple[str, ...], claims_it: bool) -> None:
    children: Table = {
        "a": {"choices": ["V1", "V2"], "stay": stay},
        **{other: {"choices": ["V1", "V2"], "stay": "weeks", "weeks": ["1", "2"]} for other in "xyz"},
    }
    classes: Table = {"C1": {}, "C2": {"venue": "V2", "capacity": 2}}
    running = ("C1/1", "C1/2", "C2/1", "C2/2")
    assert ("a" in who(case(children, classes, days=WEEKS), *seats, running=running)) is claims_it


def test_points_for_some_only() -> None:
    # b has points at V1, a is first by rank only: behind b there
    season_ = case({"a": FIRST, "b": SECOND}, {"C1": {}}, points=[{"child": "b", "venue": "V1", "points": 1}])
    assert who(season_, "b@C1") == []
    assert who(season_, "a@C1") == ["b"]


def test_foes_of_lower_standing_are_displaced_others_block() -> None:
    children: Table = {"a": {**FIRST, "apart": ["b"]}, "b": SECOND}
    assert who(case(children, {"C1": {"capacity": 2}}), "b@C1") == ["a"]
    equals: Table = {"a": {**FIRST, "apart": ["b"]}, "b": FIRST}
    assert who(case(equals, {"C1": {"capacity": 2}}), "b@C1") == []


def test_who_is_placed_by_a_lock_makes_and_suffers_no_claim() -> None:
    locks = [{"id": "L", "kind": "place", "child": "b", "class_": "C1"}]
    assert who(case({"a": FIRST, "b": SECOND}, {"C1": {}}, locks=locks), "b@C1") == []
    better = case({"a": FIRST, "b": {"choices": ["V2"]}}, {"C1": {}, "C2": {"venue": "V2"}}, locks=locks)
    assert who(better, "b@C1", running=("C1/1", "C2/1")) == []


def test_a_child_kept_out_by_hand_claims_nothing_there() -> None:
    locks = [{"id": "L", "kind": "keep_out", "child": "a", "class_": "C1"}]
    assert who(case({"a": FIRST, "b": SECOND}, {"C1": {}}, locks=locks), "b@C1") == []


def test_weeks_that_have_begun_give_no_claim() -> None:
    # a is first and has nothing; week 1 has begun, in week 2 it may still claim
    season_ = case({"a": FIRST, "b": SECOND}, {"C1": {}}, days=WEEKS)
    begun = plan(placements=placed("b@C1/1", "b@C1/2")).with_(as_of="2024-07-22")
    assert [dict(claim.outcome) for claim in claims(season_, begun)] == [{"a": {"2": "C1"}}]
    assert {row.week for row in waiting(season_, begun)} == {"2"}


def test_a_stay_that_has_begun_binds_to_its_venue() -> None:
    # a has week 1 at V2; V1, its first choice, is free in week 2, but it can no longer begin there
    classes = {"C1": {}, "C2": {"venue": "V2", "weeks": ["1"]}}
    season_ = case({"a": {"choices": ["V1", "V2"]}}, classes, days=WEEKS)
    seats = {"placements": placed("a@C2/1"), "open_classes": [{"class": "C1", "week": "2"}]}
    begun = plan(**seats).with_(as_of="2024-07-22")
    assert list(claims(season_, begun)) == []


def test_nonsense_rows_raise_nothing() -> None:
    wild = plan(placements=placed("zz@C1", "a@C9", "a@C1/99", "a@C1", "a@C2"), open_classes=[])
    assert [claim.unit.members for claim in claims(tiny(), wild)] == [("b",), ("c",)]  # seats are free
    waiting(tiny(), wild)
    envy(tiny(), wild)


def test_waiting_lists_are_by_standing_then_draw_and_pass_nobody_over() -> None:
    children = {"a": SECOND, "b": SECOND, "c": FIRST, "d": FIRST}
    season_ = case(children, {"C1": {}})
    rows_ = waiting(season_, plan(placements=placed("d@C1")))
    by_draw = sorted("ab", key=lambda child: season_.draws[child])
    assert [(row.child, row.position) for row in rows_] == [("c", 1), (by_draw[0], 2), (by_draw[1], 3)]


def test_who_has_a_seat_waits_for_better_ones_only() -> None:
    # b is at its second choice; it waits for C1 (first), not for C2 nor for anything worse
    season_ = tiny()
    rows_ = waiting(season_, plan(placements=placed("a@C1", "c@C1", "b@C2")))
    assert [(row.child, row.class_) for row in rows_] == [("b", "C1")]


def test_a_stay_waits_for_the_weeks_it_lacks_and_for_better_venues() -> None:
    children = {"a": {"choices": ["V1", "V2"]}}
    classes = {"C1": {}, "C2": {"venue": "V2"}}
    season_ = case(children, classes, days=WEEKS)
    rows_ = waiting(season_, plan(placements=placed("a@C1/1")))
    # week 2 at V1, or both weeks at V2; it has week 1 at V1 already
    assert [(row.class_, row.week) for row in rows_] == [("C1", "2"), ("C2", "1"), ("C2", "2")]


def test_the_list_of_a_class_that_stays_closed_tells_how_many_would_come() -> None:
    optional = {"C1": {"capacity": 5, "optional": True, "min_children": 3}}
    rows_ = waiting(case({"a": FIRST, "b": FIRST}, optional), Plan())
    assert {row.child for row in rows_} == {"a", "b"}
    closed = [{"id": "L", "kind": "close", "class_": "C1"}]
    assert waiting(case({"a": FIRST, "b": FIRST}, optional, locks=closed), Plan()) == ()


def test_siblings_who_cannot_be_seated_together_keep_their_places_in_the_list() -> None:
    siblings = {"family": "F", "siblings": "must"}
    children = {"a": {**FIRST, **siblings}, "b": {**SECOND, **siblings}, "c": SECOND}
    rows_ = waiting(case(children, {"C1": {"capacity": 2}}), plan(placements=placed("c@C1")))
    # b stands with its sister before all of the second rank
    assert {row.child for row in rows_} == {"a", "b"}


def test_envy_names_a_member_that_would_gain_and_why() -> None:
    found = envy(tiny(), plan(placements=placed("b@C1", "c@C1")))
    assert [(row.child, row.week, row.class_, row.reason) for row in found] == [
        ("a", "1", "C1", "others_bound")
    ]
    bound = tiny(
        children=rows(
            "children", a={"family": "F", "siblings": "must"}, b={"family": "F", "priority": "first"}
        )
    )
    found = envy(bound, plan(placements=placed("c@C1")))
    assert found[0].reason == "bound_unit"


@pytest.mark.parametrize("chunk", range(6))
def test_claims_agree_with_the_definition_on_random_plans(chunk: int) -> None:
    with_claims = without = 0
    for seed in range(chunk * 15, chunk * 15 + 15):
        scenario = random_season(seed, children=3 + seed % 2, weeks=1 + seed // 2 % 2)
        plans = [p for p in islice(sensible_plans(scenario), 1500) if hard_rules_kept(scenario, p)]
        # few plans leave no claim, and most of those have nearly all children placed: look for some
        fullest = sorted(plans, key=lambda candidate: -len(candidate.placements))[:20]
        for candidate in [*plans[seed % 37 :: 37][:30], *fullest]:
            expected = claimants(scenario, candidate)
            assert {claim.unit.members for claim in claims(scenario, candidate)} == expected, seed
            with_claims += bool(expected)
            without += not expected
    assert with_claims > 20
    assert without > 5
