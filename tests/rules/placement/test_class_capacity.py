"""No class holds more children than it, or its home room, has seats."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(classes=rows("classes", C1={"capacity": 1}), rooms=rows("rooms", R2={"capacity": 1}))


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # one seat, one child
        (("a@C1", "b@C2"), 0),  # both full
        (("a@C1", "b@C1"), 1),  # one too many
        (("a@C1", "b@C1", "c@C1"), 2),  # two too many
    ],
)
def test_class_capacity(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("class_capacity", SEASON, candidate) == amount
    assert possible("class_capacity", SEASON, candidate) is (amount == 0)


def test_the_home_room_counts_too() -> None:
    # C2 has two seats, its room one
    candidate = plan(placements=placed("b@C2", "c@C2"))
    assert checked("class_capacity", SEASON, candidate) == 1
    assert not possible("class_capacity", SEASON, candidate)
