"""Locks on duties: who must, and who must not."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.base import Rule
from scheduler.rules.moves import Post
from scheduler.rules.staffing.staffing_locks import StaffingLocks
from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

WARDEN = {"name": "W", "kind": "teacher", "roles": ["site"], **CLEARED}


def locked(kind: str, **fields: object) -> Scenario:
    return staffed(staff=people(w1=WARDEN), locks=[{"id": "L1", "kind": kind, **fields}])


EVERYWHERE = ("t1 C1 15 AM", "t1 C1 15 PM", "t1 C1 16 AM", "t1 C1 16 PM")


@pytest.mark.parametrize(
    ("fields", "duties", "missed"),
    [
        ({"class_": "C1", "date": "2024-07-15", "shift": "AM"}, ["t1 C1 15 AM"], 0),
        ({"class_": "C1", "date": "2024-07-15", "shift": "AM"}, ["t1 C2 15 AM"], 1),
        ({"class_": "C1", "date": "2024-07-15", "shift": "AM"}, [], 1),
        # a blank shift: both; a blank date: both days
        ({"class_": "C1", "date": "2024-07-15"}, ["t1 C1 15 AM"], 1),
        ({"class_": "C1"}, EVERYWHERE, 0),
        ({"class_": "C1"}, [], 4),
        ({"class_": "C1", "week": "1", "shift": "PM"}, ["t1 C1 15 PM"], 1),
        # a blank class: whichever
        ({"date": "2024-07-15", "shift": "AM"}, ["t1 C2 15 AM"], 0),
        # a role: only that
        ({"class_": "C1", "date": "2024-07-15", "shift": "AM", "role": "life"}, ["t1 C1 15 AM"], 1),
    ],
)
def test_a_duty_is_wanted(fields: dict[str, object], duties: list[str], missed: int) -> None:
    try_out("staffing_locks", locked("duty", person="t1", **fields), roster(*duties), missed)


def test_a_class_that_does_not_run_wants_nobody() -> None:
    only_c2 = [{"child": "c", "class": "C2", "week": "1", "choice": 1}]
    try_out("staffing_locks", locked("duty", person="t1", class_="C1"), roster(placements=only_c2), 0)


def test_a_site_lock_with_a_class_means_its_venue() -> None:
    scenario = locked("duty", person="w1", class_="C1", role="site", date="2024-07-15", shift="AM")
    try_out("staffing_locks", scenario, roster("w1 @V1 15 AM"), 0)
    try_out("staffing_locks", scenario, roster("w1 @V2 15 AM"), 1, message="duty")


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"person": "t1"}, 2),  # everywhere
        ({"person": "t2"}, 0),
        ({}, 2),  # nobody at all
        ({"person": "t1", "class_": "C1"}, 1),
        ({"person": "t1", "date": "2024-07-16"}, 1),
        ({"person": "t1", "shift": "PM"}, 0),
        ({"person": "t1", "role": "life"}, 0),
        ({"person": "t1", "week": "1"}, 2),
    ],
)
def test_a_duty_is_forbidden(fields: dict[str, object], broken: int) -> None:
    given = roster("t1 C1 15 AM", "t1 C2 16 AM")
    try_out("staffing_locks", locked("no_duty", **fields), given, broken)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"class_": "C1"}, "idle"),  # nobody is in C1 all season
        ({"class_": "C2"}, None),
        ({"class_": "C2", "date": "2024-07-15", "shift": "AM"}, None),
        ({"class_": "C2", "week": "2"}, "idle"),
        ({}, None),
        ({"date": "2024-07-17"}, "idle_anywhere"),
    ],
)
def test_a_lock_that_comes_to_nothing_is_remarked_on(fields: dict[str, object], message: str | None) -> None:
    season = locked("duty", person="t1", **fields)
    only_c2 = roster(placements=[{"child": "c", "class": "C2", "week": "1", "choice": 1}])
    rule = Rulebook(season.settings).by_id["staffing_locks"]
    assert [found.message for found in rule.remarks(season, only_c2)] == ([message] if message else [])


@pytest.mark.parametrize("kind", ["duty", "no_duty"])
@pytest.mark.parametrize(
    ("fields", "forbidden"),
    [
        ({"person": "t1"}, 2),
        ({}, 3),
        ({"person": "t1", "class_": "C1"}, 1),
        ({"person": "t1", "date": "2024-07-15", "shift": "PM"}, 1),
        ({"class_": "C1", "role": "site"}, 1),
    ],
)
def test_what_they_have_against_a_duty_is_what_the_check_finds_after_it(
    kind: str, fields: dict[str, object], forbidden: int
) -> None:
    # a lock that wants duties has nothing against one more
    if kind == "duty":
        fields, forbidden = {"person": "t1", **fields}, 0
    scenario, given, rule = locked(kind, **fields), roster("t1 C2 16 AM"), StaffingLocks()
    moves = [Post(duty) for duty in roster("t1 C1 15 AM", "t1 C2 15 PM", "w1 @V1 15 AM").duties]
    found = [list(rule.blockers(scenario, given, move)) for move in moves]
    assert found == [list(Rule.blockers(rule, scenario, given, move)) for move in moves]
    assert sum(map(len, found)) == forbidden
