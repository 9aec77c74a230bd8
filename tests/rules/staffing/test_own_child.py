"""t1 is the parent of a, who is in C1."""

from __future__ import annotations

from tests.rules.staffing_halves import people, roster, staffed, try_out

SCENARIO = staffed(staff=people(t1={"own_children": ["a"]}, s1={"own_children": ["a", "b"]}))


def test_another_class_is_kept() -> None:
    try_out("own_child", SCENARIO, roster("t1 C2 15 AM", "t2 C1 15 AM"), 0)


def test_the_childs_class_is_broken() -> None:
    try_out("own_child", SCENARIO, roster("t1 C1 15 AM"), 1)


def test_broken_twice() -> None:
    try_out("own_child", SCENARIO, roster("t1 C1 15 AM", "t1 C1 15 PM"), 2)


def test_a_week_without_the_child_is_kept() -> None:
    only_b = [{"child": "b", "class": "C1", "week": "1", "choice": 1}]
    try_out("own_child", SCENARIO, roster("t1 C1 15 AM", placements=only_b), 0)


def test_teaching_counts_for_each_child() -> None:
    taught = [{"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}]
    try_out("own_child", SCENARIO, roster(sessions=taught), 2, mathematics=False)
