"""A season decided as a whole: its bounds and values, on tiny seasons, by all their plans."""

from __future__ import annotations

from collections import Counter

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.goals import Solution
from scheduler.solver.placement.bounding import value_of
from scheduler.solver.placement.build import Built, Task, build
from scheduler.solver.placement.goals import goals
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.starting import seat_values
from scheduler.solver.placement.whole import Whole
from scheduler.solver.rows import Rows
from tests.tiny.brute import Brute
from tests.tiny.judge import brute, tiny_season
from tests.tiny.seasons import Tables

MOST = 60
"""From so many plans of a season it is begun, at most; few of them leave no claim."""

LIMITS = Limits(seconds=60, workers=1, reproducible=True)


def known(built: Built, refine: Refinement, seats: Seats) -> list[int] | None:
    """All values of a model with these seats; None if they leave a claim."""
    start = seat_values(built.x, seats)
    values = built.model.completed(start)
    if len(values) < len(built.model.cp.proto.variables):
        return None
    found = list(values.values())
    return None if refine(Solution(found, (), stopped=False)) else found


def looked_at(tables: Tables, listed: Brute, met: Counter[str]) -> None:
    """From some plans without claims: more places are found or there are none, and no bound lies beyond what
    the best plan has."""
    scenario = tables.scenario
    request = Request(scenario, Rulebook(scenario.settings), Plan(policy="fair"), LIMITS)
    task = Task(request, tables.kept_back)
    built = build(task, claimants=frozenset())
    refine = Refinement(task, built)
    goal = next(goal for goal in goals(request, built) if goal.name == "placed")
    assert listed.best is not None
    most = -listed.best[1]
    chosen_ones = list(listed.everything)
    for _, chosen in chosen_ones[:: max(1, len(chosen_ones) // MOST)]:
        seats = {(child, week): class_ for child, week, class_ in chosen}
        values = known(built, refine, seats) if listed.keeps_hard_rules(chosen) else None
        if values is None:
            continue
        whole = Whole(built, Rows(built.model), LIMITS, Clock(LIMITS))
        found = whole.least((), goal, values, 5.0, soft=False)
        assert found is not None
        placed = -value_of(goal, values)
        assert -found.bound >= most >= placed
        if found.values is None:
            met["proven"] += 1
            assert -found.bound == placed == most
        else:
            met["better"] += 1
            assert placed < most
            assert -value_of(goal, found.values) > placed
        terms = goal.cost[1]
        near = whole.near((goal,), terms, values, 5.0, soft=True)
        if near is not None:
            met["near"] += 1
            assert placed <= -value_of(goal, near)


def test_no_bound_lies_beyond_the_best_plan() -> None:
    """Of seasons of single children, whose claims the model states whole."""
    met = Counter[str]()
    for seed in range(4000, 4030):
        tables = tiny_season(seed, policy="fair", families=False, locks=False)
        listed = brute(tables)
        if listed.best is not None and listed.best[0] == 0:
            looked_at(tables, listed, met)
    assert min(met[kind] for kind in ("proven", "better", "near")) > 3, met
