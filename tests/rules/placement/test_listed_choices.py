"""Children are placed only where their family would have them."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    # b without choices lives at V1: V2 is 5.6 km away
    {"season": "tiny", "max_distance_km": 5},
    children=rows(
        "children",
        a={"choices": ["C1"]},
        b={"choices": [], "latitude": 39.95, "longitude": 116.4},
        c={"choices": ["V2"]},
    ),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1", "c@C2"), 0),  # the class named, the venue named
        (("b@C1",), 0),  # at its door
        (("a@C2",), 1),  # not named
        (("b@C2", "c@C1"), 2),  # too far, not named
    ],
)
def test_listed_choices(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("listed_choices", SEASON, candidate) == amount
    assert possible("listed_choices", SEASON, candidate) is (amount == 0)


def test_a_lock_overrides_the_choices() -> None:
    locks = [{"id": "L", "kind": "place", "child": "a", "class_": "C2"}]
    locked = tiny(locks=locks)
    candidate = plan(placements=placed("a@C2", choice=0))
    assert checked("listed_choices", locked, candidate) == 0
    assert possible("listed_choices", locked, candidate)
