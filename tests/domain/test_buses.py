"""Seats in buses."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.buses import Party, buses_needed, seating
from scheduler.domain.tables import Trip


def trip(**changes: Any) -> Trip:  # noqa: ANN401
    usual: dict[str, Any] = {"id": "zoo", "name": "Zoo", "dates": ("2024-07-15",), "shifts": ("AM",)}
    return Trip(**{**usual, "buses": 9, **changes})


@pytest.mark.parametrize(("people", "buses"), [(0, 0), (1, 1), (50, 1), (51, 2)])
def test_buses_are_whole(people: int, buses: int) -> None:
    assert buses_needed(trip(seats_per_bus=50), people) == buses
    assert buses_needed(trip(), people) == min(1, people)


def seats(
    row: Trip, parties: dict[str, dict[str, Party]], taken: tuple[int, ...] = ()
) -> dict[str, list[Any]]:
    found = seating(row, parties, taken)
    return {class_: [(s.bus, s.children, s.adults) for s in rows] for class_, rows in found.items()}


def test_on_foot_nobody_has_a_seat() -> None:
    assert seats(trip(buses=None), {"V1": {"C1": Party(20, 2)}}) == {"C1": []}


def test_classes_of_a_venue_share_a_bus_and_venues_do_not() -> None:
    # 20 + 3 and 15 + 2 people fit into one bus of 45; the other venue's class has its own
    parties = {"V1": {"C1": Party(20, 3), "C2": Party(15, 2)}, "V2": {"C3": Party(4, 1)}}
    assert seats(trip(seats_per_bus=45), parties) == {
        "C1": [(1, 20, 3)],
        "C2": [(1, 15, 2)],
        "C3": [(2, 4, 1)],
    }


def test_a_class_too_big_for_a_bus_is_split_with_an_adult_in_each() -> None:
    # 30 children and 3 adults in buses of 20: 20 people (2 of 3 adults, rounded up) and 13
    assert seats(trip(seats_per_bus=20), {"V1": {"C1": Party(30, 3)}}) == {"C1": [(1, 18, 2), (2, 12, 1)]}


def test_who_fits_nowhere_whole_takes_the_seats_left() -> None:
    # 6, 6 and 6 into two buses of 9: the third class takes the three seats left in each
    parties = {"V1": {class_: Party(6, 0) for class_ in ("C1", "C2", "C3")}}
    assert seats(trip(seats_per_bus=9), parties)["C3"] == [(1, 3, 0), (2, 3, 0)]


def test_buses_taken_by_others_are_passed_over() -> None:
    parties = {"V1": {"C1": Party(9, 0)}, "V2": {"C2": Party(9, 0)}}
    assert seats(trip(seats_per_bus=9), parties, taken=(1, 3)) == {
        "C1": [(2, 9, 0)],
        "C2": [(4, 9, 0)],
    }


@given(
    st.dictionaries(
        st.sampled_from(["V1", "V2", "V3"]),
        st.lists(st.builds(Party, st.integers(1, 40), st.integers(0, 5)), min_size=1, max_size=4),
        min_size=1,
    ),
    st.integers(1, 50),
)
def test_everybody_sits_once_in_the_fewest_buses(sizes: dict[str, list[Party]], number: int) -> None:
    row = trip(seats_per_bus=number)
    parties = {venue: {f"{venue}-{i}": who for i, who in enumerate(given)} for venue, given in sizes.items()}
    found = seating(row, parties)
    people: dict[int, int] = defaultdict(int)
    for venue, classes in parties.items():
        buses = set()
        for class_, party in classes.items():
            assert sum(s.children for s in found[class_]) == party.children
            assert sum(s.adults for s in found[class_]) == party.adults
            for s in found[class_]:
                assert s.children >= 0 <= s.adults
                people[s.bus] += s.children + s.adults
                buses.add((venue, s.bus))
        everybody = sum(sum(party) for party in classes.values())
        assert len(buses) == buses_needed(row, everybody)
    assert max(people.values()) <= number
    assert sorted(people) == list(range(1, len(people) + 1))  # and no bus serves two venues
