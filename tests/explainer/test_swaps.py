"""Sessions that could be held instead of others, and what they would cost."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer.ground import Ground
from scheduler.explainer.swaps import choice
from scheduler.rules import Rulebook
from tests.rules.timetable_cases import COLLEAGUE
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

MONDAY = date(2024, 7, 15)
SEASON = tiny(
    children=rows("children", a={"interests": ["opera"]}, b={"interests": ["ball"]}),
    courses=rows("courses", opera={"max_per_week": 2, "min_per_week": 1}, ball={"max_per_week": 2}),
    staff=rows("staff", s1={"fee_per_session": 90}, s2={**COLLEAGUE, "fee_per_session": 80}),
)


def cost(scenario: Scenario, given: Plan) -> float:
    """What the whole plan's timetable costs."""
    rulebook = Rulebook(scenario.settings)
    rules = rulebook.of_stage("timetable", hard=False)
    return sum(
        rulebook.weight(rule) * sum(found.amount for found in rule.check(scenario, given)) for rule in rules
    )


@pytest.mark.parametrize("period", ["P1", "P2", "P3", "P4"])
@pytest.mark.parametrize(
    "sessions",
    [
        ("C1 15 P1 ball", "C1 15 P3 ball", "C2 15 P1 opera s1"),
        ("C1 15 P1 ball", "C1 16 P1 opera s2", "C2 16 P3 opera s1"),
        ("C1 16 P1 opera s1", "C2 15 P3 opera s1", "C2 16 P3 opera s1"),
    ],
)
def test_a_swap_costs_what_the_whole_plan_would_cost_more(sessions: tuple[str, ...], period: str) -> None:
    """Only a part of the plan is looked at; the difference is the same as over all of it."""
    given = day_plan(*sessions)
    found = choice(Ground(SEASON, given), "C1", MONDAY, SEASON.course["opera"], period).best
    assert found is not None
    kept = tuple(row for row in given.sessions if row not in found.instead_of)
    after = given.with_(sessions=(*kept, found.session))
    assert found.cost == pytest.approx(cost(SEASON, after) - cost(SEASON, given))


def test_what_the_class_does_then_gives_way() -> None:
    given = day_plan("C1 15 P1 ball")
    found = choice(Ground(SEASON, given), "C1", MONDAY, SEASON.course["opera"], "P1").best
    assert found is not None
    assert found.instead_of == given.sessions


def test_what_stands_against_every_way_is_given_slot_by_slot() -> None:
    season = tiny(courses=rows("courses", opera={"max_per_week": 0}))
    found = choice(Ground(season, day_plan()), "C1", MONDAY, season.course["opera"])
    assert found.best is None
    assert [trial.rules for trial in found.barred] == [{"course_limits"}] * 4
