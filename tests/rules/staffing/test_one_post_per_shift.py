"""One post a shift; a duty and sessions in one class are one post."""

from __future__ import annotations

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

BOTH = {
    "name": "B",
    "kind": "teacher",
    "roles": ["homeroom", "specialist", "life"],
    "courses": ["opera"],
    **CLEARED,
}
SCENARIO = staffed(staff=people(tb=BOTH))


def lesson(class_: str, period: str = "P1") -> dict[str, object]:
    return {"class": class_, "date": "2024-07-15", "period": period, "course": "opera", "teacher": "tb"}


def test_a_post_in_each_shift_is_kept() -> None:
    try_out("one_post_per_shift", SCENARIO, roster("tb C1 15 AM", "tb C2 15 PM", "tb C2 16 AM"), 0)


def test_two_posts_are_one_too_many() -> None:
    try_out("one_post_per_shift", SCENARIO, roster("tb C1 15 AM", "tb C2 15 AM"), 1)


def test_two_roles_in_one_class_are_two_posts() -> None:
    try_out("one_post_per_shift", SCENARIO, roster("tb C1 15 AM", "tb C1 15 AM life"), 1)


def test_three_posts_are_two_too_many() -> None:
    try_out("one_post_per_shift", SCENARIO, roster("tb C1 15 AM", "tb C1 15 AM life", "tb C2 15 AM"), 2)


def test_teaching_the_own_class_is_the_same_post() -> None:
    kept = roster("tb C1 15 AM", sessions=[lesson("C1"), lesson("C1", "P2"), lesson("C2", "P3")])
    try_out("one_post_per_shift", SCENARIO, kept, 0)


def test_teaching_another_class_is_another_post() -> None:
    try_out("one_post_per_shift", SCENARIO, roster("tb C1 15 AM", sessions=[lesson("C2", "P2")]), 1)


def test_several_classes_taught_and_no_duty_are_the_timetables_business() -> None:
    taught = roster(sessions=[lesson("C1"), lesson("C2", "P2")])
    try_out("one_post_per_shift", SCENARIO, taught, 0)
