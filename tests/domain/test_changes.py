"""What differs between two plans, and the reason told for it."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.changes import changes
from scheduler.locale import LANGUAGES, catalogue
from tests.seasons import Rows, placed, plan, rows, tiny

DUTY = {"role": "homeroom", "class": "C1", "venue": "V1", "date": "2024-07-15", "shift": "AM"}
SESSION = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}


def told(
    old: dict[str, Any], new: dict[str, Any], **tables: Rows
) -> list[tuple[str, str | None, str | None, str]]:
    found = changes(tiny(**tables), plan(**old), plan(**new))
    for change in found:
        assert all(f"change.{change.reason}" in catalogue(language) for language in LANGUAGES)
    return [(change.ref, change.from_, change.to, change.reason) for change in found]


def test_equal_plans_have_no_changes() -> None:
    same = {"placements": placed("a@C1"), "duties": [{"person": "t1", **DUTY}], "sessions": [SESSION]}
    assert told(same, same) == []


@pytest.mark.parametrize(
    ("old", "new", "children", "expected"),
    [
        # a has withdrawn since
        (["a@C1", "b@C1"], ["b@C1"], {"a": {"status": "withdrawn"}}, ("child:a/1", "C1", None, "withdrawn")),
        # c was in the old plan's lists nowhere: it is new
        (["b@C1"], ["b@C1", "c@C1"], {}, ("child:c/1", None, "C1", "joined")),
        # b's first choice is V1: C2 was its second
        (["b@C2", "c@C2"], ["b@C1", "c@C2"], {}, ("child:b/1", "C2", "C1", "better_choice")),
        (["b@C1", "a@C1"], ["b@C2", "a@C1"], {}, ("child:b/1", "C1", "C2", "moved")),
        # C1 no longer runs
        (["b@C1", "c@C2"], ["b@C2", "c@C2"], {}, ("child:b/1", "C1", "C2", "class_closed")),
        (["a@C1", "b@C1"], ["b@C1"], {}, ("child:a/1", "C1", None, "lost")),
        # a must be where its sibling is, for whom there is no seat
        (
            ["a@C1", "b@C1", "c@C1"],
            ["c@C1"],
            {"a": {"family": "F", "siblings": "must"}, "b": {"family": "F"}},
            ("child:a/1", "C1", None, "with_siblings"),
        ),
        (
            ["a@C1", "b@C1"],
            ["b@C1"],
            {"a": {"choices": ["V2"]}},
            ("child:a/1", "C1", None, "wish_changed"),
        ),
    ],
)
def test_placements(
    old: list[str], new: list[str], children: dict[str, dict[str, str]], expected: tuple[str, ...]
) -> None:
    found = told(
        {"placements": placed(*old)}, {"placements": placed(*new)}, children=rows("children", **children)
    )
    assert expected in found


def test_a_class_that_is_on_no_list() -> None:
    # somebody wrote it into the new plan by hand: verifying will say so
    old, new = {"placements": placed("a@C1", "b@C1")}, {"placements": placed("a@C9", "b@C1")}
    assert ("child:a/1", "C1", "C9", "moved") in told(old, new)


def test_a_child_that_waited_has_a_seat_that_came_free() -> None:
    waiting = [{"class": "C1", "week": "1", "child": "c", "position": 1}]
    old = {"placements": placed("a@C1", "b@C1"), "waitlist": waiting}
    found = told(old, {"placements": placed("a@C1", "c@C1")})
    assert ("child:c/1", None, "C1", "seated") in found


def test_a_duty_of_somebody_who_cannot_come() -> None:
    away = [{"person": "t1", "from_": "2024-07-15", "to": "2024-07-15", "status": "no"}]
    old = {"placements": placed("a@C1"), "duties": [{"person": "t1", **DUTY}], "sessions": [SESSION]}
    new = {"placements": placed("a@C1"), "duties": [{"person": "t2", **DUTY}]}
    assert told(old, new, availability=away) == [
        ("person:t1/2024-07-15/AM", "C1/homeroom", None, "absent"),
        ("person:t2/2024-07-15/AM", None, "C1/homeroom", "rearranged"),
        ("class:C1/2024-07-15/P1", "opera/s1/-", None, "rearranged"),
    ]


def test_a_session_of_a_class_that_does_not_run_any_more() -> None:
    old = {"placements": placed("a@C1"), "sessions": [SESSION]}
    assert ("class:C1/2024-07-15/P1", "opera/s1/-", None, "class_closed") in told(old, {})
    assert ("class:C1/1", "open", None, "idle") in told(old, {})
