"""Shifts and days count whether worked as duty or session."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

BOTH = {"name": "B", "kind": "teacher", "roles": ["homeroom", "specialist"], "courses": ["opera"], **CLEARED}
THREE_DAYS = [{"date": f"2024-07-{day}", "week": week} for day, week in ((15, "1"), (16, "1"), (22, "2"))]
TWO_WEEKS = [
    {"child": child, "class": class_, "week": week, "choice": 1}
    for child, class_ in (("a", "C1"), ("c", "C2"))
    for week in ("1", "2")
]


def lesson(day: int, period: str) -> dict[str, object]:
    return {"class": "C1", "date": f"2024-07-{day}", "period": period, "course": "opera", "teacher": "tb"}


@pytest.mark.parametrize(
    ("limit", "found", "message"),
    [
        ("max_shifts_per_day", 2, "shifts_per_day"),
        ("max_days_per_week", 2, "days_per_week"),
        ("max_days", 3, "days"),
    ],
)
def test_just_kept_just_broken_and_broken_twice(limit: str, found: int, message: str) -> None:
    given = roster("tb C1 15 AM", "tb C1 15 PM", "tb C1 16 AM", "tb C1 22 AM", placements=TWO_WEEKS)
    for allowed in (found, found - 1, 0):
        scenario = staffed(
            days=THREE_DAYS, staff=people(tb={**BOTH, "max_days_per_week": None, limit: allowed})
        )
        # with nothing allowed: two shifts of the first day, one each of the others; two days and one; three
        expected = (
            {"shifts_per_day": 4, "days_per_week": 3, "days": 3}[message] if not allowed else found - allowed
        )
        try_out("duty_limits", scenario, given, expected, message=message if expected else None)


def test_a_session_makes_a_shift_and_a_day() -> None:
    scenario = staffed(staff=people(tb={**BOTH, "max_shifts_per_day": 1, "max_days": 1}))
    try_out("duty_limits", scenario, roster("tb C1 15 AM", sessions=[lesson(15, "P1")]), 0)
    other_shift = roster("tb C1 15 AM", sessions=[lesson(15, "P3")])
    try_out("duty_limits", scenario, other_shift, 1, message="shifts_per_day")
    other_day = roster("tb C1 15 AM", sessions=[lesson(16, "P1")])
    try_out("duty_limits", scenario, other_day, 1, message="days")


def test_sessions_alone_are_the_timetables_business() -> None:
    scenario = staffed(staff=people(tb={**BOTH, "max_shifts_per_day": 1, "max_days": 1}))
    given = roster(sessions=[lesson(15, "P1"), lesson(15, "P3"), lesson(16, "P1")])
    try_out("duty_limits", scenario, given, 0)


def test_beside_sessions_beyond_the_limit_no_duty_is_possible() -> None:
    scenario = staffed(staff=people(tb={**BOTH, "max_days": 1}))
    given = roster("tb C1 15 AM", sessions=[lesson(15, "P1"), lesson(16, "P1")])
    try_out("duty_limits", scenario, given, 1, message="days")
