"""Where a child may go, and how it ranks the places."""

from __future__ import annotations

import pytest

from scheduler.domain.choices import fits_age, in_reach, may_attend, options, position
from tests.seasons import rows, tiny


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
