"""Nobody has a claim that is not declared. (What a claim is: `tests/domain/test_claims.py`.)"""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Plan
from tests.rules.placement_halves import checked, leaves_no_claim, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(days=[{"date": "2024-07-15", "week": "1"}])
"""C1 and C2 have two seats each; a stands first and wants V1; b V1 then V2; c C1 then C2."""


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        ((), 3),  # all seats are free
        (("a@C1", "b@C1", "c@C2"), 0),  # c's equals have the better seats
        (("b@C1", "c@C1"), 1),  # a stands before both
        (("c@C1", "b@C2"), 2),  # a and b both claim the free seat
    ],
)
def test_no_envy(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("no_envy", SEASON, candidate) == amount
    assert leaves_no_claim(SEASON, candidate) is (amount == 0)


def declared(candidate: Plan, *children: str) -> Plan:
    told = [{"child": child, "week": "1", "class": "C1", "reason": "others_bound"} for child in children]
    return candidate.with_(envy=tuple(told))


def test_what_is_declared_is_let_pass() -> None:
    candidate = plan(placements=placed("c@C1", "b@C2"))
    assert checked("no_envy", SEASON, declared(candidate, "a")) == 1
    assert checked("no_envy", SEASON, declared(candidate, "a", "b")) == 0


def test_seats_knows_no_claims() -> None:
    season = tiny({"season": "tiny", "policy": "seats"})
    assert checked("no_envy", season, plan(placements=placed("b@C1", "c@C1"))) == 0


def test_the_compact_half_lets_a_declared_claim_pass() -> None:
    assert possible("no_envy", SEASON, plan(placements=placed("b@C1", "c@C1")))


def test_locked_children_neither_envy_nor_are_envied() -> None:
    locks = [{"id": "L", "kind": "place", "child": "b", "class_": "C1"}]
    season = tiny(classes=rows("classes", C1={"capacity": 1}), locks=locks)
    candidate = plan(placements=placed("b@C1", "c@C2"))
    assert checked("no_envy", season, candidate) == 0
    assert leaves_no_claim(season, candidate)
