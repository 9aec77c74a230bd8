"""v1 and v2 are students, v3 is a model worker."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import people, roster, staffed, try_out

STUDENT, WORKER = {"volunteer_type": "student"}, {"volunteer_type": "model_worker"}
SCENARIO = staffed(staff=people(v1=STUDENT, v2=STUDENT, v3=WORKER))


@pytest.mark.parametrize(
    ("duties", "alike"),
    [
        (["v1 C1 15 AM"], 0),  # one is of one kind by nature
        (["v1 C1 15 AM", "v3 C1 15 AM"], 0),
        (["v1 C1 15 AM", "v2 C1 15 AM"], 1),
        (["v1 C1 15 AM", "v2 C1 15 AM", "v3 C1 15 AM"], 0),
        (["v1 C1 15 AM", "v2 C1 15 AM", "v1 C1 16 AM", "v2 C1 16 AM"], 2),
        (["v1 C1 15 AM", "v2 C1 15 PM"], 0),
    ],
)
def test_kinds_in_a_shift(duties: list[str], alike: int) -> None:
    try_out("volunteer_mix", SCENARIO, roster(*duties), alike)


def test_three_of_a_kind_are_two_too_many() -> None:
    fourth = {**people(v1=STUDENT)[3], "id": "v4", **WORKER}
    staff = [*people(v1=STUDENT, v2=STUDENT, v3=STUDENT), fourth]
    given = roster("v1 C1 15 AM", "v2 C1 15 AM", "v3 C1 15 AM")
    try_out("volunteer_mix", staffed(staff=staff), given, 2)


def test_where_there_is_one_kind_only_there_is_nobody_to_mix() -> None:
    scenario = staffed(staff=people(v1=STUDENT, v2=STUDENT, v3={**WORKER, "venues": ["V2"]}))
    try_out("volunteer_mix", scenario, roster("v1 C1 15 AM", "v2 C1 15 AM"), 0)
    try_out("volunteer_mix", scenario, roster("v1 C2 15 AM", "v2 C2 15 AM"), 1)


def test_an_unknown_kind_is_none() -> None:
    scenario = staffed(staff=people(v1=STUDENT, v3=WORKER))
    try_out("volunteer_mix", scenario, roster("v1 C1 15 AM", "v2 C1 15 AM"), 0)
