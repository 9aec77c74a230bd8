"""Branch and bound proves what is so."""

from __future__ import annotations

from math import inf

import pytest

from scheduler.solver.branching import Search
from scheduler.solver.door import Clock, Limits
from scheduler.solver.matrix import Matrix

COST = {2: -6000, 7: 200, 8: 200, 9: -3000, 10: -3000, 11: -3000, 16: -6000, 17: 200, 21: 50}
MOST = {19: 4, 20: 4, 21: 2}
ROWS: list[tuple[float, dict[int, float], float]] = [
    (0, {5: 1, 6: 1, 10: -1}, 0),
    (0, {7: 1, 8: 1, 11: -1}, 0),
    (0, {1: 1, 4: 1, 13: -1}, inf),
    (-inf, {13: 1, 15: 1, 17: -1}, 0),
    (-inf, {1: 1, 17: -1}, 0),
    (-inf, {4: 1, 6: 1, 17: -1}, 0),
    (-inf, {12: 1, 18: -1}, 0),
    (-inf, {0: 1, 18: -1}, 0),
    (-inf, {2: 1, 9: 1, 16: 1}, 1),
    (-inf, {7: 1, 12: 1}, 0),
    (-inf, {8: 1, 13: 1, 14: 1, 15: 1, 19: -1}, 0),
    (-inf, {19: 1, 20: -1}, 0),
    (-inf, {20: 1, 21: -1}, 2),
    (0, {1: -1, 13: 1}, inf),
    (0, {4: -1, 13: 1}, inf),
    (0, {6: -1, 14: 1}, inf),
    (0, {2: -1, 15: 1}, inf),
]
"""Of a tiny timetable, what is left where presolving used to cut off all that is best: -11,600 was called
proven. Other solvers, and HiGHS without presolving, find -11,800."""


LIMITS = Limits(seconds=60, workers=1, reproducible=True)
TIMED = Limits(seconds=60, workers=1)


def searched(*, closed: tuple[int, ...] = ()) -> Search:
    """The timetable above, in which some variables are 0."""
    matrix = Matrix()
    for low, terms, high in ROWS:
        matrix.add(terms, low, high)
    most = [0.0 if column in closed else float(MOST.get(column, 1)) for column in range(22)]
    return Search(matrix.proto([0.0] * len(most), most, COST, whole=True), range(len(most)))


@pytest.mark.parametrize("known", [None, [0] * 22])
def test_no_best_solution_is_cut_off_before_the_search(known: list[int] | None) -> None:
    limits = LIMITS if known is None else TIMED  # only by the clock it begins from what is known
    found = searched().best(COST.items(), limits, Clock(limits), 10.0, known=known)
    assert found.values is not None
    assert sum(factor * found.values[column] for column, factor in COST.items()) == -11_800
    assert -11_801 < found.bound <= -11_800


def test_among_what_is_used_nothing_else_is_decided() -> None:
    # 2, 9 and 16 exclude one another; a relaxation uses none that is closed
    known = [0] * 22
    decisions = set(range(22))
    found = searched(closed=(2, 16)).among_used(
        list(COST.items()), known, decisions, LIMITS, Clock(LIMITS), 10.0
    )
    assert found.values is not None
    assert found.values[2] == found.values[16] == 0
    assert sum(factor * found.values[column] for column, factor in COST.items()) <= 0
    assert found.bound <= sum(factor * found.values[column] for column, factor in COST.items())


@pytest.mark.parametrize(("known", "most"), [(0, 0), (1, 1)])
def test_what_is_known_stays_to_be_decided_though_no_relaxation_uses_it(known: int, most: int) -> None:
    # 2 is worth as much as 16, but asks for more: 15, and with it 17
    search, values = searched(), [known if column in (2, 15, 17) else 0 for column in range(22)]
    search.among_used(list(COST.items()), values, set(range(22)), LIMITS, Clock(LIMITS), 10.0)
    found = search.best([(2, -1.0)], LIMITS, Clock(LIMITS), 10.0)
    assert found.bound == pytest.approx(-most, abs=1e-3)
