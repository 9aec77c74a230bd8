"""Children are of the age and grade their class is for."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked, possible
from tests.seasons import placed, plan, rows, tiny

SEASON = tiny(
    # on 15 July 2024 a and b (2016) are 8, c (2015) is 9
    classes=rows("classes", C1={"min_age": 8, "max_age": 8}, C2={"min_grade": 2, "max_grade": 3}),
    children=rows("children", b={"grade": 3}, c={"grade": 4}),
)


@pytest.mark.parametrize(
    ("seats", "amount"),
    [
        (("a@C1",), 0),  # 8 is within 8 to 8
        (("b@C2",), 0),  # grade 3 is just within
        (("c@C1",), 1),  # 9 is too old
        (("c@C1", "c@C2"), 2),  # and in too high a grade
    ],
)
def test_age_range(seats: tuple[str, ...], amount: int) -> None:
    candidate = plan(placements=placed(*seats))
    assert checked("age_range", SEASON, candidate) == amount
    assert possible("age_range", SEASON, candidate) is (amount == 0)


def test_an_unknown_grade_fits_no_limit() -> None:
    assert checked("age_range", SEASON, plan(placements=placed("a@C2"))) == 1


def test_a_lock_does_not_change_an_age() -> None:
    locks = [{"id": "L", "kind": "place", "child": "c", "class_": "C1"}]
    locked = tiny(classes=rows("classes", C1={"max_age": 8}), locks=locks)
    candidate = plan(placements=placed("c@C1"))
    assert checked("age_range", locked, candidate) == 1
    assert not possible("age_range", locked, candidate)
