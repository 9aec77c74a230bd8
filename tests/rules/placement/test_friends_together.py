"""Who has a friend placed has one in its class."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    classes=rows("classes", C1={"capacity": 3}),
    children=rows("children", a={"friends": ["b", "c"]}, b={"friends": ["a"]}, c={"friends": ["a", "b"]}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # no friend is placed
        (("a@C1", "b@C1", "c@C2"), 1),  # a has one friend, c has none beside it
        (("a@C1", "b@C2"), 2),  # both alone
        (("b@C1", "c@C2"), 0),  # b does not call c a friend
        (("a@C1", "b@C1", "c@C1"), 0),  # all together
    ],
)
def test_friends_together(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("friends_together", SEASON, candidate) == amount
    assert reckoned("friends_together", SEASON, candidate) == amount
