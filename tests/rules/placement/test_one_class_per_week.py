"""A child is in at most one class a week."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, tiny

SEASON = tiny()


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # nobody
        (("b@C1",), 0),  # once
        (("b@C1", "b@C2"), 1),  # in two classes
        (("b@C1", "b@C2", "c@C1", "c@C2"), 2),  # two children twice
    ],
)
def test_one_class_per_week(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("one_class_per_week", SEASON, candidate) == amount
    assert possible("one_class_per_week", SEASON, candidate) is (amount == 0)


def test_a_row_written_twice_is_one_too_many() -> None:
    assert checked("one_class_per_week", SEASON, plan(placements=placed("b@C1", "b@C1"))) == 1
