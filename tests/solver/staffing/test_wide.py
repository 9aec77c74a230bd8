"""A season decided piece by piece; that its bounds hold is tried in `test_brute_force.py`."""

from __future__ import annotations

import pytest

from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Request
from scheduler.solver.staffing.closing import Gaps
from scheduler.solver.staffing.model.season import Season
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.leaning import leanings
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


def test_without_time_to_state_the_season_it_goes_by_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    def stated(task: Task) -> Season:
        raise AssertionError(task)

    monkeypatch.setattr(staffing, "AT_ONCE", 0)
    monkeypatch.setattr(staffing.wide, "PACE", 1e6)
    monkeypatch.setattr(staffing.wide, "Season", stated)
    scenario = staffed(needs=[LEAD, PAIR])
    answer = staffing.solve(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))
    assert [level.value for level in answer.stage.levels[:2]] == [0, 4]


def test_a_wide_season_begins_with_its_pools_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    # with no time for any piece, what the pools found is what there is
    begun: list[list[int]] = []

    def fewest(gaps: Gaps, until: float, filled: bool) -> None:
        season = gaps._season
        begun.append([season.value(goal) for goal in season.goals])
        assert filled

    monkeypatch.setattr(staffing, "AT_ONCE", 0)
    monkeypatch.setattr(Gaps, "fewest", fewest)
    scenario = staffed(needs=[LEAD, PAIR])
    staffing.solve(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS))
    assert begun == [[0, 4]]


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
