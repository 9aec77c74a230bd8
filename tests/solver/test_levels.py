"""Levels in strict order, constants as literals, interruption, and telling infeasible from unfinished."""

from __future__ import annotations

import pytest

from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, Progress, Stop
from scheduler.solver.goals import Goal, Infeasible
from scheduler.solver.levels import _bound, _trivial_bound, solve_levels


def limits(**given: object) -> Limits:
    return Limits(**{"seconds": 20.0, "workers": 1, **given})  # type: ignore[arg-type]


def test_a_later_level_never_gives_up_an_earlier_one() -> None:
    # most of x + y <= 3 first (3), then least y: x = 2 is its most, so y = 1 and not 0
    model = CpModel()
    x, y = model.integer(0, 2, "x"), model.integer(0, 5, "y")
    model.require(x + y <= 3)
    solution = solve_levels(
        model, [Goal("first", x + y, "most"), Goal("second", y)], limits(), Clock(limits()), "placement"
    )
    assert (solution[x], solution[y]) == (2, 1)
    assert [(level.name, level.value, level.bound, level.gap) for level in solution.levels] == [
        ("first", 3, 3, 0),
        ("second", 1, 1, 0),
    ]
    assert solution.stage("placement", Clock(limits())).status == "optimal"


def test_scaled_costs_are_told_in_the_rules_units() -> None:
    model = CpModel()
    x = model.integer(2, 9, "x")
    solution = solve_levels(
        model, [Goal("soft", 1500 * x, scale=1000)], limits(), Clock(limits()), "placement"
    )
    assert solution.levels[0].value == 3.0


@pytest.mark.parametrize(("literals", "holds"), [([0, 1], True), ([0, 0], False)])
def test_constants_stand_for_literals(literals: list[int], holds: bool) -> None:
    model = CpModel()
    assert model.either(literals, "either") == int(any(literals))
    assert model.both(literals, "both") == int(all(literals))
    model.any_of(literals)
    assert model.is_feasible(1.0) is holds


def test_either_and_both_are_equal_to_what_they_name() -> None:
    for a_value in (0, 1):
        for b_value in (0, 1):
            model = CpModel()
            a, b = model.boolean("a"), model.boolean("b")
            either, both = model.either([a, b], "either"), model.both([a, b], "both")
            model.require(a == a_value)
            model.require(b == b_value)
            found = solve_levels(model, [Goal("any", 0)], limits(), Clock(limits()), "placement")
            assert found[either] == (a_value or b_value)
            assert found[both] == (a_value and b_value)
            assert found[model.negated(a)] == 1 - a_value


def test_a_constant_that_does_not_hold_is_infeasible() -> None:
    model = CpModel()
    model.require(1 + 1 == 3)
    with pytest.raises(Infeasible):
        solve_levels(model, [Goal("any", 0)], limits(), Clock(limits()), "staffing")


def test_a_constant_that_does_not_hold_forbids_its_condition() -> None:
    model = CpModel()
    a = model.boolean("a")
    model.require(False, when=[a])
    solution = solve_levels(model, [Goal("a", a, "most")], limits(), Clock(limits()), "staffing")
    assert solution[a] == 0


def test_refine_adds_what_a_solution_breaks_until_none_is_broken() -> None:
    # nothing forbids x = y = 1 but what refine finds out
    model = CpModel()
    x, y = model.boolean("x"), model.boolean("y")
    asked: list[tuple[int, int]] = []

    def refine(solution: object) -> bool:
        asked.append((solution[x], solution[y]))  # type: ignore[index]
        if asked[-1] == (1, 1):
            model.require(x + y <= 1)
            return True
        return False

    solution = solve_levels(
        model, [Goal("both", x + y, "most")], limits(), Clock(limits()), "placement", refine=refine
    )
    assert asked[0] == (1, 1)
    assert solution[x] + solution[y] == 1
    assert solution.levels[0].bound == 1


def test_a_wish_to_stop_keeps_what_was_found() -> None:
    # 30 items in a knapsack with a stop at the first solution: a solution is there, the status says stopped
    stop = Stop()
    model = CpModel()
    items = [model.boolean(str(i)) for i in range(30)]
    model.require(model.total([(i * 7919) % 101 * x for i, x in enumerate(items)]) <= 700)

    def report(progress: Progress) -> None:
        if progress.value is not None:
            stop.request()

    goals = [Goal("most", model.total([(i * 104729) % 97 * x for i, x in enumerate(items)]), "most")]
    solution = solve_levels(
        model,
        goals,
        limits(stop=stop, report=report),
        Clock(limits()),
        "placement",
        start=dict.fromkeys(items, 0),
    )
    assert solution.stopped
    assert sum((i * 7919) % 101 * solution[x] for i, x in enumerate(items)) <= 700


def test_reproducible_means_the_same_values_and_no_clock() -> None:
    def once() -> tuple[list[int], float | None]:
        model = CpModel()
        items = [model.integer(0, 9, str(i)) for i in range(20)]
        model.require(model.total([(i % 7 + 2) * x for i, x in enumerate(items)]) <= 100)
        asked = limits(reproducible=True, workers=4, seconds=1.0)
        clock = Clock(asked)
        goal = Goal("most", model.total([(i % 5 + 1) * x for i, x in enumerate(items)]), "most")
        solution = solve_levels(model, [goal], asked, clock, "placement")
        return [solution[x] for x in items], clock.elapsed

    first, seconds = once()
    assert seconds is None
    assert once()[0] == first


@pytest.mark.parametrize(("sense", "bound"), [("least", 2), ("most", 13)])
def test_the_bound_of_a_level_without_time_is_what_the_ranges_say(sense: str, bound: int) -> None:
    model = CpModel()
    terms = [model.boolean("x"), 3 * model.integer(1, 4, "y"), -1 * model.boolean("z")]
    goal = Goal("g", model.total(terms), sense)  # type: ignore[arg-type]
    assert _trivial_bound(model, goal) == bound
    assert _bound(model, goal, 5, 4 if sense == "least" else 6) == (4 if sense == "least" else 6)
    assert _bound(model, goal, 5, 6 if sense == "least" else 0) == bound  # on the wrong side: no bound at all
