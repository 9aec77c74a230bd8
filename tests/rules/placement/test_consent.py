"""Only children who are enrolled with consent are placed."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(children=rows("children", b={"consent": False}, c={"status": "withdrawn"}))


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 0),  # nobody
        (("a@C1",), 0),  # with consent
        (("b@C1",), 1),  # without
        (("b@C1", "c@C1"), 2),  # without, and withdrawn
    ],
)
def test_consent(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("consent", SEASON, candidate) == amount
    assert possible("consent", SEASON, candidate) is (amount == 0)


def test_who_is_not_on_the_list_is_not_placed() -> None:
    assert checked("consent", SEASON, plan(placements=placed("zz@C1"))) == 1


def test_no_lock_holds_who_is_not_processed() -> None:
    locks = [{"id": "L", "kind": "place", "child": "c", "class_": "C1"}]
    season = tiny(children=rows("children", c={"status": "withdrawn"}), locks=locks)
    assert checked("placement_locks", season, plan()) == 0
    assert possible("placement_locks", season, plan())
