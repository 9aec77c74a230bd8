"""A season decided piece by piece; that its bounds hold is tried in `test_brute_force.py`."""

from __future__ import annotations

import pytest

from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Request
from scheduler.solver.staffing.leaning import leanings
from scheduler.solver.staffing.season import Season
from scheduler.solver.staffing.task import Task
from tests.rules.staffing_halves import roster, staffed

LIMITS = Limits(seconds=6, workers=1, reproducible=True)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def test_a_wide_season_goes_this_way(monkeypatch: pytest.MonkeyPatch) -> None:
    # three volunteers for four posts of every shift: one is missing each time, whatever way is gone
    monkeypatch.setattr(staffing, "AT_ONCE", 0)
    scenario = staffed(needs=[LEAD, PAIR])
    request = Request(scenario, Rulebook(scenario.settings), roster(), LIMITS)
    answer = staffing.solve(request)
    assert [(level.name, level.value, level.bound) for level in answer.stage.levels[:2]] == [
        ("must_gaps", 0, 0),
        ("soft_gaps", 4, 4),
    ]
    assert len(answer.plan.duties) == 8 + 12


def test_people_of_a_role_lean_to_different_classes() -> None:
    request = Request(scenario := staffed(needs=[LEAD]), Rulebook(scenario.settings), roster(), LIMITS)
    season = Season(Task(request))
    found = leanings(season)
    lean = {season.duty_of[one].person: season.duty_of[one].class_ for one, cost in found.items() if cost % 2}
    assert lean["t1"] != lean["t2"]


def test_a_city_goes_by_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    # the same three volunteers for four posts, by pools and parts
    monkeypatch.setattr(staffing, "AT_ONCE", 0)
    monkeypatch.setattr(staffing.wide, "SEASON", 0)
    scenario = staffed(needs=[LEAD, PAIR])
    request = Request(scenario, Rulebook(scenario.settings), roster(), LIMITS)
    answer = staffing.solve(request)
    assert [(level.name, level.value, level.bound) for level in answer.stage.levels[:2]] == [
        ("must_gaps", 0, 0),
        ("soft_gaps", 4, 4),
    ]
