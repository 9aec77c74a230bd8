"""Adults that a class meets in a week."""

from __future__ import annotations

from tests.rules.staffing_halves import people, roster, staffed, try_out


def test_nobody() -> None:
    try_out("continuity", staffed(), roster(), 0)


def test_the_same_adult_counts_once() -> None:
    try_out("continuity", staffed(), roster("v1 C1 15 AM", "v1 C1 15 PM", "v1 C1 16 AM"), 1)


def test_each_adult_of_each_class_counts() -> None:
    try_out("continuity", staffed(), roster("v1 C1 15 AM", "v2 C1 15 PM", "v1 C2 16 AM"), 3)


def test_each_week_counts_by_itself() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    offers = [{"person": "v1", "from_": "2024-07-15", "to": "2024-07-22", "status": "yes"}]
    seats = [{"child": "a", "class": "C1", "week": week, "choice": 1} for week in ("1", "2")]
    scenario = staffed(days=days, availability=offers)
    try_out("continuity", scenario, roster("v1 C1 15 AM", "v1 C1 22 AM", placements=seats), 2)


def test_limits_of_a_day_do_not_change_the_count() -> None:
    scenario = staffed(staff=people(v1={"max_shifts_per_day": 1, "max_days_per_week": 1}))
    try_out("continuity", scenario, roster("v1 C1 15 AM", "v2 C1 15 PM", "v2 C1 16 PM"), 2)
