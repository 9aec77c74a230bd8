"""What is said to run does."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny


@pytest.mark.parametrize(
    ("running", "amount"),
    [
        (["C1"], 0),
        (["C1", "C2"], 1),  # nobody is in C2
        (["C1", "C1"], 1),  # written twice
        (["C1", "C1", "C2", "C9"], 3),  # and C2 idle, and C9 unknown
        ([], 0),  # that a class with children must run is the rule class_runs
    ],
)
def test_open_classes(running: list[str], amount: int) -> None:
    rows = [{"class": class_, "week": "1"} for class_ in running]
    assert checked("open_classes", tiny(), plan(placements=placed("a@C1"), open_classes=rows)) == amount
