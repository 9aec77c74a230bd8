"""What is told to have changed did."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny

OLD = {"revision": 2, "previous_sha256": "f" * 64}


def _change(ref: str, old: str | None, new: str | None, kind: str = "placement") -> dict[str, str | None]:
    return {"kind": kind, "ref": ref, "from": old, "to": new, "reason": "moved"}


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        ([], 0),
        ([_change("child:a/1", "C2", "C1")], 0),  # a is in C1
        ([_change("child:a/1", None, "C1"), _change("class:C1/1", None, "open", "class")], 0),
        ([_change("child:b/1", "C1", None)], 0),  # b has no place
        ([_change("child:gone/1", "C1", None)], 0),  # a child that is no longer on the list
        ([_change("child:a/1", "C1", "C2")], 1),  # a is in C1
        ([_change("child:a/1", "C1", None)], 1),
        ([_change("child:b/1", None, "C1")], 1),  # b has no place
        ([_change("child:a/1", "C1", "C1")], 1),  # nothing changed
        ([_change("child:b/1", None, None)], 1),
        ([_change("child:a/1", "C2", "C1", "session")], 1),  # no session's reference
        ([_change("child:a/1", "C2", "C1"), _change("child:a/1", None, "C1")], 2),  # which of the two?
        ([_change("child:a/1", "C2", "C1")] * 2, 1),  # one row too many
        ([_change("class:C2/2024-07-15/P1", None, "opera/-/-", "session")], 1),
        ([_change("person:t/2024-07-15/AM", None, "C1/homeroom", "duty")], 1),
    ],
)
def test_changes(changes: list[Mapping[str, str | None]], amount: int) -> None:
    made = plan(placements=placed("a@C1"), changes=changes, **OLD)
    assert checked("changes", tiny(), made) == amount


def test_a_first_plan_has_no_changes() -> None:
    rows = [_change("child:a/1", "C2", "C1"), _change("class:C1/1", None, "open", "class")]
    assert checked("changes", tiny(), plan(placements=placed("a@C1"), changes=rows)) == 2
