"""t1 costs 80 yuan a duty, t2 79.6."""

from __future__ import annotations

from tests.rules.staffing_halves import people, roster, staffed, try_out

SCENARIO = staffed(
    staff=people(t1={"fee_per_shift": 80}, t2={"fee_per_shift": 79.6}, v1={"fee_per_shift": 0.4})
)


def test_volunteers_without_a_fee_cost_nothing() -> None:
    try_out("fees", SCENARIO, roster("v2 C1 15 AM", "v1 C1 15 PM"), 0)  # 0.4 yuan rounds to none


def test_whole_yuan_of_every_duty() -> None:
    try_out("fees", SCENARIO, roster("t1 C1 15 AM"), 80)
    try_out("fees", SCENARIO, roster("t1 C1 15 AM", "t1 C1 15 PM", "t2 C2 15 AM"), 240)
