"""The background check holds on the day, for duties and sessions."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import people, roster, staffed, try_out


@pytest.mark.parametrize(
    ("until", "message"),
    [("2024-07-16", None), ("2024-07-15", "expired"), (None, "never")],  # just kept, just broken, never
)
def test_valid_to_the_day(until: str | None, message: str | None) -> None:
    scenario = staffed(staff=people(t1={"cleared_until": until}))
    try_out("clearance", scenario, roster("t1 C1 16 AM"), int(message is not None), message=message)


def test_broken_twice() -> None:
    scenario = staffed(staff=people(t1={"cleared_until": None}))
    try_out("clearance", scenario, roster("t1 C1 15 AM", "t1 C1 16 AM", "t2 C2 15 AM"), 2)


def test_teachers_of_sessions_too() -> None:
    scenario = staffed(staff=people(s1={"cleared_until": "2024-07-15"}))
    taught = [
        {"class": "C1", "date": day, "period": "P1", "course": "opera", "teacher": "s1"}
        for day in ("2024-07-15", "2024-07-16")
    ]
    try_out("clearance", scenario, roster(sessions=taught), 1, mathematics=False)
