"""The waiting lists are true. (Who waits: `tests/domain/test_claims.py`.)"""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny

TRUE = {"class": "C1", "week": "1", "child": "b", "position": 1}
"""a and c are in C1, b is in C2 and would rather be at V1."""


@pytest.mark.parametrize(
    ("rows", "amount"),
    [
        ([TRUE], 0),
        ([], 1),  # b is forgotten
        ([{**TRUE, "position": 2}], 2),  # one row false, the true one missing
        ([TRUE, {**TRUE, "class": "C2"}], 1),  # b does not wait for what it has
        ([TRUE, TRUE], 1),  # written twice
    ],
)
def test_waitlist(rows: list[dict[str, Any]], amount: int) -> None:
    assert (
        checked("waitlist", tiny(), plan(placements=placed("a@C1", "c@C1", "b@C2"), waitlist=rows)) == amount
    )
