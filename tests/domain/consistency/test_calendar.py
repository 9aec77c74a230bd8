"""Days, shifts, periods, courses and trips: what contradicts itself, and what is worth a look."""

from __future__ import annotations

import pytest

from tests.domain.consistency.told import Changes, changed, found, ids, is_only_worth_a_look
from tests.seasons import TINY, rows, tiny

BLOCKING: list[tuple[str, str, Changes]] = [
    ("end_before_start", "shifts", {"PM": {"end": "14:00"}}),
    ("end_before_start", "periods", {"P1": {"end": "08:00"}}),
    ("period_outside_shift", "periods", {"P1": {"start": "07:59"}}),
    ("period_outside_shift", "periods", {"P4": {"end": "17:01"}}),
    ("periods_overlap", "periods", {"P2": {"start": "09:29"}}),
    ("periods_overlap", "periods", {"P1": {"end": "10:45"}}),  # P2 within P1
    ("shifts_overlap", "shifts", {"PM": {"start": "11:59"}}),
    ("limits_crossed", "courses", {"opera": {"min_per_week": 2}}),  # at most 1
    ("courses_in_circle", "courses", {"opera": {"after": "opera"}}),
    ("courses_in_circle", "courses", {"opera": {"after": "ball"}, "ball": {"after": "opera"}}),
]


@pytest.mark.parametrize(("id", "table", "changes"), BLOCKING)
def test_what_cannot_be_solved_is_refused(id: str, table: str, changes: dict[str, Changes]) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems if problem.blocking]


WARNINGS: list[tuple[str, str, Changes]] = [
    ("feature_nowhere", "courses", {"opera": {"room_feature": "pool"}}),
    ("course_too_long", "courses", {"ball": {"length": 3}}),  # two periods in the morning, two after
]  # fmt: skip


@pytest.mark.parametrize(("id", "table", "changes"), WARNINGS)
def test_what_is_worth_a_look_is_told_and_not_refused(
    id: str, table: str, changes: dict[str, Changes]
) -> None:
    is_only_worth_a_look(id, changed(table, **changes))


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("periods", {"P1": {"start": "08:00"}}),  # as early as its shift
        ("periods", {"P2": {"start": "09:30"}}),  # touching ends
        ("shifts", {"PM": {"start": "12:00"}}),
        ("classes", {"C1": {"min_age": 8, "max_age": 8, "min_children": 2}}),
        ("courses", {"opera": {"after": "ball"}}),
    ],
)
def test_what_just_holds_is_no_problem(table: str, changes: dict[str, Changes]) -> None:
    assert not any(problem.blocking for problem in found(changed(table, **changes)))


def test_a_day_listed_twice() -> None:
    assert "day_twice" in ids(tiny(days=[*TINY["days"], {"date": "2024-07-16", "week": "2"}]))


def test_no_open_day() -> None:
    assert "no_open_day" in ids(tiny(days=[{**day, "open": False} for day in TINY["days"]]))


def test_an_unknown_time_zone() -> None:
    (problem,) = found(tiny({"season": "x", "timezone": "Asia/Peking2"}))
    assert (problem.id, problem.value) == ("timezone_unknown", "Asia/Peking2")


def test_ranges_that_end_before_they_begin() -> None:
    backwards = {"from_": "2024-07-16", "to": "2024-07-15"}
    assert ids(tiny(closures=[backwards])) == ["range_backwards"]
    assert ids(tiny(availability=[{"person": "t1", "status": "no", **backwards}])) == ["range_backwards"]


def test_a_range_outside_the_season() -> None:
    assert ids(tiny(closures=[{"from_": "2024-08-01", "to": "2024-08-02"}])) == ["range_outside_season"]


def test_a_course_as_long_as_the_longest_run_of_periods_fits() -> None:
    # P1 and P2 in a row; L is care
    assert ids(changed("courses", ball={"length": 2})) == []


def test_trips_on_days_that_are_none() -> None:
    trip = {"id": "zoo", "name": "Zoo", "shifts": ["AM"]}
    days = [*TINY["days"], {"date": "2024-07-17", "week": "1", "open": False}]
    assert ids(tiny(days=days, trips=[{**trip, "dates": ["2024-07-16", "2024-07-17"]}])) == ["date_closed"]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16", "2024-08-01"]}])) == ["date_outside_season"]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"], "times_per_class": 2}])) == ["trip_too_often"]
    shut = [{"venue": "V1", "from_": "2024-07-16", "to": "2024-07-16", "shifts": ["AM"]}]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"]}], closures=shut)) == ["trip_date_shut"]
    # the afternoon's closure, or another day's, is no matter of a morning's trip
    other = [{**shut[0], "shifts": ["PM"]}, {**shut[0], "from_": "2024-07-15", "to": "2024-07-15"}]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"]}], closures=other)) == []


def test_where_no_room_names_features_that_is_said() -> None:
    rooms = [{**row, "features": []} for row in TINY["rooms"]]
    assert "features_none" in ids(tiny(rooms=rooms, courses=rows("courses", opera={"room_feature": "pool"})))
