"""Replanning in mid-season: lists that changed since say nothing against the weeks begun, and bind nobody by
them; what comes keeps every rule."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler import checker
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.solver import Options, solve
from tests.seasons import TINY, placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
SECOND = date(2024, 7, 22)


def replanned(scenario: Scenario, *before: str) -> Plan:
    """A plan remade for the second week; verified."""
    old = plan(placements=placed(*before))
    options = Options(seconds=3, workers=1, reproducible=True, previous=old, as_of=SECOND)
    found = solve(scenario, options)
    assert checker.verify(scenario, found).broken == ()
    return found


def seats(found: Plan, week: str) -> set[str]:
    return {f"{row.child}@{row.class_}" for row in found.placements if row.week == week}


def test_siblings_bound_since_are_together_from_now_on() -> None:
    family = {"family": "F", "siblings": "must", "choices": ["V1", "V2"]}
    found = replanned(tiny(days=WEEKS, children=rows("children", a=family, b=family)), "a@C1/1", "b@C2/1")
    assert {"a@C1", "b@C2"} <= seats(found, "1")
    assert {"a@C1", "b@C1"} <= seats(found, "2")


@pytest.mark.parametrize("stay", ["steady", "whole"])
def test_who_finds_no_seat_any_more_waits(stay: str) -> None:
    # a and b were in C1, which has one seat now and is all they wish for: a ranks first
    wish = {"choices": ["C1"], "stay": stay}
    season = tiny(
        days=WEEKS,
        children=rows("children", a=wish, b=wish, c={"choices": ["C2"]}),
        classes=rows("classes", C1={"capacity": 1}),
    )
    found = replanned(season, "a@C1/1", "b@C1/1", "c@C2/1")
    assert seats(found, "1") == {"a@C1", "b@C1", "c@C2"}
    assert seats(found, "2") == {"a@C1", "c@C2"}


def test_who_comes_later_and_wants_all_weeks_gets_those_to_come() -> None:
    # a ranks before b, and was on no list in week 1: it has a claim to b's seat
    season = tiny(
        days=WEEKS,
        children=rows("children", a={"choices": ["C1"], "stay": "whole"}, b={"choices": ["C1"]}),
        classes=rows("classes", C1={"capacity": 1}),
    )
    found = replanned(season, "b@C1/1", "c@C2/1")
    assert seats(found, "2") == {"a@C1", "c@C2"}


def test_who_moved_about_and_wishes_to_stay_since_stays_where_they_come_to() -> None:
    days = [*WEEKS, {"date": "2024-07-29", "week": "3"}, {"date": "2024-08-05", "week": "4"}]
    old = plan(placements=placed("b@C1/1", "b@C2/2", "b@C1/3", "b@C2/4"))
    options = Options(seconds=3, workers=1, reproducible=True, previous=old, as_of=date(2024, 7, 29))
    found = solve(tiny(days=days), options)
    assert checker.verify(tiny(days=days), found).broken == ()
    assert len({found.class_of("b", week) for week in ("3", "4")} - {None}) == 1


def test_who_cannot_stay_where_they_were_waits() -> None:
    # V1 was closed for good; b wishes for V2 as well, but wants to stay: c, by single weeks, moves
    shut = [{"venue": "V1", "from_": "2024-07-20", "to": "2024-07-30"}]
    season = tiny(days=WEEKS, closures=shut, children=rows("children", c={"stay": "weeks"}))
    found = replanned(season, "b@C1/1", "c@C1/1")
    assert seats(found, "2") == {"c@C2"}


def test_who_could_stay_does_not_claim_a_seat_elsewhere() -> None:
    # b wished for V2 first, since; it stays at V1, and has no claim to move though there is room
    season = tiny(days=WEEKS, children=rows("children", b={"choices": ["V2", "V1"]}))
    found = replanned(season, "a@C1/1", "b@C1/1", "c@C2/1")
    assert seats(found, "2") == {"a@C1", "b@C1", "c@C2"}


@pytest.mark.parametrize(
    "lock",
    [
        {"kind": "close", "class_": "C1", "week": "1"},
        {"kind": "open", "class_": "C2", "week": "1"},
        {"kind": "keep_out", "child": "a", "class_": "C1"},  # in any week
        {"kind": "place", "child": "a", "class_": "C2", "week": "1"},
    ],
)
def test_a_lock_cannot_change_what_was(lock: dict[str, str]) -> None:
    season = tiny(days=WEEKS, children=rows("children", a={"choices": ["V1", "V2"]}))
    locked = season.model_copy(update={"locks": tiny(locks=[{"id": "L", **lock}]).locks})
    found = replanned(locked, "a@C1/1", "b@C1/1")
    assert seats(found, "1") == {"a@C1", "b@C1"}
    assert ("a@C1" in seats(found, "2")) is (lock["kind"] != "keep_out")
    past = {row.violation.rule for row in checker.verify(locked, found).past}
    assert past == {"placement_locks"}


def test_what_was_lowered_since_is_told_and_not_held_against_the_plan() -> None:
    season = tiny(
        days=WEEKS,
        venues=rows("venues", V1={"capacity": 1}),
        staff=[{**row, "cleared_until": "2024-07-01"} for row in TINY["staff"]],
    )
    duty = {"person": "t1", "role": "homeroom", "class": "C1", "venue": "V1", "shift": "AM"}
    old = plan(placements=placed("a@C1/1", "b@C1/1"), duties=[{**duty, "date": "2024-07-15"}])
    options = Options(seconds=3, workers=1, reproducible=True, previous=old, as_of=SECOND)
    report = checker.verify(season, solve(season, options))
    assert report.broken == ()
    assert {row.violation.rule for row in report.past} == {"venue_capacity", "clearance"}
