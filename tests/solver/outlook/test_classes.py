"""What one more class gives, an optional one held, or adults for one that lacks them."""

from __future__ import annotations

import pytest

from tests.solver.outlook.hall import (
    TWO_WEEKS,
    hall,
    kids,
    looked,
    of_kind,
    solved,
)


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
