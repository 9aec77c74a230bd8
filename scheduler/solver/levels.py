"""Levels: goals solved in strict order, each with its own proven bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from scheduler.domain.plan import Level
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Limits, NoPlanInTime, Progress, StageName
from scheduler.solver.goals import Goal, Infeasible, Solution, gap
from scheduler.variables.model import Variable

Refine = Callable[[Solution], bool]


def solve_levels(
    model: CpModel,
    goals: Sequence[Goal],
    limits: Limits,
    clock: Clock,
    stage: StageName,
    *,
    start: Mapping[Variable, int] | None = None,
    refine: Refine | None = None,
    known: Solution | None = None,
    keep: float = 0.0,
) -> Solution:
    """Solve the goals in strict order, each with its own bound, later ones holding the earlier values.

    `start` hints at a first solution; `known` is one to fall back on; `keep` is the time left for what comes
    after. `refine` looks at a solution and may add constraints that it breaks (returning True): the level is
    then solved again; it must stop asking after finitely many times. An unproven level keeps the best value
    found; its gap stays in the report. Only where time is up before there is any other a solution is taken
    as it is, unrefined. Raises Infeasible or NoPlanInTime.
    """
    solution = known
    levels: list[Level] = []
    if known is not None:
        _hint(model, dict(enumerate(known.values)))
    elif start:
        _hint(
            model,
            {variable.index: value for variable, value in start.items() if not isinstance(variable, int)},
        )
    for number, goal in enumerate(goals):
        left = max(0.0, clock.left - keep)
        share = left * max(0.4, 2 / (len(goals) - number + 1))  # what is not used goes to later levels
        found = _search(model, goal, limits, clock, stage, share, solution, refine)
        if found is not None:
            solution = Solution(found[0].values, (*levels, found[1]), limits.stop.requested)
        if solution is None:
            raise NoPlanInTime
        if len(solution.levels) == number:  # nothing new in the time: the last solution stands as it is
            value = _value(goal, solution)
            bound = _trivial_bound(model, goal)
            level = Level(name=goal.name, value=value, bound=bound, gap=gap(value, bound))
            solution = Solution(solution.values, (*levels, level), limits.stop.requested)
        levels.append(solution.levels[-1])
        _hint(model, dict(enumerate(solution.values)))
        _hold(model, goal, solution)
    assert solution is not None
    return solution


def solve_goal(
    model: CpModel,
    goal: Goal,
    limits: Limits,
    clock: Clock,
    stage: StageName,
    *,
    seconds: float,
    start: Mapping[Variable, int],
) -> Solution | None:
    """One goal from a solution already known, in so many seconds and no more; None if none was found in
    them: the known one then stands."""
    _hint(
        model, {variable.index: value for variable, value in start.items() if not isinstance(variable, int)}
    )
    found = _solve_goal(model, goal, limits, clock, stage, seconds, Solution((), (), False))
    return None if found is None else Solution(found[0].values, (found[1],), limits.stop.requested)


def _search(
    model: CpModel,
    goal: Goal,
    limits: Limits,
    clock: Clock,
    stage: StageName,
    seconds: float,
    known: Solution | None,
    refine: Refine | None,
) -> tuple[Solution, Level] | None:
    """One level's best solution that needs no refining. Where it may need some, a part of the time is kept
    to search again; then the last refined solution is the best hint."""
    until = clock.after(seconds)
    while True:
        left = max(0.0, clock.left - until)
        found = _solve_goal(model, goal, limits, clock, stage, left if refine is None else 0.6 * left, known)
        if found is None or refine is None or not refine(found[0]):
            return found
        if limits.stop.requested or clock.left - until <= 0.05 * seconds:
            return found if known is None else None
        if known is not None:
            values = {model.cp.get_int_var_from_proto_index(i): value for i, value in enumerate(known.values)}
            _hint(model, {variable.index: value for variable, value in model.completed(values).items()})


def _solve_goal(
    model: CpModel,
    goal: Goal,
    limits: Limits,
    clock: Clock,
    stage: StageName,
    seconds: float,
    known: Solution | None,
) -> tuple[Solution, Level] | None:
    """One level's best solution; None if none was found in the time though one is known."""
    if isinstance(goal.expression, int):
        model.cp.clear_objective()  # type: ignore[no-untyped-call]
    elif goal.sense == "least":
        model.cp.minimize(goal.expression)
    else:
        model.cp.maximize(goal.expression)
    first = known is None
    if limits.stop.requested and not first:
        return None
    # A first solution is worth waiting for: without one there is no plan at all.
    solver = _solver(limits, max(seconds, 30.0 if first else 0.05))
    watcher = _Watcher(stage, goal, limits)
    solver.best_bound_callback = watcher.on_bound
    stop = solver.stop_search
    limits.stop.call(stop)
    try:
        status = solver.solve(model.cp, watcher)
    finally:
        limits.stop.forget(stop)
    clock.spend(solver.response_proto.deterministic_time)
    if status == cp_model.INFEASIBLE:
        raise Infeasible
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    solution = Solution(list(solver.response_proto.solution), (), limits.stop.requested)
    value = _value(goal, solution)
    proven = status == cp_model.OPTIMAL or isinstance(goal.expression, int)
    bound = value if proven else _bound(model, goal, value, solver.best_objective_bound / goal.scale)
    limits.report(Progress(stage, goal.name, value, bound))
    return solution, Level(name=goal.name, value=value, bound=bound, gap=gap(value, bound))


