"""Children who must be kept apart are never in one class."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(days=WEEKS, children=rows("children", b={"apart": ["c"]}, a={"apart": ["a"]}))


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1/1", "b@C1/1"), 0),  # no foes; naming oneself means nothing
        (("b@C1/1", "c@C2/1"), 0),  # at different venues
        (("b@C1/1", "c@C1/1"), 1),  # it is enough that one says so
        (("b@C1/1", "c@C1/1", "b@C2/2", "c@C2/2"), 2),  # in both weeks
    ],
)
def test_kept_apart(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("kept_apart", SEASON, candidate) == amount
    assert possible("kept_apart", SEASON, candidate) is (amount == 0)
