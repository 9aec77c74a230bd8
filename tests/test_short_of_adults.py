"""Seasons short of adults, from solving to what the coordinator reads: answers, not errors."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler import checker, explainer, exporters
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer import Telling
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Request
from tests.rules.staffing_halves import people, roster, staffed

NEEDS: list[dict[str, Any]] = [
    {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
    {"id": "helper", "role": "volunteer", "per_class": 1, "shifts": ["AM"]},
    {"id": "aid", "qualification": "first_aid", "shifts": ["AM"], "max_age": 8, "strength": "must"},
]
"""Two classes, two days of two shifts; C1 alone (its youngest is 8) wants a first-aider in the mornings."""
AIDER = {"qualifications": ["first_aid"]}
EVERYBODY_UNCLEARED: dict[str, Any] = {
    who: {"cleared_until": None} for who in ("t1", "t2", "s1", "v2", "v3")
} | {"v1": {**AIDER, "cleared_until": None}}


def staff(**changes: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - rows of staff
    return people(**{"v1": AIDER, **changes})


@pytest.mark.parametrize(
    ("scenario", "missing", "reasons", "extra"),
    [
        # 4 volunteers' posts and C1's 2 first-aiders': one person fills two of them at once, so 4 shifts do
        (staffed(needs=NEEDS, staff=staff(), availability=[]), 6, {"offered": 6}, 4),
        # nobody at all: 8 posts of homeroom teachers besides
        (staffed(needs=NEEDS, staff=staff(**EVERYBODY_UNCLEARED)), 14, {"cleared": 14}, 12),
        # v1, the only first-aider, is a's parent; a is in C1
        (staffed(needs=NEEDS, staff=staff(v1={**AIDER, "own_children": ["a"]})), 2, {"parent": 2}, 2),
    ],
    ids=["volunteers away", "nobody cleared", "first-aider a parent"],
)
def test_the_coordinator_is_told_what_to_do(
    scenario: Scenario, missing: int, reasons: dict[str, int], extra: int
) -> None:
    plan = solved(scenario)
    found = explainer.shortfall(scenario, plan)
    assert found.missing == sum(gap.missing for gap in plan.gaps) == missing
    told: dict[str, int] = {}
    for row in found.vacancies:
        told[row.reason] = told.get(row.reason, 0) + row.missing
    assert told == reasons
    assert len(found.extras) == sum(offer.total for offer in found.offers) == extra
    report = checker.verify(scenario, plan)
    for language in LANGUAGES:
        explanation = explainer.explain_shortfall(scenario, found)
        telling = Telling(catalogue(language), scenario)
        assert all(telling.line(line) for line in explanation.lines)
        files = dict(exporters.export(scenario, plan, report, language, bytes(32), shortfall=found))
        assert (
            catalogue(language)("pages.recruiting.name") in files["private/coordinator/index.html"].decode()
        )


def solved(scenario: Scenario) -> Plan:
    """The plan of staffing alone: the children are placed, and there are no sessions."""
    limits = Limits(seconds=20, workers=1, reproducible=True)
    return staffing.solve(Request(scenario, Rulebook(scenario.settings), roster(), limits)).plan
