"""The soft rules' tables of cases: a and b (both 8) in C1, c (9) in C2; two days of four periods."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import zoo
from tests.seasons import rows, season, tiny

Texts = tuple[str, ...]


def case(name: str, scenario: Scenario, sessions: Texts, expected: int, away: Texts = ()) -> object:
    """A line of a table: a season, the sessions and trips of its plan, and the amount they come to."""
    return pytest.param(scenario, sessions, away, expected, id=name)


def courses(**changes: dict[str, object]) -> Scenario:
    """The tiny season with other courses."""
    return tiny(courses=rows("courses", **changes))


def wishing(**interests: list[str]) -> Scenario:
    """The tiny season whose children have these interests."""
    children = rows("children", **{child: {"interests": wishes} for child, wishes in interests.items()})
    return tiny(children=children)


ZOO = tiny(trips=zoo())

WISHES = wishing(a=["ball", "opera"], b=["ball"], c=["opera"])

TWO_WEEKS = season(
    days=[{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}],
    **{name: rows(name) for name in ("shifts", "periods", "venues", "rooms", "classes", "courses", "staff")},
    children=rows("children", a={"interests": ["ball"]}),
)
"""C1 and C2 on a Monday in each of two weeks; a wishes for ball."""

COLLEAGUE = {
    "name": "Su",
    "kind": "teacher",
    "roles": ["specialist"],
    "courses": ["opera"],
    "cleared_until": "2030-01-01",
}

TWO_TEACHERS = tiny(
    courses=rows("courses", opera={"max_per_week": 2}),
    staff=rows("staff", s1={"fee_per_session": 99.5}, s2={**COLLEAGUE, "fee_per_session": 50.4}),
)
