"""Venues, rooms and classes: what contradicts itself, and what is worth a look."""

from __future__ import annotations

import pytest

from tests.domain.consistency.told import Changes, changed, found, ids, is_only_worth_a_look
from tests.seasons import TINY, rows, tiny

BLOCKING: list[tuple[str, str, Changes]] = [
    ("id_twice", "rooms", {"r1": {"venue": "V1"}}),  # beside R1: they differ in case only
    ("class_shares_venue_id", "classes", {"V1": {"name": "V", "venue": "V2", "capacity": 1}}),
    ("limits_crossed", "classes", {"C1": {"min_age": 9, "max_age": 8}}),
    ("limits_crossed", "classes", {"C1": {"min_grade": 3, "max_grade": 2}}),
    ("limits_crossed", "classes", {"C1": {"min_children": 3}}),  # its capacity is 2
    ("room_elsewhere", "classes", {"C1": {"room": "R2"}, "C2": {"room": None}}),
    ("coordinates_half", "venues", {"V1": {"longitude": None}}),
    ("coordinates_zero", "venues", {"V1": {"latitude": 0, "longitude": 0}}),
    ("coordinates_swapped", "venues", {"V1": {"latitude": 87.6, "longitude": 43.8}}),  # Urumqi
]


@pytest.mark.parametrize(("id", "table", "changes"), BLOCKING)
def test_what_cannot_be_solved_is_refused(id: str, table: str, changes: dict[str, Changes]) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems if problem.blocking]


WARNINGS: list[tuple[str, str, Changes]] = [
    ("capacity_above_room", "classes", {"C1": {"capacity": 31}}),  # the room holds 30
    ("capacity_above_venue", "venues", {"V1": {"capacity": 1}}),  # the class takes 2
    ("coordinates_far", "venues", {"V1": {"latitude": 48.9, "longitude": 2.4}}),  # Paris
    ("venue_not_placed", "venues", {"V1": {"latitude": None, "longitude": None}}),
    ("employer_unknown", "venues", {"V1": {"reserved_for": ["Mine"]}}),  # no child has an employer
    ("class_without_seats", "classes", {"C3": {"name": "Cat", "venue": "V1", "capacity": 0}}),
]  # fmt: skip


@pytest.mark.parametrize(("id", "table", "changes"), WARNINGS)
def test_what_is_worth_a_look_is_told_and_not_refused(
    id: str, table: str, changes: dict[str, Changes]
) -> None:
    is_only_worth_a_look(id, changed(table, **changes))


@pytest.mark.parametrize(
    ("second", "is_shared"),
    [
        ({"venue": "V1", "room": "R1"}, True),
        ({"venue": "V1", "room": "R1", "shifts": ["PM"]}, True),  # C1 is held in both
        ({"venue": "V1", "room": "R1", "weeks": ["1"]}, True),
        ({"venue": "V1", "room": None}, False),
    ],
)
def test_two_classes_do_not_share_a_home_room(second: Changes, is_shared: bool) -> None:
    assert ("home_room_shared" in ids(changed("classes", C2=second))) is is_shared


def test_two_classes_may_share_a_home_room_at_different_times() -> None:
    shifts: dict[str, Changes] = {
        "C1": {"shifts": ["AM"]},
        "C2": {"venue": "V1", "room": "R1", "shifts": ["PM"]},
    }
    assert ids(changed("classes", **shifts)) == []
    days = [*TINY["days"], {"date": "2024-07-22", "week": "2"}]
    weeks = rows("classes", C1={"weeks": ["1"]}, C2={"venue": "V1", "room": "R1", "weeks": ["2"]})
    assert ids(tiny(days=days, classes=weeks)) == []


def test_homes_are_needed_where_a_distance_limits() -> None:
    children = rows("children", a={"choices": []})
    assert ids(tiny({"season": "x", "max_distance_km": 5}, children=children)) == ["homes_not_placed"]
    assert ids(tiny(children=children)) == []


def test_one_venue_needs_no_coordinates() -> None:
    season = {table: [row for row in TINY[table] if row["id"][-1] != "2"] for table in ("rooms", "classes")}
    venues = [{"id": "V1", "name": "North", "mode": "community"}]
    children = [{"id": "a", "name": "An", "choices": ["V1"]}]
    assert ids(tiny(venues=venues, children=children, **season)) == []


def test_a_class_that_can_never_be_held() -> None:
    closed = [{"class_": "C1", "from_": "2024-07-15", "to": "2024-07-16"}]
    # a names no other venue
    assert ids(tiny(closures=closed)) == ["class_never_held", "child_weeks_nowhere"]


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ({}, ["closure_everywhere"]),
        ({"venue": "V1"}, []),
        ({"venue": "V1", "room": "R1", "class_": "C1"}, []),
        ({"venue": "V1", "room": "R2"}, ["closure_room_elsewhere"]),
        ({"venue": "V1", "class_": "C2"}, ["closure_class_elsewhere"]),
        ({"room": "R2", "class_": "C1"}, ["closure_room_not_home"]),
    ],
)
def test_closures_that_shut_nothing_or_everything(closure: Changes, expected: list[str]) -> None:
    day = {"from_": "2024-07-15", "to": "2024-07-15"}
    problems = found(tiny(closures=[{**closure, **day}]))
    assert [problem.id for problem in problems] == expected
    assert not any(problem.blocking for problem in problems)


def test_an_employer_of_a_child_is_known_and_the_nearest_is_named() -> None:
    children = rows("children", a={"employer": ["Red Star Mine"]})
    venues = rows("venues", V1={"reserved_for": ["Red Star Mine"]})
    assert ids(tiny(venues=venues, children=children)) == []
    (problem,) = found(tiny(venues=rows("venues", V1={"reserved_for": ["Red Mine"]}), children=children))
    assert (problem.id, problem.parameters["near"]) == ("employer_unknown_near", "Red Star Mine")
