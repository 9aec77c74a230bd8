"""Gaps by branch and bound on the whole season; that such bounds hold is tried in `test_brute_force.py`."""

from __future__ import annotations

import pytest

from scheduler.rules import Rulebook
from scheduler.solver import branching
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.model.season import Season
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.whole import Whole
from tests.rules.staffing_halves import roster, staffed

LIMITS = Limits(seconds=10, workers=1, reproducible=True)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def begun() -> tuple[Season, Whole]:
    """Three volunteers for four posts of each of four shifts, nobody on duty so far."""
    scenario = staffed(needs=[LEAD, PAIR])
    season = Season(Task(Request(scenario, Rulebook(scenario.settings), roster(), LIMITS)))
    assert season.begin(frozenset())
    return season, Whole(season, LIMITS, Clock(LIMITS))


def test_goal_after_goal_is_proven_and_the_roster_taken() -> None:
    season, whole = begun()
    assert [season.value(goal) for goal in season.goals] == [8, 16]
    whole.begin(0)
    whole.wait(0)
    bounds = [0.0, 0.0]
    whole.raise_to(bounds)
    assert bounds == [0, 4]
    whole.take()
    assert [season.value(goal) for goal in season.goals] == [0, 4]
    assert len(season.roster) == 8 + 12


def test_a_roster_as_good_stays() -> None:
    season, whole = begun()
    whole.begin(0)
    whole.take()
    before = season.roster
    again = Whole(season, LIMITS, Clock(LIMITS))
    again.begin(0)
    again.take()
    assert season.roster == before


@pytest.mark.parametrize(
    ("found", "known", "raised"),
    [
        # that 9 soft gaps are left was said of rosters with no must gap, which there are not
        ([1.0], [0.0, 9.0], [1, 0]),
        ([1.0, 12.0], [2.0, 3.0], [2, 3]),  # a lower bound says nothing
        ([1.0, 12.0], [1.0, 3.0], [1, 12]),
    ],
)
def test_bounds_are_raised_in_their_order(found: list[float], known: list[float], raised: list[int]) -> None:
    _, whole = begun()
    whole._bounds = found
    whole.raise_to(known)
    assert known == raised


def test_without_time_nothing_is_said() -> None:
    season, whole = begun()
    whole.begin(1e9)
    whole.take()
    bounds = [0.0, 0.0]
    whole.raise_to(bounds)
    assert bounds == [0, 0]
    assert [season.value(goal) for goal in season.goals] == [8, 16]


def test_a_search_that_was_ended_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ctrl-C while it goes on: the roster as it is must still be told
    monkeypatch.setattr(branching, "solved", lambda *_: None)
    season, whole = begun()
    whole.begin(0)
    whole.take()
    bounds = [0.0, 0.0]
    whole.raise_to(bounds)
    assert bounds == [0, 0]
    assert [season.value(goal) for goal in season.goals] == [8, 16]
