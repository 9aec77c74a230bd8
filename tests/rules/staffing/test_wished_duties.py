"""v1 prefers mornings; v2 prefers nothing."""

from __future__ import annotations

from tests.rules.staffing_halves import OFFERS, roster, staffed, try_out

PREFERS = {
    "person": "v1",
    "from_": "2024-07-15",
    "to": "2024-07-15",
    "shifts": ["AM"],
    "status": "prefer",
}
SCENARIO = staffed(availability=[*OFFERS, PREFERS])


def test_the_preferred_shift_and_people_without_wishes_cost_nothing() -> None:
    try_out("wished_duties", SCENARIO, roster("v1 C1 15 AM", "v2 C1 15 PM"), 0)


def test_each_other_shift_counts() -> None:
    try_out("wished_duties", SCENARIO, roster("v1 C1 15 PM"), 1)
    try_out("wished_duties", SCENARIO, roster("v1 C1 15 PM", "v1 C1 16 AM"), 2)
