"""Siblings who must be together are at one venue or unplaced."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(
    days=WEEKS,
    children=rows(
        "children",
        a={"family": "F", "siblings": "must", "choices": ["V1", "V2"]},
        b={"family": "F"},
        c={"family": "F", "weeks": ["1"]},
    ),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # nobody placed
        (("a@C1/1", "b@C1/1", "c@C1/1"), 0),  # all at V1
        (("a@C1/2", "b@C1/2"), 0),  # c does not want week 2
        (("a@C1/1", "b@C1/1"), 1),  # c left out
        (("a@C1/1", "b@C2/1", "c@C1/1", "a@C1/2"), 2),  # parted in both weeks
    ],
)
def test_siblings_must(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("siblings_must", SEASON, candidate) == amount
    assert possible("siblings_must", SEASON, candidate) is (amount == 0)
