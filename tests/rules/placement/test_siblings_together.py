"""Siblings who would like to be together are."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]

SEASON = tiny(
    days=WEEKS,
    children=rows(
        "children",
        a={"family": "F", "choices": ["V1", "V2"]},
        b={"family": "F", "siblings": "indifferent"},
        c={"weeks": ["1"]},
    ),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # both at home
        (("a@C1/1", "b@C1/1"), 0),  # together
        (("a@C1/1",), 1),  # one without the other
        (("a@C1/1", "b@C2/1", "b@C2/2"), 2),  # parted, then alone
        (("c@C1/1",), 0),  # no sibling
    ],
)
def test_siblings_together(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("siblings_together", SEASON, candidate) == amount
    assert reckoned("siblings_together", SEASON, candidate) == amount


def test_must_is_a_hard_rule_and_indifferent_none() -> None:
    for wish in ("must", "indifferent"):
        family = {"family": "F", "siblings": wish}
        season = tiny(children=rows("children", a=family, b=family))
        assert checked("siblings_together", season, plan(placements=placed("a@C1"))) == 0
