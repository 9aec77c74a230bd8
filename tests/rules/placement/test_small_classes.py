"""Classes that run with few children are reported."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement import solve
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


def test_two_small_classes_merge() -> None:
    """Four children, two classes of five seats that want three each: two and two would be one short in both;
    four and none is short of nobody."""
    scenario = tiny(
        classes=[{"id": c, "name": c, "venue": "V1", "capacity": 5, "min_children": 3} for c in ("C1", "C2")],
        children=[{"id": c, "name": c, "birth_date": "2016-01-01", "choices": ["V1"]} for c in "abcd"],
    )
    limits = Limits(seconds=20, workers=1, reproducible=True)
    found = solve(Request(scenario, Rulebook(scenario.settings), Plan(), limits)).plan
    assert sorted(len(found.children_in(c, "1")) for c in ("C1", "C2")) == [0, 4]
