"""C1 is at V1, C2 at V2."""

from __future__ import annotations

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

BOTH = {"name": "B", "kind": "teacher", "roles": ["homeroom", "specialist"], "courses": ["opera"], **CLEARED}
SCENARIO = staffed(staff=people(tb=BOTH))


def lesson(class_: str, period: str) -> dict[str, object]:
    return {"class": class_, "date": "2024-07-15", "period": period, "course": "opera", "teacher": "tb"}


def test_one_venue_a_day() -> None:
    try_out("venue_changes", SCENARIO, roster("v1 C1 15 AM", "v1 C1 15 PM", "v1 C2 16 AM"), 0)


def test_two_venues_a_day() -> None:
    try_out("venue_changes", SCENARIO, roster("v1 C1 15 AM", "v1 C2 15 PM"), 1)
    two_days = ("v1 C1 15 AM", "v1 C2 15 PM", "v1 C2 16 AM", "v1 C1 16 PM")
    try_out("venue_changes", SCENARIO, roster(*two_days), 2)


def test_where_one_teaches_counts_beside_a_duty() -> None:
    try_out("venue_changes", SCENARIO, roster("tb C1 15 AM", sessions=[lesson("C2", "P3")]), 1)
    try_out("venue_changes", SCENARIO, roster("tb C1 15 AM", sessions=[lesson("C1", "P3")]), 0)


def test_sessions_alone_are_the_timetables_business() -> None:
    taught = [lesson("C1", "P1"), lesson("C2", "P3")]
    try_out("venue_changes", SCENARIO, roster(sessions=taught), 0)
    try_out("venue_changes", SCENARIO, roster("tb C1 15 AM", sessions=taught), 1)
