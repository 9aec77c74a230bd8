"""One more half-day or kit, tried on tiny seasons whose gain can be counted."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.teaching_gain import Extra
from scheduler.solver.door import Limits
from scheduler.solver.gains import GUEST, gain
from tests.rules.timetable_cases import COLLEAGUE
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

LIMITS = Limits(seconds=20, workers=1, reproducible=True)
MONDAY = date(2024, 7, 15)
ONE_DAY = [{"date": "2024-07-15", "week": "1"}]
ONE_PERIOD = [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}]
HALF_DAY = Extra("half_day", ("opera",), "V1", "1")


def test_a_half_day_fills_what_nobody_else_can() -> None:
    # s1 is at V2 in the one period there is; a guest at V1 meets a's wish: 2 for it, 10 for a child with
    # nothing, 3 for the empty period; the visit costs 0.2
    season = tiny(
        days=ONE_DAY,
        periods=ONE_PERIOD,
        children=rows("children", a={"interests": ["opera"]}),
        courses=[{"id": "opera", "name": "Opera"}],
    )
    given = day_plan("C2 15 P1 opera s1")
    found = gain(season, given, HALF_DAY, LIMITS)
    assert found is not None
    assert (found.day, found.shift, found.proven) == (MONDAY, "AM", True)
    # the guest gives one session of one offered: beyond none of the parts, which are rounded up to 1
    assert found.cost == pytest.approx(15 - 0.2)
    assert {rule: found.changes[rule] for rule in ("interests", "no_wish_served", "empty_periods")} == {
        "interests": -1,
        "no_wish_served": -1,
        "empty_periods": -1,
    }
    assert GUEST not in season.person


def test_a_half_day_gives_nothing_where_somebody_is_free_already() -> None:
    season = tiny(days=ONE_DAY, periods=ONE_PERIOD, courses=[{"id": "opera", "name": "Opera"}])
    given = day_plan("C1 15 P1 opera s1")
    found = gain(season, given, HALF_DAY, LIMITS)
    assert found is not None
    assert (found.cost, dict(found.changes)) == (0.0, {})


def test_a_kit_lets_two_classes_have_the_course_at_once() -> None:
    season = tiny(
        days=ONE_DAY,
        periods=ONE_PERIOD,
        children=rows("children", a={"interests": ["opera"]}),
        courses=[{"id": "opera", "name": "Opera", "kits": 1}],
        staff=rows("staff", s2=COLLEAGUE),
    )
    given = day_plan("C2 15 P1 opera s1")
    found = gain(season, given, Extra("kit", ("opera",), "V1", "1"), LIMITS)
    assert found is not None
    assert found.cost == pytest.approx(15 - 0.2)
    assert (found.day, found.shift) == (None, "")


def test_what_lies_outside_the_venue_stays() -> None:
    # C2's session would have to give way; it is another venue's, so the one kit stays there
    season = tiny(
        days=ONE_DAY,
        periods=ONE_PERIOD,
        children=rows("children", a={"interests": ["opera"]}),
        courses=[{"id": "opera", "name": "Opera", "kits": 1}],
        staff=rows("staff", s2=COLLEAGUE),
    )
    found = gain(season, day_plan("C2 15 P1 opera s1"), HALF_DAY, LIMITS)
    assert found is not None
    assert found.cost == 0.0
