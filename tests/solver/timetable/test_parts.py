"""Bounds part by part, and polishing piece by piece: never wrong, whatever the season."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.levels import solve_levels
from scheduler.solver.rows import rows_of
from scheduler.solver.timetable import solve
from scheduler.solver.timetable.build import build
from scheduler.solver.timetable.parts import Parts
from scheduler.solver.timetable.polish import Polish
from scheduler.solver.timetable.start import start
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


@pytest.mark.parametrize("seed", range(6))
def test_bounds_hold_and_pieces_only_improve(seed: int) -> None:
    scenario = two_weeks(Random(seed))
    seats = placed("a@C1/1", "b@C1/1", "c@C2/1", "a@C1/2", "b@C1/2", "c@C2/2")
    so_far = plan(placements=seats)
    request = Request(scenario, Rulebook(scenario.settings), so_far, LIMITS)
    built = build(request)
    (goal,) = built.goals(request)
    known = start(request, built, goal).known
    assert known is not None
    said, clock = rows_of(built.model), Clock(LIMITS)
    bounds = [
        Parts(built, said, part_of).least(goal, known.values, LIMITS, clock, 5.0)
        for part_of in (lambda row: row.class_, lambda row: row.week)
    ]
    pieces = Polish(built, said, goal)
    polished = pieces.best(known, max(bounds), LIMITS, clock, 5.0)
    # the whole model alone, told nothing of bounds or pieces
    best = solve_levels(built.model, [goal], LIMITS, Clock(LIMITS), "timetable")
    assert best.levels[0].gap == 0
    optimum = best.levels[0].value
    assert max(bounds) <= optimum + 1e-6
    assert optimum - 1e-6 <= pieces.value(polished.values) <= pieces.value(known.values)
    # what was polished is a solution of the whole model
    for held in built.decisions:
        built.model.require(held == polished[held])
    again = solve_levels(built.model, [goal], LIMITS, Clock(LIMITS), "timetable")
    assert again.levels[0].value == pytest.approx(pieces.value(polished.values))
    answer = solve(request)
    assert answer.stage.levels[0].value == answer.stage.levels[0].bound == pytest.approx(optimum)
