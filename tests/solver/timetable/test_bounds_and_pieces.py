"""Bounds by sums, and polishing piece by piece: never wrong, whatever the season."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.goals import Goal
from scheduler.solver.levels import solve_levels
from scheduler.solver.linear import Linear
from scheduler.solver.rows import Rows
from scheduler.solver.summing import Summing
from scheduler.solver.timetable import bounding, pieces, solve
from scheduler.solver.timetable.bounding import Bounds
from scheduler.solver.timetable.build import Built, build
from scheduler.solver.timetable.measures import Measures
from scheduler.solver.timetable.polish import Polish
from scheduler.solver.timetable.start import first_plan, start
from scheduler.solver.timetable.weekly import Weekly
from tests.rules.timetable_cases import COLLEAGUE
from tests.rules.timetable_halves import zoo
from tests.seasons import placed, plan, rows, season

LIMITS = Limits(seconds=20, workers=1, reproducible=True)


def two_weeks(chance: Random) -> Scenario:
    """Two days in each of two weeks; wishes, a trip, an order of courses and limits that span the weeks."""
    days = {"2024-07-15": "1", "2024-07-16": "1", "2024-07-22": "2", "2024-07-23": "2"}
    course = {
        "opera": {"max_per_week": 2, "max_per_season": chance.choice([None, 1, 3]), "energy": "active"},
        "ball": {"after": chance.choice([None, "opera"]), "teacher": True, "min_per_week": 1},
    }
    person = {"max_days": chance.choice([None, 2]), "courses": ["opera", "ball"], "fee_per_session": 100}
    wishes = {child: {"interests": chance.sample(["opera", "ball"], chance.randint(0, 2))} for child in "abc"}
    return season(
        days=[{"date": day, "week": week} for day, week in days.items()],
        **{name: rows(name) for name in ("shifts", "periods", "venues", "rooms", "classes")},
        children=rows("children", **wishes),
        courses=rows("courses", **course),
        staff=rows("staff", s1=person, s2=COLLEAGUE),
        trips=zoo(dates=chance.sample(list(days), 2), children_per_day=chance.choice([None, 2])),
    )


def asked(seed: int) -> Request:
    scenario = two_weeks(Random(seed))
    seats = placed("a@C1/1", "b@C1/1", "c@C2/1", "a@C1/2", "b@C1/2", "c@C2/2")
    return Request(scenario, Rulebook(scenario.settings), plan(placements=seats), LIMITS)


def best(built: Built, goal: Goal) -> float:
    """What the whole model alone finds, told nothing of bounds or pieces."""
    found = solve_levels(built.model, [goal], LIMITS, Clock(LIMITS), "timetable")
    assert found.levels[0].gap == 0
    return found.levels[0].value


@cache
def optimum(seed: int) -> float:
    """What a season costs at least."""
    request = asked(seed)
    built = build(request)
    (goal,) = built.goals(request)
    return best(built, goal)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("by_day", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_no_sum_is_above_the_best(seed: int, by_day: bool, whole: bool) -> None:
    request = asked(seed)
    built = build(request)
    (goal,) = built.goals(request)
    weekly = Weekly(built, by_day=by_day)
    summing = Summing(built.model, Rows(built.model), weekly.groups, weekly.family)
    offset, cost = goal.cost
    found = summing.least(cost, LIMITS, Clock(LIMITS), 5.0, whole=whole)
    assert found.sizes is not None
    bound = (offset + found.bound) / goal.scale
    # hours alone are left out: seldom do they cost a half
    assert optimum(seed) / 2 <= bound <= optimum(seed) + 1e-6


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("by_day", [False, True])
def test_blocks_in_whole_numbers_lie_between_the_sums_and_the_best(seed: int, by_day: bool) -> None:
    request = asked(seed)
    built = build(request)
    (goal,) = built.goals(request)
    weekly = Weekly(built, by_day=by_day)
    summing = Summing(built.model, Rows(built.model), weekly.groups, weekly.family)
    offset, cost = goal.cost
    loose = summing.least(cost, LIMITS, Clock(LIMITS), 5.0, whole=False)
    assert loose.duals
    blocks = summing.blocks(weekly.block_of)
    # with no time for whole numbers the prices alone bound it, as well as the sums do
    priced, whole = (blocks.bound(loose.duals, LIMITS, Clock(LIMITS), time) for time in (0.0, 5.0))
    assert loose.bound - 2 <= priced <= whole <= optimum(seed) * goal.scale - offset + 1e-3
    # whatever the prices are it is a bound
    other = blocks.bound([0.7 * dual for dual in loose.duals], LIMITS, Clock(LIMITS), 5.0)
    assert other <= optimum(seed) * goal.scale - offset + 1e-3


@pytest.mark.parametrize("seed", range(6))
def test_pieces_only_improve_and_stay_feasible(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "ALL", 0)  # else all would be one piece
    monkeypatch.setattr(pieces, "MOST", 30)
    request = asked(seed)
    built = build(request)
    (goal,) = built.goals(request)
    known = start(built, first_plan(request)).known
    assert known is not None
    rows, decisions = Rows(built.model), {held.index for held in built.decisions}
    measures = Measures(built.model, rows, decisions)
    values = measures.completed({one: known.values[one] for one in decisions})
    assert values is not None
    linear = Linear(built.model, rows)
    bounds = Bounds(built, goal, rows, linear, likely=decisions)
    polish = Polish(built, linear, measures, goal, values, bounds)
    before = polish.value
    polish.improve(LIMITS, Clock(LIMITS))
    # what measures the decisions is kept in step with them, piece by piece
    assert measures.completed({one: polish.values[one] for one in decisions}) == polish.values
    assert optimum(seed) - 1e-6 <= polish.value <= before
    # what was polished is a solution of the whole model, and costs what it is said to
    again = build(request)
    (goal,) = again.goals(request)
    for held in again.decisions:
        again.model.require(held == polish.values[held.index])
    assert best(again, goal) == pytest.approx(polish.value)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("wide", [False, True])
def test_no_bound_of_a_season_in_pieces_is_above_the_best(
    seed: int, wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "ALL", 0)
    if wide:
        monkeypatch.setattr(bounding, "WIDE", 0)
    request = asked(seed)
    level = solve(request).stage.levels[0]
    assert level.bound <= optimum(seed) + 1e-6 <= level.value + 2e-6
    # branch and bound on the whole proves it; sums leave hours out
    assert level.bound >= (optimum(seed) / 2 if wide else optimum(seed) - 1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_the_relaxation_by_interior_points_is_no_higher_than_the_best(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounding, "WIDE", 0)
    request = asked(seed)
    built = build(request)
    (goal,) = built.goals(request)
    rows = Rows(built.model)
    timed = Limits(seconds=60, workers=1)  # its time is not told where runs are to repeat
    bounds = Bounds(built, goal, rows, Linear(built.model, rows))
    monkeypatch.setattr(bounding, "DAYS", (1, 0.0))
    monkeypatch.setattr(bounding, "WHOLE", (1, 0.0))
    monkeypatch.setattr(Summing, "blocks", None)  # what would be done instead
    bounds.better(timed, Clock(timed), 30.0)
    # halves of hours are left out: seldom do they cost a half
    assert optimum(seed) / 2 <= bounds.least <= optimum(seed) + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_the_stage_proves_small_seasons(seed: int) -> None:
    request = asked(seed)
    level = solve(request).stage.levels[0]
    assert level.value == level.bound == pytest.approx(optimum(seed))


def test_a_refuted_bound_is_not_told() -> None:
    request = asked(0)
    built = build(request)
    (goal,) = built.goals(request)
    rows = Rows(built.model)
    bounds = Bounds(built, goal, rows, Linear(built.model, rows))
    offset, scale = goal.cost[0], goal.scale
    for bound in (3 * scale - offset, 7 * scale - offset):
        bounds.learn(bound)
    bounds.learn(-9 * scale - offset)  # what a search cut short may tell
    assert bounds.least >= 7
    bounds.known = 6.5  # a timetable of that cost was found
    assert 3 <= bounds.least < 6.5
    bounds.known = 1.0
    assert bounds.least == 0
