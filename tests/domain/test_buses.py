"""Seats in buses."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.buses import adults_required, buses_needed, seating
from scheduler.domain.tables import Trip


def trip(**changes: Any) -> Trip:  # noqa: ANN401
    usual: dict[str, Any] = {"id": "zoo", "name": "Zoo", "dates": ("2024-07-15",), "shifts": ("AM",)}
    return Trip(**{**usual, "buses": 9, **changes})


@pytest.mark.parametrize(("children", "adults"), [(0, 0), (1, 1), (8, 1), (9, 2), (16, 2)])
def test_adults_are_rounded_up(children: int, adults: int) -> None:
    assert adults_required(trip(children_per_adult=8), children) == adults
    assert adults_required(trip(), children) == 0


@pytest.mark.parametrize(("people", "buses"), [(0, 0), (1, 1), (50, 1), (51, 2)])
def test_buses_are_whole(people: int, buses: int) -> None:
    assert buses_needed(trip(seats_per_bus=50), people) == buses
    assert buses_needed(trip(), people) == min(1, people)


def seats(
    row: Trip, children: dict[str, dict[str, int]], taken: tuple[int, ...] = ()
) -> dict[str, list[Any]]:
    found = seating(row, children, taken)
    return {class_: [(s.bus, s.children, s.adults) for s in rows] for class_, rows in found.items()}


def test_on_foot_nobody_has_a_seat() -> None:
    assert seats(trip(buses=None), {"V1": {"C1": 20}}) == {"C1": []}


def test_classes_of_a_venue_share_a_bus_and_venues_do_not() -> None:
    # 20 + 3 and 15 + 2 people fit into one bus of 45; the other venue's class has its own
    row = trip(seats_per_bus=45, children_per_adult=8)
    assert seats(row, {"V1": {"C1": 20, "C2": 15}, "V2": {"C3": 4}}) == {
        "C1": [(1, 20, 3)],
        "C2": [(1, 15, 2)],
        "C3": [(2, 4, 1)],
    }


def test_a_class_too_big_for_a_bus_is_split_with_an_adult_in_each() -> None:
    # 30 children and 3 adults in buses of 20: 20 people (2 of 3 adults, rounded up) and 13
    row = trip(seats_per_bus=20, children_per_adult=10)
    assert seats(row, {"V1": {"C1": 30}}) == {"C1": [(1, 18, 2), (2, 12, 1)]}


def test_who_fits_nowhere_whole_takes_the_seats_left() -> None:
    # 6, 6 and 6 into two buses of 9: the third class takes the three seats left in each
    row = trip(seats_per_bus=9)
    assert seats(row, {"V1": {"C1": 6, "C2": 6, "C3": 6}})["C3"] == [(1, 3, 0), (2, 3, 0)]


def test_buses_taken_by_others_are_passed_over() -> None:
    assert seats(trip(seats_per_bus=9), {"V1": {"C1": 9}, "V2": {"C2": 9}}, taken=(1, 3)) == {
        "C1": [(2, 9, 0)],
        "C2": [(4, 9, 0)],
    }


@given(
    st.dictionaries(
        st.sampled_from(["V1", "V2", "V3"]),
        st.lists(st.integers(1, 40), min_size=1, max_size=4),
        min_size=1,
    ),
    st.integers(1, 50),
    st.sampled_from([None, 1, 3, 8]),
)
def test_everybody_sits_once_in_the_fewest_buses(
    sizes: dict[str, list[int]], number: int, ratio: float | None
) -> None:
    row = trip(seats_per_bus=number, children_per_adult=ratio)
    children = {venue: {f"{venue}-{i}": n for i, n in enumerate(given)} for venue, given in sizes.items()}
    found = seating(row, children)
    people: dict[int, int] = defaultdict(int)
    for venue, classes in children.items():
        buses = set()
        for class_, n in classes.items():
            assert sum(s.children for s in found[class_]) == n
            assert sum(s.adults for s in found[class_]) == adults_required(row, n)
            for s in found[class_]:
                assert s.children >= 0 <= s.adults
                people[s.bus] += s.children + s.adults
                buses.add((venue, s.bus))
        everybody = sum(n + adults_required(row, n) for n in classes.values())
        assert len(buses) == buses_needed(row, everybody)
    assert max(people.values()) <= number
    assert sorted(people) == list(range(1, len(people) + 1))  # and no bus serves two venues
