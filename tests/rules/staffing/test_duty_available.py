"""Volunteers where they offer, teachers unless they decline."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import roster, staffed, try_out


def said(person: str, status: str, **more: object) -> dict[str, object]:
    return {"person": person, "from_": "2024-07-15", "to": "2024-07-15", "status": status, **more}


@pytest.mark.parametrize(
    ("person", "status", "broken"),
    [
        ("v1", None, 1),  # a volunteer who says nothing is not there
        ("v1", "yes", 0),
        ("v1", "prefer", 0),
        ("v1", "avoid", 0),  # to avoid is no refusal
        ("v1", "no", 1),
        ("t1", None, 0),  # a teacher who says nothing is there
        ("t1", "no", 1),
    ],
)
def test_who_says_what(person: str, status: str | None, broken: int) -> None:
    scenario = staffed(availability=[said(person, status)] if status else [])
    try_out("duty_available", scenario, roster(f"{person} C1 15 AM"), broken)


def test_the_shorter_range_wins() -> None:
    whole = {"person": "v1", "from_": "2024-07-15", "to": "2024-07-16", "status": "yes"}
    scenario = staffed(availability=[whole, said("v1", "no", shifts=["PM"])])
    try_out("duty_available", scenario, roster("v1 C1 15 AM", "v1 C1 16 PM"), 0)
    try_out("duty_available", scenario, roster("v1 C1 15 PM"), 1)


def test_broken_twice() -> None:
    scenario = staffed(availability=[])
    try_out("duty_available", scenario, roster("v1 C1 15 AM", "v1 C1 15 PM", "t1 C1 15 AM"), 2)
