"""Parallel classes are alike in size, and in girls."""

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
        {"id": c, "name": c, "birth_date": "2016-01-01", "gender": "girl" if c in "abc" else "boy"}
        for c in "abcdef"
    ],
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1", "b@C1", "d@C2"), 1),  # two girls against none
        (("a@C1", "d@C1", "b@C2"), 0),  # two against one
        (("a@C1", "b@C1", "d@C1", "c@C2"), 1),  # three against one
        (("a@C1", "b@C1", "c@C1", "d@C1", "e@C2"), 4),  # four against one, three girls against none
        (("a@C1", "b@C1", "c@C1"), 0),  # the other does not run
        (("d@C1", "e@C1", "f@C1", "a@C3"), 0),  # C3 is for others
    ],
)
def test_balanced_classes(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("balanced_classes", SEASON, candidate) == amount
    assert reckoned("balanced_classes", SEASON, candidate) == amount
