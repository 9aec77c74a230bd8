"""No check raises on nonsense, and quick or not, blockers tell what a move would break."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain.plan import Duty, Plan
from scheduler.rules import RULES, Rule
from scheduler.rules.moves import Post
from tests.rules.staffing_halves import duty, people, roster, staffed

SCENARIO = staffed(staff=people(v1={"own_children": ["a", "nobody"], "partners": ["x"], "min_days": 1}))
KNOWN = duty("v1 C1 15 AM")


def odd(**changes: Any) -> Duty:  # noqa: ANN401 - whatever a field may hold
    return replace(KNOWN, **changes)


NONSENSE = roster(
    duties=(
        KNOWN,
        KNOWN,
        odd(person="x"),
        odd(class_="x"),
        odd(class_="x", venue="x"),
        odd(venue="x"),
        odd(shift="x"),
        odd(date=date(1999, 1, 1)),
        odd(class_=None),
        odd(role="site"),
        odd(role="specialist", class_=None),
    ),
    placements=[
        {"child": child, "class": class_, "week": week, "choice": 1}
        for child in ("a", "x")
        for class_ in ("C1", "x")
        for week in ("1", "x")
    ],
    sessions=[
        {"class": "x", "date": "1999-01-01", "period": "x", "course": "x", "teacher": "x"},
        {"class": "C1", "date": "2024-07-15", "period": "x", "course": "x", "teacher": "v1"},
        {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "x", "teacher": "v1"},
    ],
    trips=[{"trip": "x", "date": "2024-07-15", "class": "C1"}],
)

MINE = [rule for rule in RULES if rule.stage == "staffing" or rule.id() in ("gaps", "score")]


@pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id())
@pytest.mark.parametrize("given", [NONSENSE, Plan()], ids=["nonsense", "empty"])
def test_checks_never_raise(rule: type[Rule], given: Plan) -> None:
    for found in rule().check(SCENARIO, given):
        assert found.amount >= 1


def test_blockers_tell_what_a_move_would_break() -> None:
    # v1 is the parent of a in C1, and already on duty in C2 that morning
    given = roster("v1 C2 15 AM")
    move = Post(KNOWN)
    blocking = {
        rule.id() for rule in MINE if rule.hard and any(True for _ in rule().blockers(SCENARIO, given, move))
    }
    assert blocking == {"own_child", "one_post_per_shift"}