def _solver(limits: Limits, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.catch_sigint_signal = False  # the main thread owns the signals
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    if limits.reproducible:
        parameters.interleave_search = True
        parameters.max_deterministic_time = seconds
    else:
        parameters.max_time_in_seconds = seconds
    return solver


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Reports every better value and bound."""

    def __init__(self, stage: StageName, goal: Goal, limits: Limits) -> None:
        super().__init__()
        self._stage: StageName = stage
        self._goal = goal
        self._limits = limits
        self._value: float | None = None
        self._bound: float | None = None

    def on_solution_callback(self) -> None:
        self._value = self.objective_value / self._goal.scale
        self._tell()

    def on_bound(self, bound: float) -> None:
        self._bound = bound / self._goal.scale
        self._tell()

    def _tell(self) -> None:
        self._limits.report(Progress(self._stage, self._goal.name, self._value, self._bound))


def _value(goal: Goal, solution: Solution) -> float:
    expression = goal.expression
    if isinstance(expression, int):
        return expression / goal.scale
    total = _evaluate(expression, solution)
    return total / goal.scale


def _evaluate(expression: Any, solution: Solution) -> int:  # noqa: ANN401 - a linear expression of ortools
    flat = cp_model.FlatIntExpr(expression)
    return int(flat.offset + sum(c * solution[v] for v, c in zip(flat.vars, flat.coeffs, strict=True)))


def _hold(model: CpModel, goal: Goal, solution: Solution) -> None:
    if isinstance(goal.expression, int):
        return
    value = _evaluate(goal.expression, solution)
    if goal.sense == "least":
        model.cp.add(goal.expression <= value)
    else:
        model.cp.add(goal.expression >= value)


def _hint(model: CpModel, values: Mapping[int, int]) -> None:
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in values.items():
        if index < 0:  # a negated literal
            index, value = -index - 1, 1 - value
        model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)


def _bound(model: CpModel, goal: Goal, value: float, told: float) -> float:
    """The solver's bound; a search stopped before it had one tells of 0, which is none if it lies on the
    wrong side of the value."""
    sound = told <= value + 1e-6 if goal.sense == "least" else told >= value - 1e-6
    return round(told, 6) if sound else _trivial_bound(model, goal)


def _trivial_bound(model: CpModel, goal: Goal) -> float:
    """What the variables' ranges alone say: the bound of a level there was no time for."""
    if isinstance(goal.expression, int):
        return goal.expression / goal.scale
    flat = cp_model.FlatIntExpr(goal.expression)
    total = flat.offset
    for variable, factor in zip(flat.vars, flat.coeffs, strict=True):
        low, high = _range(model, variable)
        ends = (factor * low, factor * high)
        total += min(ends) if goal.sense == "least" else max(ends)
    return float(total) / goal.scale


def _range(model: CpModel, variable: Variable) -> tuple[int, int]:
    if variable.index < 0:
        return (0, 1)
    domain = model.cp.proto.variables[variable.index].domain
    return (domain[0], domain[len(domain) - 1])  # ortools reads a negative index as 0
