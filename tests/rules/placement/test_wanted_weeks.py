"""A child is placed only in weeks it wants."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(days=WEEKS, children=rows("children", a={"weeks": ["1"]}))


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1/1",), 0),  # the week it wants
        (("b@C1/1", "b@C1/2"), 0),  # blank: all
        (("a@C1/2",), 1),  # another week
        (("a@C1/2", "a@C1/9"), 2),  # another, and one that does not exist
    ],
)
def test_wanted_weeks(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("wanted_weeks", SEASON, candidate) == amount
    assert possible("wanted_weeks", SEASON, candidate) is (amount == 0)
