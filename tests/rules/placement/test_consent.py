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


def test_who_withdrew_was_there_in_the_weeks_begun() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    season = tiny(days=days, children=rows("children", c={"status": "withdrawn"}))
    history = plan(placements=placed("c@C1/1"), as_of="2024-07-22")
    assert checked("consent", season, history) == 0
    assert checked("consent", season, plan(placements=placed("c@C1/1"))) == 1
    assert checked("consent", season, plan(placements=placed("c@C1/1", "c@C1/2"), as_of="2024-07-22")) == 1
    # who is on no list at all is not to be found in a plan either
    assert checked("consent", season, plan(placements=placed("zz@C1/1"), as_of="2024-07-22")) == 1
