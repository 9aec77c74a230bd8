"""s1 gives opera to both classes on both days at most."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out
from tests.seasons import placed, rows, tiny

TWO_A_DAY = ("C1 15 P1 opera s1", "C2 15 P3 opera s1")
TWO_DAYS = ("C1 15 P1 opera s1", "C2 16 P1 opera s1")


def limited(**limits: object) -> Scenario:
    return tiny(courses=rows("courses", opera={"max_per_week": 2}), staff=rows("staff", s1=limits))


@pytest.mark.parametrize(
    ("limit", "most", "sessions", "message"),
    [
        ("max_sessions_per_day", 2, TWO_A_DAY, "sessions_per_day"),
        ("max_sessions_per_week", 2, TWO_DAYS, "sessions_per_week"),
        ("max_shifts_per_day", 2, TWO_A_DAY, "shifts_per_day"),
        ("max_days_per_week", 2, TWO_DAYS, "days_per_week"),
        ("max_days", 2, TWO_DAYS, "days"),
    ],
)
def test_just_kept_and_just_broken(
    limit: str, most: int, sessions: tuple[str, ...], message: str | None
) -> None:
    try_out("teacher_limits", limited(**{limit: most}), day_plan(*sessions), 0)
    try_out("teacher_limits", limited(**{limit: most - 1}), day_plan(*sessions), 1, message=message)


def test_two_days_too_many_are_two() -> None:
    four = (*TWO_A_DAY, "C1 16 P1 opera s1", "C2 16 P3 opera s1")
    try_out("teacher_limits", limited(max_sessions_per_day=1), day_plan(*four), 2)


def test_a_joint_session_counts_once() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", opera={"joint": 3}),
        staff=rows("staff", s1={"max_sessions_per_day": 1}),
    )
    together = day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1", placements=placed("a@C1", "c@C2"))
    try_out("teacher_limits", scenario, together, 0)
