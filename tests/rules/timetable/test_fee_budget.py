"""Fees against the season's budget, on hand-written plans."""

from __future__ import annotations

import pytest

from tests.rules.timetable_cases import TWO_TEACHERS
from tests.rules.timetable_halves import day_plan, try_out

# 99.50 is 100 yuan, 50.40 is 50
BOTH = day_plan("C1 15 P1 opera s1", "C2 15 P1 opera s2")


@pytest.mark.parametrize(("budget", "expected"), [("150", 0), ("149", 1), ("0", 150), (None, 0)])
def test_fee_budget(budget: str | None, expected: int) -> None:
    settings = {"parameters": {"fee_budget": {"yuan": budget}}} if budget is not None else None
    try_out("fee_budget", TWO_TEACHERS, BOTH, expected, settings=settings)


def test_without_fees_nothing_is_over() -> None:
    settings = {"parameters": {"fee_budget": {"yuan": "0"}}}
    try_out("fee_budget", TWO_TEACHERS, day_plan("C1 15 P1 ball"), 0, settings=settings)
