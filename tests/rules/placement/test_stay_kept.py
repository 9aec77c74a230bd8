"""Children who want to stay at one venue do."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(
    days=WEEKS, children=rows("children", a={"choices": ["V1", "V2"], "stay": "whole"}, c={"stay": "weeks"})
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1/1", "a@C1/2", "b@C1/1"), 0),  # all of whole, one of steady
        (("c@C1/1", "c@C2/2"), 0),  # weeks may change
        (("b@C1/1", "b@C2/2"), 1),  # steady at two venues
        (("a@C1/1", "b@C1/1", "b@C2/2"), 2),  # whole without its second week as well
    ],
)
def test_stay_kept(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("stay_kept", SEASON, candidate) == amount
    assert possible("stay_kept", SEASON, candidate) is (amount == 0)
