"""An optional class runs only with enough children."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(classes=rows("classes", C1={"optional": True, "min_children": 2}, C2={"min_children": 2}))


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # closed
        (("a@C1", "b@C1"), 0),  # just enough
        (("c@C2",), 0),  # C2 is not optional
        (("a@C1",), 1),  # one short
    ],
)
def test_minimum_to_open(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("minimum_to_open", SEASON, candidate) == amount
    assert possible("minimum_to_open", SEASON, candidate) is (amount == 0)


def test_every_week_counts_by_itself() -> None:
    weeks = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    season = tiny(days=weeks, classes=rows("classes", C1={"optional": True, "min_children": 3}))
    assert checked("minimum_to_open", season, plan(placements=placed("a@C1/1", "a@C1/2", "b@C1/2"))) == 3
