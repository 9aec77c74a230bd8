"""Where a child may go, and how it ranks the places."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from scheduler.domain.choices import fits_age, in_reach, may_attend, options, position
from tests.seasons import TINY, rows, season, tiny


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        (["V1"], 1),  # the venue of C1
        (["V2", "C1"], 2),
        (["C1", "V1"], 1),  # both named: the better position counts
        (["V1", "C1"], 1),
        (["V2"], None),
        ([], 0),  # without choices
    ],
)
def test_position(choices: list[str], place: int | None) -> None:
    season = tiny(children=rows("children", a={"choices": choices}))
    assert position(season.child["a"], season.class_["C1"]) == place


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ({}, True),
        ({"min_age": 8, "max_age": 8}, True),  # born 2016-01-01, the season begins 2024-07-15: 8 years
        ({"min_age": 9}, False),
        ({"max_age": 7}, False),
        ({"min_grade": 1}, False),  # its grade is not known
    ],
)
def test_age_and_grade(limits: dict[str, int], fits: bool) -> None:
    season = tiny(classes=rows("classes", C1=limits))
    assert fits_age(season, season.child["a"], season.class_["C1"]) is fits


def test_a_venue_for_some_employers_takes_only_their_children() -> None:
    season = tiny(
        venues=rows("venues", V1={"only_for": ["museum"]}),
        children=rows("children", a={"employer": ["museum"]}),
    )
    assert may_attend(season, season.child["a"], season.class_["C1"])
    assert not may_attend(season, season.child["b"], season.class_["C1"])


def test_distance_filters_only_children_without_choices() -> None:
    # home at V1; V2 is 5.6 km away and the limit is 5
    home = {"latitude": 39.95, "longitude": 116.4}
    children = rows("children", a={"choices": ["V2"], **home}, b={"choices": [], **home}, c={"choices": []})
    season = tiny({"season": "tiny", "max_distance_km": 5}, children=children)
    far = season.class_["C2"]
    assert in_reach(season, season.child["a"], far)
    assert not in_reach(season, season.child["b"], far)
    assert in_reach(season, season.child["c"], far)  # nobody knows where it lives


def test_options_are_in_order_of_choice() -> None:
    season = tiny()
    assert [(class_.id, place) for class_, place in options(season, season.child["c"])] == [
        ("C1", 1),
        ("C2", 2),
    ]


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_without_choices_every_class_within_reach_and_no_other(system: str) -> None:
    # venues on a line from 39.0 to 41.9 N, 3.2 km apart, and one that nobody has placed on a map
    dice = Random(system)
    venues: list[dict[str, Any]] = [
        {"id": f"V{i}", "name": f"{i}", "mode": "community", "latitude": 39 + i * 0.029, "longitude": 116.4}
        for i in range(100)
    ]
    venues.append({"id": "W", "name": "W", "mode": "community"})
    classes = [
        {
            "id": f"C{row['id']}",
            "name": "C",
            "venue": row["id"],
            "capacity": 1,
            "min_age": dice.choice([6, 9]),
        }
        for i, row in enumerate(venues)
    ]
    homes = [{"latitude": dice.uniform(38.9, 42), "longitude": dice.uniform(116.2, 116.6)} for _ in range(20)]
    children: list[dict[str, Any]] = [
        {"id": f"k{i}", "name": "K", "birth_date": "2016-01-01", **home}
        for i, home in enumerate([*homes, {}])
    ]
    city = season(
        {"season": "line", "coordinates": system, "max_distance_km": 25.0},
        days=TINY["days"],
        venues=venues,
        classes=classes,
        children=children,
    )
    for child in city.children:
        expected = [
            row.id
            for row in city.class_.values()
            if fits_age(city, child, row) and in_reach(city, child, row)
        ]
        assert [row.id for row, _ in options(city, child)] == expected
    # 25 km reach about 16 venues on a line, half of whose classes take an eight-year-old
    found = [len(options(city, child)) for child in city.children[:-1]]
    assert max(found) > 4
    assert max(found) < 20
