"""Seasons that cannot be staffed get an answer that says what is missing, never an error."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.derived.gaps import Gaps
from scheduler.solver import staffing
from scheduler.solver.door import Answer, Limits, Request
from tests.rules.staffing_halves import CLEARED, OFFERS, WHOLE, people, roster, staffed
from tests.seasons import placed

LIMITS = Limits(seconds=20, workers=1, reproducible=True)
NEEDS: list[dict[str, Any]] = [
    {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
    {"id": "pair", "role": "volunteer", "per_class": 2},
    {"id": "aid", "qualification": "first_aid", "strength": "must"},
]
"""In each of two classes and four shifts: one homeroom teacher, two volunteers, a first-aider among them."""


def solve(scenario: Scenario, so_far: Plan | None = None) -> Answer:
    """The stage's answer: proven, its gaps true, no hard rule broken."""
    book = Rulebook(scenario.settings)
    answer = staffing.solve(Request(scenario, book, so_far or roster(), LIMITS))
    for rule in (*book.of_stage("staffing", hard=True), Gaps()):
        assert list(rule.check(scenario, answer.plan)) == []
    assert all(level.bound == pytest.approx(level.value) for level in answer.stage.levels)
    return answer


def missing(answer: Answer) -> dict[str, int]:
    """Adults missing, by need."""
    found: dict[str, int] = {}
    for gap in answer.plan.gaps:
        found[gap.need] = found.get(gap.need, 0) + gap.missing
    return found


def test_all_volunteers_away() -> None:
    # the teachers stay: only the volunteers' posts and the first-aiders' are missing, 2 * 4 * 2 and 2 * 4
    away = [{"person": person, **WHOLE, "status": "no"} for person in ("v1", "v2", "v3")]
    for said in ([], away):
        assert missing(solve(staffed(needs=NEEDS, availability=said))) == {"pair": 16, "aid": 8}


def test_everybody_away() -> None:
    away = [{"person": person, **WHOLE, "status": "no"} for person in ("t1", "t2", "v1", "v2", "v3")]
    answer = solve(staffed(needs=NEEDS, availability=away))
    assert missing(answer) == {"lead": 8, "pair": 16, "aid": 8}
    assert answer.plan.duties == ()


@pytest.mark.parametrize("until", [None, "2024-07-14"])
def test_nobody_cleared(until: str | None) -> None:
    # never, or until the day before the season
    nobody = {person: {"cleared_until": until} for person in ("t1", "t2", "s1", "v1", "v2", "v3")}
    answer = solve(staffed(needs=NEEDS, staff=people(**nobody)))
    assert missing(answer) == {"lead": 8, "pair": 16, "aid": 8}
    assert answer.plan.duties == ()


def test_the_only_first_aider_is_a_parent_of_that_class() -> None:
    # v1's child a is in C1; in C2 v1 helps: so C1 lacks a first-aider in every shift, C2 in none
    staff = people(v1={"qualifications": ["first_aid"], "own_children": ["a"]})
    answer = solve(staffed(needs=NEEDS, staff=staff))
    lacking = {(gap.class_, gap.need): 0 for gap in answer.plan.gaps}
    assert ("C1", "aid") in lacking
    assert ("C2", "aid") not in lacking
    assert missing(answer)["aid"] == 4
    assert {duty.class_ for duty in answer.plan.duties_of("v1")} == {"C2"}


def test_a_parent_elsewhere_in_the_next_week_may_help_then() -> None:
    # a is in C1 in week 1 and in C2 in week 2: v1 fills C1's gap in week 2 alone
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    staff = people(v1={"qualifications": ["first_aid"], "own_children": ["a"]})
    offers = [{"person": "v1", "from_": "2024-07-15", "to": "2024-07-22", "status": "yes"}]
    seats = placed("a@C1/1", "b@C1/2", "c@C2/1", "a@C2/2")
    season = staffed(needs=NEEDS[2:], staff=staff, availability=offers, days=days)
    answer = solve(season, roster(placements=seats))
    served = {(duty.class_, duty.date.day) for duty in answer.plan.duties_of("v1")}
    assert served == {("C2", 15), ("C1", 22)}
    assert missing(answer) == {"aid": 4}


def test_nobody_on_the_list() -> None:
    answer = solve(staffed(needs=NEEDS, staff=[], availability=[]))
    assert missing(answer) == {"lead": 8, "pair": 16, "aid": 8}


def test_nobody_may_work_at_all() -> None:
    # limits of no shift, no day of the week, no day of the season
    for limit in ({"max_shifts_per_day": 0}, {"max_days_per_week": 0}, {"max_days": 0}):
        none = dict.fromkeys(("t1", "t2", "v1", "v2", "v3"), limit)
        answer = solve(staffed(needs=NEEDS, staff=people(**none), availability=OFFERS))
        assert missing(answer) == {"lead": 8, "pair": 16, "aid": 8}
        assert answer.plan.duties == ()


def test_only_minors() -> None:
    # 17 on both days: whoever comes counts for nothing, so nobody is called
    young = {person: {"birth_date": "2006-12-31", **CLEARED} for person in ("v1", "v2", "v3")}
    assert missing(solve(staffed(needs=NEEDS[1:2], staff=people(**young)))) == {"pair": 16}


def test_needs_that_ask_for_more_than_there_are_people() -> None:
    # 1000 adults for each class: five people, all there; t1 and t2 count too
    answer = solve(staffed(needs=[{"id": "crowd", "per_class": 1000, "strength": "must"}]))
    assert missing(answer)["crowd"] == 2 * 4 * 1000 - 4 * 5
