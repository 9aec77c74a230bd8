"""The outlook on seasons so small that the answer is plain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from scheduler.domain.outlook import Gain, Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.settings import Policy
from scheduler.rules import Rulebook
from scheduler.solver.door import Contradiction, Limits, Request, Stop
from scheduler.solver.outlook import outlook
from scheduler.solver.placement import solve
from tests.placement_seasons import random_season
from tests.seasons import placed, plan, season

TWO_WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
ONE_WEEK = TWO_WEEKS[:1]
LIMITS = Limits(seconds=30, workers=1)
SHIFTS = [{"id": "AM", "start": "08:00", "end": "12:00"}]


def kids(number: int, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - columns of the table
    """So many children who name V1."""
    return [{"id": f"k{i:02}", "name": f"Kid {i}", "choices": ["V1"], **more} for i in range(number)]


def hall(policy: str = "seats", **tables: Any) -> Scenario:  # noqa: ANN401 - the tables' rows
    """One venue, V1, with one class of five seats, unless told otherwise."""
    given: dict[str, Any] = {
        "days": ONE_WEEK,
        "shifts": SHIFTS,
        "venues": [{"id": "V1", "name": "North", "mode": "community"}],
        "classes": [{"id": "C1", "name": "Ant", "venue": "V1", "capacity": 5}],
        **tables,
    }
    return season({"season": "hall", "policy": policy}, **given)


def solved(scenario: Scenario, **more: Any) -> Plan:  # noqa: ANN401 - the solve's own arguments
    opening = Plan(policy=scenario.settings.policy)
    answer = solve(Request(scenario, Rulebook(scenario.settings), opening, LIMITS), **more)
    return answer.plan.with_(stages=(answer.stage,))


def looked(scenario: Scenario, made: Plan | None = None) -> Outlook:
    return outlook(scenario, made or solved(scenario), LIMITS)


def of_kind(found: Outlook, kind: str) -> list[Gain]:
    return [gain for gain in found.gains if gain.kind == kind]


# ---- seats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_one_more_seat_gives_one_child_week_a_week(policy: str) -> None:
    # nine children for five seats in both weeks: a sixth seat is taken twice
    found = looked(hall(policy, days=TWO_WEEKS, children=kids(9)))
    assert (found.wanted, found.placed, found.best) == (18, 10, 10)
    [seat] = of_kind(found, "seat")
    assert (seat.class_, seat.more, seat.weeks) == ("C1", 1, ("1", "2"))
    assert (seat.found, seat.most, seat.proven) == (2, 2, True)
    # a second class of five takes the four who are left, in both weeks
    [class_] = of_kind(found, "class")
    assert (class_.class_, class_.venue, class_.more, class_.weeks) == (None, "V1", 5, ("1", "2"))
    assert (class_.found, class_.proven) == (8, True)
    assert class_.came in (4, 5)  # who of the nine sits in which class is all the same


def test_a_room_with_places_left_offers_them_all() -> None:
    rooms = [{"id": "R1", "venue": "V1", "capacity": 8}]
    classes = [{"id": "C1", "name": "Ant", "venue": "V1", "room": "R1", "capacity": 5}]
    [seat] = of_kind(looked(hall(rooms=rooms, classes=classes, children=kids(9))), "seat")
    assert (seat.more, seat.found, seat.room_needs) == (3, 3, None)


def test_no_more_seats_are_proposed_than_are_filled() -> None:
    # the room holds three more, but only one child is left over: one seat gives all there is to gain
    rooms = [{"id": "R1", "venue": "V1", "capacity": 8}]
    classes = [{"id": "C1", "name": "Ant", "venue": "V1", "room": "R1", "capacity": 5}]
    [seat] = of_kind(looked(hall(rooms=rooms, classes=classes, children=kids(6))), "seat")
    assert (seat.more, seat.found, seat.most, seat.room_needs) == (1, 1, 1, None)


def test_a_full_room_must_be_wider_and_its_other_class_gains_nothing() -> None:
    # C1 and C2 share the room in different weeks; only week 1 is short of seats
    rooms = [{"id": "R1", "venue": "V1", "capacity": 5}]
    classes = [
        {"id": "C1", "name": "Ant", "venue": "V1", "room": "R1", "capacity": 5, "weeks": ["1"]},
        {"id": "C2", "name": "Bee", "venue": "V1", "room": "R1", "capacity": 9, "weeks": ["2"]},
    ]
    found = looked(hall(days=TWO_WEEKS, rooms=rooms, classes=classes, children=kids(9, stay="weeks")))
    seats = {gain.class_: gain for gain in of_kind(found, "seat")}
    assert (seats["C1"].room_needs, seats["C1"].weeks, seats["C1"].found) == (6, ("1",), 1)


def test_who_stays_all_weeks_or_none_needs_a_seat_in_each() -> None:
    # six children want both weeks or nothing; five seats, but in week 2 five others hold two of them:
    # three can have both weeks; one seat more gives one more child both, two child-weeks
    children = [*kids(6, stay="whole"), *kids(2, stay="weeks", weeks=["2"])[:2]]
    for number, row in enumerate(children):
        children[number] = {**row, "id": f"w{number}"}
    found = looked(hall(days=TWO_WEEKS, children=children))
    # ten seats: five children both weeks (10); or four both weeks and one alone in week 2 (9)
    assert found.placed == 10
    [seat] = of_kind(found, "seat")
    assert (seat.found, seat.most) == (2, 2)


def test_the_venue_binds_and_not_the_class() -> None:
    # two classes of five, but the venue holds seven: more room in a class is no use, more at once is
    venues = [{"id": "V1", "name": "North", "mode": "community", "capacity": 7}]
    classes = [{"id": id, "name": id, "venue": "V1", "capacity": 5} for id in ("C1", "C2")]
    found = looked(hall(venues=venues, classes=classes, children=kids(9)))
    assert found.placed == 7
    [wider] = of_kind(found, "venue_seat")
    # the classes have three seats more, but only two children are left
    assert (wider.more, wider.venue_needs, wider.found, wider.class_) == (2, 9, 2, None)
    assert all(gain.venue_needs for gain in found.gains)


def test_class_and_venue_bind_together() -> None:
    # the class is as large as the venue: a seat more needs both, and says so
    venues = [{"id": "V1", "name": "North", "mode": "community", "capacity": 5}]
    found = looked(hall(venues=venues, children=kids(9)))
    [seat] = of_kind(found, "seat")
    assert (seat.more, seat.venue_needs, seat.found) == (1, 6, 1)
    [class_] = of_kind(found, "class")
    assert (class_.venue_needs, class_.found) == (10, 4)
    assert not of_kind(found, "venue_seat")


# ---- classes -------------------------------------------------------------------------------------


def test_the_next_class_opens_where_its_ages_are_left_out() -> None:
    # V1 has no class for those of ten, V2 has one that is full: both are told, each with the right ages
    venues = [{"id": id, "name": id, "mode": "community"} for id in ("V1", "V2")]
    classes = [
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 9, "min_age": 6, "max_age": 8},
        {"id": "C2", "name": "Bee", "venue": "V2", "capacity": 3, "min_age": 9, "max_age": 12},
    ]
    young = kids(4, birth_date="2017-01-01")
    old = [
        {**row, "id": f"o{i}", "choices": ["V1", "V2"]}
        for i, row in enumerate(kids(5, birth_date="2014-01-01"))
    ]
    found = looked(hall(venues=venues, classes=classes, children=[*young, *old]))
    assert found.placed == 7
    told = {(gain.venue, gain.min_age, gain.max_age): gain.found for gain in of_kind(found, "class")}
    assert told == {("V1", 9, 12): 2, ("V2", 9, 12): 2}


def test_a_new_class_is_offered_only_in_the_weeks_it_helps() -> None:
    children = [*kids(5), *({**row, "id": f"x{i}", "weeks": ["2"]} for i, row in enumerate(kids(3)))]
    [class_] = of_kind(looked(hall(days=TWO_WEEKS, children=children)), "class")
    assert (class_.weeks, class_.found) == (("2",), 3)
    # who of the eight sits in which of the two classes of five is all the same: three to five in the new one
    assert class_.came is not None
    assert 3 <= class_.came <= 5


def test_nobody_comes_to_a_class_that_nobody_named() -> None:
    # all name the class itself: a new one at its venue is not what they asked for
    found = looked(hall(children=kids(9, choices=["C1"])))
    assert not of_kind(found, "class")
    assert of_kind(found, "seat")[0].found == 1


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_an_optional_class_that_misses_two(policy: str) -> None:
    # eight name C2, which runs with ten
    classes = [
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 5},
        {"id": "C2", "name": "Bee", "venue": "V1", "capacity": 20, "min_children": 10, "optional": True},
    ]
    found = looked(hall(policy, classes=classes, children=kids(8, choices=["C2"])))
    assert found.placed == 0
    [opened] = of_kind(found, "open")
    assert (opened.class_, opened.found, opened.came, opened.missing) == ("C2", 8, 8, 2)
    assert found.best == 0  # the relaxation knows that it cannot run


def test_adults_for_a_class_that_lacks_them() -> None:
    scenario = hall(
        children=kids(4),
        needs=[{"id": "two", "role": "volunteer", "per_class": 2}],
        staff=[],
    )
    made = solved(scenario, withheld=frozenset({("C1", "1")}))
    assert made.kept_back == {("C1", "1")}
    assert not made.placements
    [staffed] = of_kind(looked(scenario, made), "adults")
    assert (staffed.class_, staffed.weeks, staffed.found, staffed.adults) == ("C1", ("1",), 4, 2)


# ---- fairness ------------------------------------------------------------------------------------


def blocked(policy: str) -> Scenario:
    """First-rank child a wants both weeks or none, b and c one week each of the same single seat."""
    children = [
        {"id": "a", "name": "A", "choices": ["C1"], "priority": "first", "weeks": ["1"]},
        {"id": "b", "name": "B", "choices": ["C1", "C2"], "priority": "second", "weeks": ["1"]},
        {"id": "c", "name": "C", "choices": ["C2"], "priority": "third", "weeks": ["1"]},
        {
            "id": "d",
            "name": "D",
            "choices": ["C2"],
            "priority": "first",
            "stay": "whole",
            "weeks": ["1", "2"],
        },
    ]
    return hall(
        policy,
        days=TWO_WEEKS,
        venues=[{"id": id, "name": id, "mode": "community"} for id in ("V1", "V2")],
        classes=[
            {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 1},
            {"id": "C2", "name": "Bee", "venue": "V2", "capacity": 1},
        ],
        priorities=[
            {"id": id, "name": id, "rank": rank} for rank, id in enumerate(("first", "second", "third"), 1)
        ],
        children=children,
    )


@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_the_two_policies_side_by_side(policy: str) -> None:
    # single children of one week each, ranks 1, 2, 3: fair gives C1 to a, C2 to d for both weeks
    found = looked(blocked(policy)).fairness
    assert found is not None
    assert found.proven
    assert (found.fair.policy, found.seats.policy) == ("fair", "seats")
    assert found.fair.claims == 0
    assert found.price == found.seats.placed - found.fair.placed >= 0
    assert [row.rank for row in found.fair.ranks] == [1, 2, 3]
    assert sum(row.placed for row in found.seats.ranks) == found.seats.placed
    assert sum(found.fair.choices.values()) == found.fair.placed


def costly(policy: str) -> Scenario:
    """One seat of one week: a of the first rank wants only that week, b of the second wants both or none."""
    return hall(
        policy,
        days=TWO_WEEKS,
        classes=[{"id": "C1", "name": "Ant", "venue": "V1", "capacity": 1}],
        priorities=[{"id": "first", "name": "1", "rank": 1}, {"id": "second", "name": "2", "rank": 2}],
        children=[
            {"id": "a", "name": "A", "choices": ["C1"], "priority": "first", "weeks": ["1"]},
            {"id": "b", "name": "B", "choices": ["C1"], "priority": "second", "stay": "whole"},
        ],
    )


def test_fairness_costs_what_the_first_rank_keeps_from_others() -> None:
    # seats: b in both weeks (2); fair: a in week 1 (1), and b cannot come at all
    found = looked(costly("fair"))
    assert (found.placed, found.best, found.ceiling) == (1, 1, 2)
    assert found.fairness is not None
    assert (found.fairness.fair.placed, found.fairness.seats.placed, found.fairness.price) == (1, 2, 1)
    assert (found.fairness.fair.claims, found.fairness.seats.claims) == (0, 1)
    # a seat more lets b come too: two child-weeks, though the relaxation alone gains one
    [seat] = of_kind(found, "seat")
    assert (seat.found, seat.proven) == (2, True)


def test_under_fair_a_new_place_may_cost_more_than_it_gives() -> None:
    # before: d has the ant class in week 1, a the bee class in week 1, c the cat class in weeks 2 and 3: four
    # with a second place among the ants, a (before c) can have the same venue in weeks 1 and 2, which it
    # prefers to one week; c, who comes to all its weeks or none, then has none: d, a, a make three
    classes = [
        {"id": "ant", "name": "Ant", "venue": "V1", "capacity": 1, "weeks": ["1"]},
        {"id": "cat", "name": "Cat", "venue": "V1", "capacity": 1, "weeks": ["2", "3"]},
        {"id": "bee", "name": "Bee", "venue": "V2", "capacity": 1, "weeks": ["1"]},
    ]
    names = ("first", "second", "third", "fourth")
    children = [
        {"id": "d", "priority": "first", "choices": ["ant"], "weeks": ["1"]},
        {"id": "a", "priority": "second", "choices": ["V2", "V1"], "weeks": ["1", "2"]},
        {"id": "c", "priority": "third", "choices": ["cat"], "weeks": ["2", "3"], "stay": "whole"},
        {"id": "f", "priority": "fourth", "choices": ["ant"], "weeks": ["1"]},
    ]
    scenario = hall(
        "fair",
        days=[*TWO_WEEKS, {"date": "2024-07-29", "week": "3"}],
        venues=[{"id": id, "name": id, "mode": "community"} for id in ("V1", "V2")],
        classes=classes,
        priorities=[{"id": name, "name": name, "rank": rank} for rank, name in enumerate(names, 1)],
        children=[{"name": row["id"], **row} for row in children],
    )
    found = looked(scenario)
    assert (found.placed, found.best) == (4, 4)
    seats = {gain.class_: gain for gain in of_kind(found, "seat")}
    assert (seats["ant"].found, seats["ant"].proven) == (-1, True)


# ---- honesty -------------------------------------------------------------------------------------


def seasons(number: int, policy: Policy | None = None) -> Iterator[tuple[Scenario, Plan]]:
    """Random tiny seasons with their plans; those whose locks contradict one another are passed over."""
    for seed in range(number):
        scenario = random_season(seed)
        scenario = scenario.ruled_by(policy or scenario.settings.policy)
        with suppress(Contradiction):
            yield scenario, solved(scenario)


def test_the_bounds_hold_on_random_seasons() -> None:
    tried = raised = 0
    for scenario, made in seasons(25, "seats"):
        found = looked(scenario, made)
        assert found.placed == found.best <= found.ceiling
        for gain in found.gains:
            if gain.found is None:
                continue
            tried += 1
            raised += gain.found > 0
            # more places never place fewer under `seats`, nor more than was said
            assert 0 <= gain.found <= min(gain.most, gain.about)
            assert gain.found <= found.wanted - found.placed
    assert tried > 30
    assert raised > 15


@pytest.mark.parametrize("share", [0.35, 0.0], ids=["reckoned", "by the prices alone"])
def test_the_bound_said_before_trying_holds_when_tried(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    compared = 0
    monkeypatch.setattr("scheduler.solver.outlook.search.RECKONING", share)
    for scenario, made in seasons(15):
        tried = outlook(scenario, made, LIMITS)
        with monkeypatch.context() as patched:
            patched.setattr("scheduler.solver.outlook.search.TRIALS", 0)
            bounds = {_what(gain): gain.most for gain in outlook(scenario, made, LIMITS).gains}
        for gain in tried.gains:
            if gain.found is not None:
                compared += 1
                assert gain.found <= bounds[_what(gain)]
    assert compared > 20


def _what(gain: Gain) -> tuple[object, ...]:
    return (gain.kind, gain.venue, gain.class_, gain.min_age, gain.max_age, gain.weeks)


def test_no_gain_exceeds_what_is_left_to_be_gained() -> None:
    # one child is left out: a class of five more gives one child-week
    [class_] = of_kind(looked(hall(children=kids(6))), "class")
    assert (class_.more, class_.found) == (5, 1)


def test_when_everybody_is_placed_there_is_nothing_to_say() -> None:
    found = looked(hall(children=kids(5)))
    assert found.everybody_is_placed
    assert not found.gains


def test_a_plan_that_could_be_better_says_how_much() -> None:
    # three of five seats are taken by hand: the two others need nobody's leave
    scenario = hall(children=kids(9))
    made = plan(policy="seats", placements=placed("k00@C1", "k01@C1", "k02@C1"))
    found = looked(scenario, made)
    assert (found.placed, found.best) == (3, 5)
    [class_] = of_kind(found, "class")
    assert class_.found == 6


def test_proofs_of_another_input_are_not_believed() -> None:
    scenario = hall(children=kids(9))
    stage = {"name": "placement", "status": "optimal", "seconds": 1.0,
             "levels": [{"name": "placed", "value": 3, "bound": 3, "gap": 0}]}  # fmt: skip
    made = plan(policy="seats", placements=placed("k00@C1", "k01@C1", "k02@C1"), stages=[stage])
    assert looked(scenario, made).best == 3
    assert looked(scenario, made.with_(input_sha256="0" * 64)).best == 5


def test_weeks_that_have_begun_are_history() -> None:
    scenario = hall(days=TWO_WEEKS, children=kids(9, stay="weeks"))
    made = solved(scenario).with_(as_of=date(2024, 7, 22))
    found = looked(scenario, made)
    assert (found.wanted, found.placed) == (9, 5)
    assert {gain.weeks for gain in found.gains} == {("2",)}
    assert of_kind(found, "seat")[0].found == 1


def test_without_time_the_bounds_are_told_and_nothing_is_claimed() -> None:
    stop = Stop()
    stop.request()
    scenario = hall(children=kids(9))
    found = outlook(scenario, solved(scenario), Limits(seconds=10, workers=1, stop=stop))
    assert found.fairness is None
    assert found.gains
    assert not any(gain.confirmed for gain in found.gains)


def test_reproducible_means_the_same_outlook_again() -> None:
    scenario = blocked("fair")
    limits = Limits(seconds=10, workers=1, reproducible=True)
    made = solved(scenario)
    assert outlook(scenario, made, limits) == outlook(scenario, made, limits)


def test_no_person_is_in_it() -> None:
    children = kids(9, name="Canary", phone="13800001111", guardian="Canary")
    scenario = hall(children=children)
    text = looked(scenario).model_dump_json()
    assert "Canary" not in text
    assert "13800001111" not in text
    assert not any(row.id in text for row in scenario.children)
