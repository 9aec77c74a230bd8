"""No venue holds more children at once than it may."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    venues=rows("venues", V1={"capacity": 1}),
    classes=[
        {"id": "C1", "name": "Ant", "venue": "V1", "capacity": 3},
        {"id": "C2", "name": "Bee", "venue": "V1", "capacity": 3, "shifts": ["AM"]},
        {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 3, "shifts": ["PM"]},
    ],
    children=rows("children", a={"choices": ["V1"]}, b={"choices": ["V1"]}, c={"choices": ["V1"]}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # one place, one child
        (("a@C2", "b@C3"), 0),  # one after the other
        (("a@C1", "b@C3"), 1),  # two in the afternoon
        (("a@C1", "b@C2", "c@C3"), 2),  # two in the morning, two in the afternoon
    ],
)
def test_venue_capacity(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("venue_capacity", SEASON, candidate) == amount
    assert possible("venue_capacity", SEASON, candidate) is (amount == 0)
