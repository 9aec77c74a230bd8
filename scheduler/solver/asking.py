"""Asking the solvers of linear models: within the limits, and for no more than they can be trusted with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import inf
from threading import Event, Thread

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.solver.door import Limits

ROUNDING = 1e-6
"""How far rounding may lead a bound astray, as a share of the bound."""

UNTOLD = "HighsModelStatus was"
"""What ortools says, as an error, where HiGHS ends without knowing how (an interior point that does not
settle): there is no answer then."""

SUBSTITUTING = 1 << 8 | 1 << 12
"""The rules of HiGHS's presolve that substitute columns (free ones; aggregation). They may cut off every best
solution in whole numbers and call another one optimal: https://github.com/ERGO-Code/HiGHS/issues/1960 is such
a case, and with ortools 9.15 there still are some."""

FIRST_ORDER_STEPS = 400
"""What a second of a reproducible solve allows a first-order method, in steps."""


def solved(
    proto: model_pb2.ModelProto,
    parameters: mathopt.SolveParameters,
    limits: Limits,
    known: Mapping[int, int] | None = None,
) -> mathopt.SolveResult | None:
    """A model solved by HiGHS, or from a solution that is known (values by column) by SCIP, since HiGHS
    cannot be told of one; None if somebody asked to stop meanwhile, or if HiGHS itself does not know what it
    came to (`UNTOLD`).

    Neither can be interrupted (SCIP, asked to listen, writes errors on the screen), so that they are left to
    themselves then, until their own limit is reached.
    """
    if known is None and any(proto.variables.integers):
        parameters.highs = highs_pb2.HighsOptionsProto(int_options={"presolve_rule_off": SUBSTITUTING})
    found: list[mathopt.SolveResult] = []
    failed: list[Exception] = []
    over = Event()

    def run() -> None:
        try:
            model = mathopt.Model.from_model_proto(proto)
            solver = mathopt.SolverType.HIGHS if known is None else mathopt.SolverType.GSCIP
            begun = mathopt.ModelSolveParameters(solution_hints=_hints(model, known))
            found.append(mathopt.solve(model, solver, params=parameters, model_params=begun))
        except Exception as error:  # told where the answer is awaited: nobody hears of it here
            if UNTOLD not in f"{error} {error.__context__}":
                failed.append(error)
        finally:
            over.set()

    limits.stop.call(over.set)
    try:
        if not over.is_set():
            Thread(target=run, daemon=True).start()
            over.wait()
    finally:
        limits.stop.forget(over.set)
    if failed:
        raise failed[0]
    return found[0] if found else None


def _hints(model: mathopt.Model, known: Mapping[int, int] | None) -> list[mathopt.SolutionHint]:
    if known is None:
        return []
    values = {one: float(known[one.id]) for one in model.variables() if one.id in known}
    return [mathopt.SolutionHint(variable_values=values)]


def first_order(
    proto: model_pb2.ModelProto, limits: Limits, seconds: float, *, relative: float, absolute: float
) -> mathopt.SolveResult:
    """A model in any numbers solved by a first-order method (PDLP), as near to the least cost as told; what
    it has come to by the limit, or when somebody asks to stop.

    Its point is seldom a corner, and what it tells of the least cost is no bound; its dual values give one.
    """
    parameters = mathopt.SolveParameters(threads=1)
    if limits.reproducible:
        parameters.iteration_limit = int(seconds * FIRST_ORDER_STEPS) + 1
    else:
        parameters.time_limit = timedelta(seconds=max(0.1, seconds))
    criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative, criteria.eps_optimal_absolute = relative, absolute
    interrupter = SolveInterrupter()
    limits.stop.call(interrupter.interrupt)
    try:
        model = mathopt.Model.from_model_proto(proto)
        return mathopt.solve(model, mathopt.SolverType.PDLP, params=parameters, interrupter=interrupter)
    finally:
        limits.stop.forget(interrupter.interrupt)


def sound(result: mathopt.SolveResult) -> float:
    """The bound told, less what rounding may have done to it; minus infinity if there is none."""
    bound = float(result.termination.objective_bounds.dual_bound)
    return bound - ROUNDING * (1 + abs(bound)) if abs(bound) < inf else -inf
