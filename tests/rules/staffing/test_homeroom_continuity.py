"""One homeroom teacher a class."""

from __future__ import annotations

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

T3 = {"name": "T", "kind": "teacher", "roles": ["homeroom", "life"], **CLEARED}
SCENARIO = staffed(staff=people(t3=T3))


def test_one_each_is_kept() -> None:
    given = roster("t1 C1 15 AM", "t1 C1 16 AM", "t2 C2 15 AM", "t3 C1 15 PM life")
    try_out("homeroom_continuity", SCENARIO, given, 0)


def test_a_second_and_a_third_count() -> None:
    try_out("homeroom_continuity", SCENARIO, roster("t1 C1 15 AM", "t2 C1 16 AM"), 1)
    try_out("homeroom_continuity", SCENARIO, roster("t1 C1 15 AM", "t2 C1 16 AM", "t3 C1 16 PM"), 2)
    try_out(
        "homeroom_continuity", SCENARIO, roster("t1 C1 15 AM", "t2 C1 16 AM", "t1 C2 16 PM", "t2 C2 15 PM"), 2
    )
