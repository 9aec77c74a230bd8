"""A child's explanation for the coordinator: what it got, why not better, what would have changed it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer import Telling, explain
from scheduler.explainer.lines import ClassWeeks, Extra, Stand, Thing, Word
from scheduler.locale import catalogue
from tests.explainer.told import ids, in_all_languages, text
from tests.seasons import placed, plan, rows, tiny

# C1 at V1 holds two; a (rank 1) and c (rank 2) sit there, so b (rank 2, wants V1, then V2) is at C2
FULL = {"placements": placed("a@C1", "b@C2", "c@C1")}


def waiting(*rows: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [{"class": c, "week": "1", "child": child, "position": n} for c, child, n in rows]


def test_a_child_with_its_first_choice_is_told_no_reason() -> None:
    found = explain(tiny(), plan(**FULL), "child:a")
    assert "child.seat" in ids(found)
    assert not [id for id in ids(found) if id.startswith(("why.", "change."))]


def test_a_full_class_is_told_with_its_cut_off_and_the_own_standing() -> None:
    found = explain(tiny(), plan(**FULL), "child:b")
    full = next(line for line in found.lines if line.id == "why.full")
    assert (full.parameters["taken"], full.parameters["seats"]) == (2, 2)
    cut_off = next(line for line in found.lines if line.id == "why.cut_off")
    # the last by standing is c: rank 2 as b itself, so b has no claim to the seat
    assert cut_off.parameters["last"] == Thing("child", "c")
    assert cut_off.parameters["stand"] == cut_off.parameters["mine"] == Stand("rank", 0.0, 2, False, "")
    seated = next(line for line in found.lines if line.id == "why.seated").parameters
    assert (seated["higher"], seated["equal"], seated["lower"]) == (1, 1, 0)
    assert "child.equal" in ids(found)
    assert "why.lower" not in ids(found)
    told = text(tiny(), plan(**FULL), "child:b")
    assert "c (Chen)" in told  # the coordinator reads ids with names


def test_whose_turn_one_more_seat_would_be() -> None:
    # d (last rank: 2, as b) waits before b: one seat more gives b a claim, but d may take it first
    season = tiny(children=rows("children", d={"name": "Dan"}))
    queue = waiting(("C1", "d", 1), ("C1", "b", 2))
    found = explain(season, plan(**FULL, waitlist=queue), "child:b")
    waits = next(line for line in found.lines if line.id == "child.waits")
    assert (waits.parameters["n"], waits.parameters["of"], waits.parameters["weeks"]) == (2, 2, ("1",))
    more = next(line for line in found.lines if line.id == "change.one")
    assert more.parameters["extra"] == Extra("seat", 1, "V1")
    assert more.parameters["seats"] == (ClassWeeks("C1", ("1",)),)
    assert next(line for line in found.lines if line.id == "change.behind").parameters["n"] == 1
    # d has no use for C1 if it already has it better: then it would be b's turn
    season = tiny(children=rows("children", d={"name": "Dan", "choices": ["C2", "C1"]}))
    seats = [*FULL["placements"], *placed("d@C2")]
    found = explain(season, plan(placements=seats, waitlist=queue), "child:b")
    assert "change.its_turn" in ids(found)


def test_a_seat_held_by_lower_standing_is_told_as_a_claim() -> None:
    # b and c (rank 2) hold C1, a (rank 1) has nothing: a claim, which the plan may declare or not
    given = plan(placements=placed("b@C1", "c@C1"))
    found = ids(explain(tiny(), given, "child:a"))
    assert "why.lower" in found
    assert "why.claim" in found
    envy = [{"child": "a", "week": "1", "class": "C1", "reason": "others_bound"}]
    declared = ids(explain(tiny(), given.with_(envy=envy), "child:a"))
    assert "why.claim_declared" in declared
    assert "child.claim" in declared


def test_a_free_seat_that_nothing_bars_is_a_claim() -> None:
    given = plan(placements=placed("a@C1", "b@C2"))
    found = explain(tiny(), given, "child:c")
    assert [line.parameters["class"] for line in found.lines if line.id == "why.free"] == [
        Thing("class", "C1"),
        Thing("class", "C2"),
    ]


def test_a_child_put_somewhere_by_a_lock_makes_no_claim() -> None:
    season = tiny(locks=[{"id": "L1", "kind": "place", "child": "c", "class_": "C2", "week": "1"}])
    found = ids(explain(season, plan(placements=placed("c@C2")), "child:c"))
    assert "child.seat_locked" in found
    assert "why.locked_elsewhere" in found
    assert "change.locked" in found
    assert "change.nothing" not in found


def test_who_sits_by_a_lock_with_lower_standing_is_told() -> None:
    season = tiny(locks=[{"id": "L1", "kind": "place", "child": "c", "class_": "C1"}])
    found = explain(season, plan(placements=placed("b@C1", "c@C1")), "child:a")
    locked = next(line for line in found.lines if line.id == "why.lower_locked")
    assert locked.parameters["children"] == (Thing("child", "c"),)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"classes": rows("classes", C1={"min_age": 9})}, "why.age"),  # b is 8 on 15 July 2024
        ({"classes": rows("classes", C1={"min_grade": 4})}, "why.grade"),  # b names no grade
        ({"venues": rows("venues", V1={"only_for": ["Mill"]})}, "why.employer"),
    ],
)
def test_a_choice_that_is_not_for_the_child_is_told_under_what_it_asked(
    change: dict[str, Any], reason: str
) -> None:
    found = ids(explain(tiny(**change), plan(placements=placed("b@C2")), "child:b"))
    assert found.index(reason) < found.index("child.got")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"classes": rows("classes", C1={"weeks": ["2"]})}, "why.not_offered"),
        (
            {"closures": [{"class_": "C1", "from_": "2024-07-15", "to": "2024-07-16", "reason": "paint"}]},
            "why.closed",
        ),
        ({"locks": [{"id": "L", "kind": "keep_out", "child": "b", "class_": "C1"}]}, "why.kept_out"),
        ({"locks": [{"id": "L", "kind": "close", "class_": "C1"}]}, "why.locked_shut"),
        ({"classes": rows("classes", C1={"optional": True, "min_children": 2})}, "why.too_few"),
        ({}, "why.free"),  # a class that is idle for want of children is open to claims
    ],
)
def test_why_a_class_offers_no_seat(change: dict[str, Any], reason: str) -> None:
    season = tiny(**change)
    assert reason in ids(explain(season, plan(placements=placed("b@C2")), "child:b"))
    in_all_languages(season, plan(placements=placed("b@C2")), "child:b")


def test_too_few_tells_how_many_are_short() -> None:
    season = tiny(classes=rows("classes", C1={"optional": True, "min_children": 3}))
    given = plan(placements=placed("b@C2"), waitlist=waiting(("C1", "a", 1), ("C1", "b", 2)))
    found = explain(season, given, "child:b")
    # two wait for a class that needs three: one short
    short = next(line for line in found.lines if line.id == "change.children")
    assert short.parameters["short"] == 1


def test_a_full_venue_with_a_half_empty_class() -> None:
    season = tiny(venues=rows("venues", V1={"capacity": 1}))
    found = explain(season, plan(placements=placed("a@C1", "b@C2")), "child:b")
    full = next(line for line in found.lines if line.id == "why.venue_full")
    assert (full.parameters["n"], full.parameters["most"]) == (1, 1)
    more = next(line for line in found.lines if line.id == "change.one")
    assert more.parameters["extra"] == Extra("room", 1, "V1")


def test_a_full_class_in_a_full_venue_needs_both() -> None:
    season = tiny(venues=rows("venues", V1={"capacity": 2}))
    found = explain(season, plan(**FULL), "child:b")
    assert {"why.full", "why.venue_full"} <= set(ids(found))
    more = next(line for line in found.lines if line.id == "change.one")
    assert more.parameters["extra"] == Extra("both", 1, "V1")


def test_a_class_of_the_same_venue_is_not_barred_by_a_full_venue() -> None:
    # b is at V1 already, in its second choice C3: going over to C1 brings nobody more to the venue
    season = tiny(
        venues=rows("venues", V1={"capacity": 2}),
        classes=rows("classes", C3={"name": "Cat", "venue": "V1", "capacity": 2}),
        children=rows("children", b={"choices": ["C1", "C3"]}),
    )
    found = ids(explain(season, plan(placements=placed("a@C1", "b@C3")), "child:b"))
    assert "why.venue_full" not in found
    assert "why.free" in found


def test_a_foe_of_equal_standing_bars_the_class() -> None:
    season = tiny(children=rows("children", b={"apart": ["c"]}))
    found = explain(season, plan(placements=placed("c@C1", "b@C2")), "child:b")
    apart = next(line for line in found.lines if line.id == "why.apart")
    assert apart.parameters["children"] == (Thing("child", "c"),)


def test_siblings_bound_by_must_need_their_seats_too() -> None:
    bound = {"family": "f", "siblings": "must", "choices": ["V1"], "birth_date": "2016-01-01"}
    season = tiny(children=rows("children", b={**bound}, d={"name": "Dan", **bound}))
    # one seat of C1 is free, and two are needed
    found = explain(season, plan(placements=placed("a@C1")), "child:b")
    assert "child.bound" in ids(found)
    assert "why.full" not in ids(found)
    short = next(line for line in found.lines if line.id == "why.siblings_full")
    assert short.parameters["children"] == (Thing("child", "d"),)
    # with a seat each both could sit: a claim
    empty = plan(open_classes=[{"class": "C1", "week": "1"}])
    assert "why.free" in ids(explain(season, empty, "child:b"))


def test_a_sibling_without_a_class_at_the_venue() -> None:
    bound = {"family": "f", "siblings": "must", "birth_date": "2016-01-01"}
    other = {**bound, "name": "Dan", "choices": ["V2"]}
    season = tiny(children=rows("children", b={**bound, "choices": ["V1"]}, d=other))
    found = explain(season, plan(placements=placed("a@C1")), "child:b")
    assert "why.sibling_unfit" in ids(found)


def test_seats_of_other_venues_are_no_use_to_a_steady_child() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    season = tiny(days=days, children=rows("children", b={"choices": ["V1", "V2"]}))
    given = plan(placements=placed("a@C1/2", "c@C1/2", "b@C2/1", "b@C2/2"))
    found = explain(season, given, "child:b")
    assert "why.stay" in ids(found)  # nobody is at C1 in week 1, so a seat is free there
    # with a there it runs: V1 is b's first choice and free in week 1, but gives one week against two
    running = plan(placements=placed("a@C1/1", "a@C1/2", "c@C1/2", "b@C2/1", "b@C2/2"))
    found = explain(season, running, "child:b")
    assert "why.stay" in ids(found)
    steady = next(line for line in found.lines if line.id == "child.stay_steady")
    assert (steady.parameters["n"], steady.parameters["has"]) == (1, 2)
    # one seat more in week 2 and the whole stay could be at V1
    more = next(line for line in found.lines if line.id == "change.one")
    assert more.parameters["seats"] == (ClassWeeks("C1", ("2",)),)
    # taking each week by itself, it could have the free one at V1 now
    stay = next(line for line in found.lines if line.id == "change.stay")
    assert stay.parameters["seats"] == (ClassWeeks("C1", ("1",)),)
    in_all_languages(season, running, "child:b")


def test_a_whole_stay_that_one_week_cannot_give() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    season = tiny(days=days, children=rows("children", b={"choices": ["V1"], "stay": "whole"}))
    given = plan(placements=placed("a@C1/1", "a@C1/2", "c@C1/2"))
    found = explain(season, given, "child:b")
    assert "why.whole" in ids(found)
    whole = next(line for line in found.lines if line.id == "child.stay_whole")
    assert (whole.parameters["n"], whole.parameters["wanted"]) == (1, 2)


def test_other_venues_with_a_free_seat_are_offered() -> None:
    other = tiny(children=rows("children", a={"choices": ["V1"], "priority": "second"}))
    found = explain(other, plan(placements=placed("b@C1", "c@C1")), "child:a")
    offer = next(line for line in found.lines if line.id == "change.named")
    assert offer.parameters["venue"] == Thing("venue", "V2")
    assert offer.parameters["seats"] == (ClassWeeks("C2", ("1",)),)


@pytest.mark.parametrize(
    ("change", "line"),
    [({"status": "withdrawn"}, "child.withdrawn"), ({"consent": False}, "child.no_consent")],
)
def test_children_that_are_not_processed_say_so(change: dict[str, Any], line: str) -> None:
    season = tiny(children=rows("children", b=change))
    assert ids(explain(season, plan(**FULL), "child:b")) == [line]


def test_points_and_draws_are_part_of_the_standing() -> None:
    season = tiny(
        {"season": "tiny", "ties": "draw", "points_missing": "last"},
        points=[{"child": "b", "venue": "V1", "points": 12.5}],
    )
    found = explain(season, plan(**FULL), "child:b")
    stands = [line.parameters["stand"] for line in found.lines if line.id == "child.standing"]
    draw = season.draws["b"]
    assert Stand("points", 12.5, 2, False, draw) in stands
    told = text(season, plan(**FULL), "child:b")
    assert f"12.5 points, draw {draw[:8]}" in told
    in_all_languages(season, plan(**FULL), "child:b")


def test_the_plan_s_policy_holds() -> None:
    given = plan(**FULL, policy="seats")
    found = ids(explain(tiny(), given, "child:b"))
    assert "child.policy_seats" in found
    assert "why.cut_off" not in found


def changed(season: Scenario, given: Plan, child: str, id: str) -> Mapping[str, object]:
    found = [line.parameters for line in explain(season, given, child).lines if line.id == f"change.{id}"]
    assert len(found) == 1
    return found[0]


def test_a_better_rank_and_more_points_that_would_have_done() -> None:
    # c (rank 2) holds C1 and b, of rank 2 too, does not: rank 1 would displace c
    better = changed(tiny(), plan(**FULL), "child:b", "rank")
    assert (better["rank"], better["seats"]) == (1, (ClassWeeks("C1", ("1",)),))
    assert better["how"] == Word("how", "lower")
    # a has 9 points there, c 7: to pass c is enough
    points = [{"child": child, "venue": "V1", "points": n} for child, n in (("a", 9), ("b", 5), ("c", 7))]
    more = changed(tiny(points=points), plan(**FULL), "child:b", "points")
    assert (more["points"], more["venue"]) == (7, Thing("venue", "V1"))


def test_who_was_late_hears_what_being_in_time_would_have_given() -> None:
    # b stands before c but for having come after the deadline
    kids = rows(
        "children", b={"priority": "first", "submitted_at": "2024-06-02T09:00"}, c={"priority": "first"}
    )
    late = tiny({"season": "tiny", "deadline": "2024-06-01T18:00"}, children=kids)
    # in time it would be c's equal, which is no claim
    assert "change.in_time" not in ids(explain(late, plan(**FULL), "child:b"))
    kids = rows("children", b={"submitted_at": "2024-06-02T09:00"}, c={"submitted_at": "2024-06-03T09:00"})
    season = tiny({"season": "tiny", "deadline": "2024-06-02T12:00"}, children=kids)
    assert "change.in_time" not in ids(explain(season, plan(**FULL), "child:b"))  # it was in time
    given = plan(placements=placed("b@C1", "a@C1", "c@C2"))
    assert "change.in_time" not in ids(explain(season, given, "child:c"))  # b would still be its equal


def test_in_time_before_one_that_is_late_as_well() -> None:
    # everyone is late; a, with a seat, is of rank 2 too here: in time b would stand before both
    moment = "2024-06-02T09:00"
    late = {child: {"submitted_at": moment, "priority": "second"} for child in "abc"}
    season = tiny({"season": "tiny", "deadline": "2024-06-01T18:00"}, children=rows("children", **late))
    found = changed(season, plan(**FULL), "child:b", "in_time")
    assert found["seats"] == (ClassWeeks("C1", ("1",)),)


def test_siblings_that_need_not_be_together_would_have_a_seat() -> None:
    bound = {"family": "f", "siblings": "must", "choices": ["V1"], "birth_date": "2016-01-01"}
    season = tiny(children=rows("children", b={**bound}, d={"name": "Dan", **bound}))
    found = changed(season, plan(placements=placed("a@C1")), "child:b", "apart")
    assert (found["seats"], found["how"]) == ((ClassWeeks("C1", ("1",)),), Word("how", "free"))
    # together they would need one seat more
    more = changed(season, plan(placements=placed("a@C1")), "child:b", "one")
    assert more["extra"] == Extra("seat", 1, "V1")


def test_nothing_that_was_tried_is_said_too() -> None:
    # C1 is closed by hand, and b would have nothing else
    locks = [{"id": "L", "kind": "close", "class_": "C1"}]
    season = tiny(locks=locks, children=rows("children", b={"choices": ["C1"]}), classes=rows("classes")[:1])
    assert "change.nothing" in ids(explain(season, plan(), "child:b"))


def test_where_seats_come_first_nobody_is_told_of_claims() -> None:
    given = plan(placements=placed("b@C1", "c@C1"), policy="seats")
    found = ids(explain(tiny(), given, "child:a"))  # both seats are held by lower standing
    assert "change.title_seats" in found
    assert not {"change.rank", "change.points", "why.claim", "child.equal"} & set(found)


def test_machines_read_what_would_have_changed_it_as_ids() -> None:
    found = explain(tiny(), plan(**FULL), "child:b")
    data = json.loads(json.dumps(Telling(catalogue("en"), tiny()).data(found)))
    more = next(line["parameters"] for line in data["lines"] if line["id"] == "change.one")
    assert more["seats"] == [{"class": "C1", "weeks": ["1"]}]
    assert more["extra"] == {"kind": "seat", "n": 1, "venue": "V1"}
