"""The choice written beside a placement is the child's."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    children=rows("children", a={"choices": []}),
    locks=[{"id": "L", "kind": "place", "child": "b", "class_": "C2"}],
)


@pytest.mark.parametrize(
    ("seat", "choice", "amount"),
    [
        ("c@C1", 1, 0),
        ("c@C2", 2, 0),
        ("c@C2", 1, 1),
        ("a@C1", 0, 0),  # without choices
        ("a@C1", 1, 1),
        ("b@C2", 0, 0),  # placed by a lock
        ("b@C2", 2, 1),
        ("b@C1", 1, 0),  # not where the lock would have it
        ("zz@C1", 7, 0),  # others tell of nonsense
    ],
)
def test_choice(seat: str, choice: int, amount: int) -> None:
    assert checked("choice", SEASON, plan(placements=placed(seat, choice=choice))) == amount
