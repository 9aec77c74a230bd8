"""Trips that cannot go on one of their dates: why, and what the class does instead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.domain.called_off import CalledOff, called_off, missed
from tests.rules.timetable_halves import day_plan, zoo
from tests.seasons import placed, rows, tiny

MONDAY, TUESDAY = date(2024, 7, 15), date(2024, 7, 16)
RAIN = {"from_": MONDAY, "to": MONDAY, "reason": "rain"}


def off(class_: str = "C1", away: tuple[str, ...] = (), **tables: Any) -> tuple[CalledOff, ...]:  # noqa: ANN401
    return called_off(tiny(trips=zoo(), **tables), day_plan(away=away), class_)


def test_a_trip_that_can_go_is_not_called_off() -> None:
    assert off() == ()
    assert off(away=("C1 15 zoo",)) == ()


def test_a_lock_leaves_the_class_at_its_venue() -> None:
    storm = {"id": "L", "kind": "no_trip", "trip": "zoo", "date": MONDAY, "reason": "storm"}
    assert off(locks=[storm]) == (CalledOff("C1", "zoo", MONDAY, "lock", "storm", (), True),)
    assert off("C2", locks=[{**storm, "class_": "C1"}]) == ()


def test_a_closure_closes_the_class_too() -> None:
    assert off(closures=[{"venue": "V1", **RAIN}]) == (
        CalledOff("C1", "zoo", MONDAY, "closure", "rain", (), False),
    )
    assert off("C2", closures=[{"venue": "V1", **RAIN}]) == ()
    # the afternoon is no concern of a morning's trip
    assert off(closures=[{"venue": "V1", **RAIN, "shifts": ["PM"]}]) == ()


def test_a_closed_day() -> None:
    days = [
        {"date": "2024-07-15", "week": "1", "open": False, "note": "typhoon"},
        {"date": "2024-07-16", "week": "1"},
    ]
    assert off(days=days) == (CalledOff("C1", "zoo", MONDAY, "day", "typhoon", (), False),)


def test_the_other_dates_on_which_the_class_goes() -> None:
    scenario = tiny(trips=zoo(), closures=[{"venue": "V1", **RAIN}])
    given = day_plan(away=("C1 16 zoo",))
    assert [row.instead for row in called_off(scenario, given, "C1")] == [(TUESDAY,)]
    # it goes often enough: nothing is missed
    assert missed(scenario, given, "C1") == ()
    assert len(missed(scenario, day_plan(), "C1")) == 1


@pytest.mark.parametrize(
    "tables",
    [
        {"classes": rows("classes", C1={"shifts": ["PM"]})},  # never on in the morning
        {"courses": rows("courses"), "trips": zoo(min_age=9)},  # a is 8
        {"trips": zoo(dates=["2024-07-16"])},
    ],
)
def test_a_class_that_would_not_go_anyway(tables: dict[str, Any]) -> None:
    scenario = tiny(**{"trips": zoo(), "closures": [{"venue": "V1", **RAIN}], **tables})
    assert called_off(scenario, day_plan(), "C1") == ()


def test_a_class_that_does_not_run() -> None:
    only_c2 = day_plan(placements=placed("c@C2"))
    assert called_off(tiny(trips=zoo(), closures=[{"venue": "V1", **RAIN}]), only_c2, "C1") == ()
