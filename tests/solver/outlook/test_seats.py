"""What one more seat gives, in a class, a room or a venue."""

from __future__ import annotations

import pytest

from tests.solver.outlook.hall import (
    TWO_WEEKS,
    hall,
    kids,
    looked,
    of_kind,
)


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


def test_a_new_class_that_would_stay_empty_is_not_proposed() -> None:
    # two classes of five in a venue for four: more room at once is all that five children need
    venues = [{"id": "V1", "name": "North", "mode": "community", "capacity": 4}]
    classes = [{"id": id, "name": id, "venue": "V1", "capacity": 5} for id in ("C1", "C2")]
    named = {"choices": ["C1", "C2"], "stay": "weeks"}
    found = looked(hall(venues=venues, classes=classes, children=kids(6, **named)))
    assert of_kind(found, "venue_seat")
    assert all(gain.came for gain in of_kind(found, "class") if gain.confirmed)
