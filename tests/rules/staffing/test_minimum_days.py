"""v1 needs two days."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

SCENARIO = staffed(staff=people(v1={"min_days": 2}))


@pytest.mark.parametrize(
    ("duties", "lacking"),
    [
        ([], 2),
        (["v1 C1 15 AM"], 1),
        (["v1 C1 15 AM", "v1 C1 15 PM"], 1),
        (["v1 C1 15 AM", "v1 C1 16 AM"], 0),
    ],
)
def test_days_lacking(duties: list[str], lacking: int) -> None:
    try_out("minimum_days", SCENARIO, roster(*duties), lacking)


def test_days_of_teaching_count() -> None:
    both = {"name": "B", "kind": "teacher", "roles": ["homeroom", "specialist"], "min_days": 2, **CLEARED}
    lesson = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "tb"}
    scenario = staffed(staff=people(tb=both))
    try_out("minimum_days", scenario, roster("tb C1 16 AM", sessions=[lesson]), 0)
    try_out("minimum_days", scenario, roster("tb C1 15 AM", sessions=[lesson]), 1)
