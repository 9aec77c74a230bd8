"""Classes that run with few children are reported."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, reckoned
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    classes=rows("classes", C1={"min_children": 3, "capacity": 3}, C2={"min_children": 2, "optional": True})
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # it does not run
        (("a@C1", "b@C1", "c@C1"), 0),  # enough
        (("a@C1", "b@C1"), 1),  # one short
        (("a@C1",), 2),  # two short
        (("c@C2",), 0),  # optional ones have a hard rule
    ],
)
def test_small_classes(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("small_classes", SEASON, candidate) == amount
    assert reckoned("small_classes", SEASON, candidate) == amount
