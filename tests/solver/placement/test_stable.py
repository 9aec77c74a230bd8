"""Bounds by cutoffs: every placement without claims keeps to what they are reckoned from."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.placement import stable
from scheduler.solver.placement.build import Built, Task, build
from scheduler.solver.placement.goals import goals
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.stable import Stable
from scheduler.solver.rows import Rows
from tests.seasons import season
from tests.solver.placement.test_whole import known
from tests.tiny.brute import Brute
from tests.tiny.judge import brute, tiny_season
from tests.tiny.seasons import Tables

MOST = 3
"""So many placements of a season are looked at, or few more."""

LIMITS = Limits(seconds=600, workers=1)


def placements(tables: Tables, listed: Brute, task: Task, built: Built) -> list[list[int]]:
    """All values of a model for some placements that keep the rules and leave no claim."""
    refine, every = Refinement(task, built), list(listed.everything)
    found = []
    for _, chosen in every[:: max(1, len(every) // MOST)]:
        seats = {(child, week): class_ for child, week, class_ in chosen}
        values = known(built, refine, seats) if listed.keeps_hard_rules(chosen) else None
        found += [] if values is None else [values]
    return found


def test_no_placement_without_claims_is_ruled_out() -> None:
    """Each seat that a placement has gains one, each other costs one: nothing costs less than the placement,
    and with cutoffs in whole numbers nothing else is as near."""
    met = Counter[str]()
    for seed in range(3000, 3016):
        tables = tiny_season(seed, policy="fair")
        listed = brute(tables)
        if listed.best is None or listed.best[0]:
            continue
        request = Request(tables.scenario, Rulebook(tables.scenario.settings), Plan(policy="fair"), LIMITS)
        task = Task(request, tables.kept_back)
        built = build(task, claimants=frozenset())
        x = built.x
        seats = [
            seat for key in x.child_weeks for seat in x.seats(*key).values() if not isinstance(seat, int)
        ]
        for values in placements(tables, listed, task, built):
            terms = [(seat.index, 1 - 2 * values[seat.index]) for seat in seats]
            at_best = -sum(values[seat.index] for seat in seats)
            bound = Stable(built, Rows(built.model), (), values).bound(terms, LIMITS, Clock(LIMITS), 20.0)
            met["looked at"] += 1
            assert bound == at_best, f"season {seed}: {bound}, but {at_best}"
    assert met["looked at"] > 8, met


def two_markets() -> Scenario:
    """At V and at X one seat, which one of the first rank and one of the second want; the former could be at
    W or Y, too."""
    choices = {"a": ["V", "W"], "b": ["V"], "c": ["X", "Y"], "d": ["X"]}
    return season(
        {"season": "tiny", "policy": "fair"},
        days=[{"date": "2024-07-08", "week": "1"}],
        shifts=[{"id": "AM", "start": "08:00", "end": "12:00"}],
        venues=[{"id": venue, "name": venue, "mode": "joint"} for venue in "VWXY"],
        classes=[{"id": f"{v}1", "name": f"{v}1", "venue": v, "capacity": 1} for v in "VWXY"],
        priorities=[{"id": rank, "name": rank, "rank": int(rank)} for rank in "12"],
        children=[
            {"id": id, "name": id, "birth_date": "2016-01-01", "choices": row, "priority": "21"[len(row) - 1]}
            for id, row in choices.items()
        ],
    )


def test_cutoffs_in_whole_numbers_bound_more_than_fractions_of_them() -> None:
    """Without regard to claims four are placed. Who is of the first rank is at V and X, where the second rank
    then is not: two. By halves each is half at V, so that it is half full: three."""
    scenario = two_markets()
    request = Request(scenario, Rulebook(scenario.settings), Plan(policy="fair"), LIMITS)
    built = build(Task(request, frozenset()), claimants=frozenset())
    placed = next(goal for goal in goals(request, built) if goal.name == "placed")
    nobody = [0] * len(built.model.cp.proto.variables)
    found = Stable(built, Rows(built.model), (), nobody)
    assert found.bound(placed.cost[1], LIMITS, Clock(LIMITS), 20.0) == -2
    with patch.object(stable, "MOST", {False: 0}):
        assert found.bound(placed.cost[1], LIMITS, Clock(LIMITS), 20.0) == -3
