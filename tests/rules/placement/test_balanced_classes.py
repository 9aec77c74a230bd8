"""Parallel classes are alike in size, in girls, and in ages."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, tiny

SEASON = tiny(
    classes=[
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 5},
        {"id": "C2", "name": "Bee", "venue": "V1", "capacity": 5},
        {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 5, "max_age": 12},
    ],
    children=[
        # girls: a, b, c; of eight years: a, b, d; of nine: c, e, f
        {
            "id": c,
            "name": c,
            "birth_date": "2016-01-01" if c in "abd" else "2015-01-01",
            "gender": "girl" if c in "abc" else "boy",
        }
        for c in "abcdef"
    ],
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1", "b@C1", "d@C2"), 1),  # two girls against none
        (("a@C1", "d@C1", "b@C2"), 0),  # two against one
        (("a@C1", "b@C1", "d@C1", "c@C2"), 3),  # three against one, three of eight years against none
        # four against one, three girls against none, three of eight years against none
        (("a@C1", "b@C1", "c@C1", "d@C1", "e@C2"), 6),
        (("a@C1", "d@C1", "e@C2", "f@C2"), 2),  # the younger in one, the older in the other
        (("a@C1", "e@C1", "d@C2", "f@C2"), 0),  # mixed
        (("a@C1", "b@C1", "c@C1"), 0),  # the other does not run
        (("d@C1", "e@C1", "f@C1", "a@C3"), 0),  # C3 is for others
    ],
)
def test_balanced_classes(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("balanced_classes", SEASON, candidate) == amount
    assert reckoned("balanced_classes", SEASON, candidate) == amount


def test_ages_are_not_counted_where_classes_are_for_one() -> None:
    # three of eight years against one: where all must be eight that is the heads once more
    classes = [
        {"id": c, "name": c, "venue": "V1", "capacity": 5, "min_age": 8, "max_age": 8} for c in ("C1", "C2")
    ]
    children = [{"id": c, "name": c, "birth_date": "2016-01-01"} for c in "abcd"]
    scenario = tiny(classes=classes, children=children)
    candidate = plan(placements=placed("a@C1", "b@C1", "c@C1", "d@C2"))
    assert checked("balanced_classes", scenario, candidate) == 1
    assert reckoned("balanced_classes", scenario, candidate) == 1
