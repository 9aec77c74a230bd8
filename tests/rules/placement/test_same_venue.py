"""Children who go week by week need not change venues."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    days=[{"date": f"2024-07-{15 + 7 * i}", "week": str(i + 1)} for i in range(2)]
    + [{"date": "2024-07-29", "week": "3"}],
    children=rows("children", b={"stay": "weeks"}, c={"stay": "weeks"}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("b@C1/1", "b@C1/2", "b@C1/3"), 0),  # never
        (("b@C1/1", "b@C2/2", "b@C2/3"), 1),  # once
        (("b@C1/1", "b@C2/3"), 1),  # over a week without a place
        (("b@C1/1", "b@C2/2", "b@C1/3"), 2),  # there and back
        (("b@C1/1", "c@C2/2"), 0),  # different children
    ],
)
def test_same_venue(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("same_venue", SEASON, candidate) == amount
    assert reckoned("same_venue", SEASON, candidate) == amount
