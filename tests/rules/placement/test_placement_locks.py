"""Decisions about children and classes made by hand are kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
KINDS = rows("children", b={"weeks": ["1"]})


@pytest.mark.parametrize(
    ("lock", "seats", "amount"),
    [
        ({"kind": "place", "child": "a", "class_": "C1", "week": "1"}, ("a@C1/1",), 0),
        ({"kind": "place", "child": "a", "class_": "C1", "week": "1"}, ("a@C1/2",), 1),
        ({"kind": "place", "child": "a", "class_": "C1"}, ("a@C1/1",), 1),  # a blank week: every one it wants
        ({"kind": "place", "child": "a", "class_": "C1"}, (), 2),
        ({"kind": "place", "child": "b", "class_": "C1"}, ("b@C1/1",), 0),  # b wants week 1 only
        ({"kind": "keep_out", "child": "a", "class_": "C1", "week": "1"}, ("a@C1/2",), 0),
        ({"kind": "keep_out", "child": "a", "class_": "C1", "week": "1"}, ("a@C1/1",), 1),
        ({"kind": "keep_out", "child": "b"}, ("b@C1/1",), 1),  # from every class
        ({"kind": "keep_out", "class_": "C1"}, ("a@C1/1", "b@C1/1"), 2),  # every child
        ({"kind": "open", "class_": "C2", "week": "1"}, ("c@C2/1",), 0),
        ({"kind": "open", "class_": "C2", "week": "1"}, ("c@C2/2",), 1),
        ({"kind": "open", "class_": "C2"}, (), 2),  # every week it is offered
        ({"kind": "close", "class_": "C2", "week": "1"}, ("c@C2/2",), 0),
        ({"kind": "close", "class_": "C2"}, ("c@C2/2",), 1),
        ({"kind": "close", "week": "1"}, ("a@C1/1", "c@C2/1"), 2),  # every class
    ],
)
def test_placement_locks(lock: dict[str, Any], seats: tuple[str, ...], amount: int) -> None:
    season = tiny(days=WEEKS, children=KINDS, locks=[{"id": "L", **lock}])
    candidate = plan(placements=placed(*seats))
    assert checked("placement_locks", season, candidate) == amount
    assert possible("placement_locks", season, candidate) is (amount == 0)


def test_a_class_said_to_run_against_a_lock_breaks_it_though_nobody_is_in_it() -> None:
    season = tiny(locks=[{"id": "L", "kind": "close", "class_": "C2"}])
    assert checked("placement_locks", season, plan(open_classes=[{"class": "C2", "week": "1"}])) == 1
