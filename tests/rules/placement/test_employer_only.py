"""Venues kept for some employers hold only their children."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    venues=rows("venues", V1={"only_for": ["museum", "post"]}),
    children=rows("children", a={"employer": ["bank", "post"]}, b={"employer": ["bank"]}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # one of two guardians is enough
        (("b@C2",), 0),  # V2 takes everybody
        (("b@C1",), 1),  # another employer
        (("b@C1", "c@C1"), 2),  # and one without
    ],
)
def test_employer_only(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("employer_only", SEASON, candidate) == amount
    assert possible("employer_only", SEASON, candidate) is (amount == 0)


def test_a_lock_does_not_open_a_venue() -> None:
    locks = [{"id": "L", "kind": "place", "child": "b", "class_": "C1"}]
    locked = tiny(venues=rows("venues", V1={"only_for": ["museum"]}), locks=locks)
    candidate = plan(placements=placed("b@C1"))
    assert checked("employer_only", locked, candidate) == 1
    assert not possible("employer_only", locked, candidate)
