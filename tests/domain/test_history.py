"""A previous plan's past, as far as lists that have changed since can tell it."""

from __future__ import annotations

import pytest

from scheduler.domain.history import remembered
from tests.seasons import TINY, Rows, placed, plan, tiny

# Monday lies before the plan was remade, Tuesday is the day it is remade for
WEEK = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-16", "week": "1"}]
DUTY = {"person": "t1", "role": "homeroom", "class": "C1", "venue": "V1", "shift": "AM"}
SESSION = {"class": "C1", "period": "P1", "course": "opera", "teacher": "s1"}
OLD = plan(
    duties=[{**DUTY, "date": day["date"]} for day in WEEK],
    sessions=[{**SESSION, "date": day["date"]} for day in WEEK],
)
SO_FAR: dict[str, object] = {"placements": placed("a@C1"), "as_of": "2024-07-16"}


def kept(so_far: dict[str, object], **tables: Rows) -> tuple[int, int]:
    found = remembered(tiny(days=WEEK, **tables), OLD, plan(**so_far))
    return len(found.duties), len(found.sessions)


def test_whatever_the_lists_know_is_remembered() -> None:
    assert kept(SO_FAR) == (2, 2)


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("t1", (1, 2)),  # Monday's duty is forgotten; Tuesday's is a change
        ("s1", (2, 1)),
    ],
)
def test_whose_row_is_gone_is_forgotten(gone: str, expected: tuple[int, int]) -> None:
    assert kept(SO_FAR, staff=[row for row in TINY["staff"] if row["id"] != gone]) == expected


def test_with_nobody_known_of_its_class_a_duty_is_forgotten() -> None:
    assert kept({**SO_FAR, "placements": []}) == (1, 1)


def test_without_a_day_nothing_is_past() -> None:
    assert kept({"placements": []}) == (2, 2)


def test_a_duty_goes_with_a_class_that_moved() -> None:
    moved = [{**row, "venue": "V2", "room": "R2"} for row in TINY["classes"] if row["id"] == "C1"]
    found = remembered(tiny(days=WEEK, classes=moved), OLD, plan(**SO_FAR))
    assert [duty.venue for duty in found.duties] == ["V2", "V1"]  # Tuesday's is still to be decided
