"""The zoo takes the mornings, the museum a whole day."""

from __future__ import annotations

import pytest

from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import tiny

SCENARIO = tiny(
    trips=[
        *zoo(),
        {"id": "museum", "name": "M", "dates": ["2024-07-15", "2024-07-16"], "shifts": ["AM", "PM"]},
        {"id": "park", "name": "P", "dates": ["2024-07-15", "2024-07-16"], "shifts": ["PM"]},
    ]
)


@pytest.mark.parametrize(
    ("sessions", "away", "expected", "message"),
    [
        pytest.param(("C1 15 P3 ball",), ("C1 15 zoo",), 0, None, id="back for the afternoon"),
        pytest.param(("C1 15 P2 ball",), ("C1 15 zoo",), 1, "broken", id="still away"),
        pytest.param(("C2 15 P2 ball",), ("C1 15 zoo",), 0, None, id="another class"),
        pytest.param((), ("C1 15 zoo", "C1 15 park"), 0, None, id="two trips one after the other"),
        pytest.param((), ("C1 15 zoo", "C1 15 museum"), 1, "two_trips", id="two trips at once"),
        pytest.param(
            ("C1 15 P2 ball", "C1 15 P4 opera s1"), ("C1 15 museum",), 2, "broken", id="two sessions"
        ),
    ],
)
def test_both_halves(
    sessions: tuple[str, ...], away: tuple[str, ...], expected: int, message: str | None
) -> None:
    try_out("trip_absence", SCENARIO, day_plan(*sessions, away=away), expected, message=message)
