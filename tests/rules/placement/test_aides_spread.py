"""Children who need an aide are spread over classes."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    classes=rows("classes", C1={"capacity": 3}),
    children=rows("children", a={"needs": ["aide"]}, b={"needs": ["aide"]}, c={"needs": ["aide", "lift"]}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1", "b@C2"), 0),  # one each
        (("a@C1", "b@C1"), 1),  # two together
        (("a@C1", "b@C1", "c@C2"), 1),  # two and one
        (("a@C1", "b@C1", "c@C1"), 2),  # three
    ],
)
def test_aides_spread(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("aides_spread", SEASON, candidate) == amount
    assert reckoned("aides_spread", SEASON, candidate) == amount
