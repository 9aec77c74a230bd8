"""The claims a plan declares are true."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny

TRUE = {"child": "a", "week": "1", "class": "C1", "reason": "others_bound"}
"""b and c sit in C1, where a, who stands before them, would be."""


@pytest.mark.parametrize(
    ("rows", "amount"),
    [
        ([TRUE], 0),
        ([], 0),  # that none is missing is the rule no_envy
        ([{**TRUE, "class": "C2"}], 1),
        ([{**TRUE, "reason": "stays_differ"}], 1),
        ([TRUE, {**TRUE, "child": "b"}], 1),  # b has its first choice
    ],
)
def test_envy(rows: list[dict[str, Any]], amount: int) -> None:
    assert checked("envy", tiny(), plan(placements=placed("b@C1", "c@C1"), envy=rows)) == amount


def test_under_seats_a_missing_row_is_told_here() -> None:
    season = tiny({"season": "tiny", "policy": "seats"})
    candidate = plan(placements=placed("b@C1", "c@C1"))
    assert checked("envy", season, candidate) == 1
    told = candidate.with_(envy=({**TRUE, "reason": "seats_first"},))
    assert checked("envy", season, told) == 0
