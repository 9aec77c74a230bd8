"""Solving the programme of the reserve, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ortools.linear_solver.python import model_builder as mb

from scheduler.domain.reserve import ClassWeek
from scheduler.solver.door import Limits
from scheduler.solver.reserve.model import Flow

EXACT = 20_000
"""Variables up to which a level is solved to the proven best; beyond, its relaxation is rounded, whose loss
is below 1 % at 300 classes."""

NODES = 2000
"""Nodes of a search tree after which the best found is taken: a limit that no clock can change."""

WHOLE = 1e-6
"""As near to 0 or 1 as a solver tells apart."""

SOLVED = {
    "glop": (mb.SolveStatus.OPTIMAL,),
    "scip": (mb.SolveStatus.OPTIMAL, mb.SolveStatus.FEASIBLE),
}
"""What counts as solved: a relaxation that ran out of time says nothing of what cannot be carried, while a
search tree ends at its best."""


class Search:
    """A search for what can be carried."""

    def __init__(self, flow: Flow, limits: Limits) -> None:
        """Nothing is solved yet."""
        self._flow = flow
        self._limits = limits
        self._exact = flow.model.num_variables <= EXACT

    def carries_everything(self) -> bool:
        """Whether no class-week need be withheld and none is short: a linear programme, and mostly the
        answer."""
        carried, short = self._flow.carried.values(), self._flow.short
        before = [variable.lower_bound for variable in carried], [variable.upper_bound for variable in short]
        for variable in carried:
            variable.lower_bound = 1
        for variable in short:
            variable.upper_bound = 0
        found = self._solved(self._flow.model, "glop") is not None
        for variable, low in zip(carried, before[0], strict=True):
            variable.lower_bound = low
        for variable, high in zip(short, before[1], strict=True):
            variable.upper_bound = high
        return found

    def best(self) -> frozenset[ClassWeek] | None:
        """What is carried in the end; None if the time was too short for anything."""
        found: frozenset[ClassWeek] | None = None
        flow, blocks = self._flow, self._flow.demand.blocks
        if flow.short:
            least = self._reached(-_sum(flow.short))
            if least is None:
                return None
            flow.model.add(-_sum(flow.short) >= least - WHOLE * max(1.0, -least))
        for optional in (False, True):
            if keys := [key for key, block in blocks.items() if block.optional == optional]:
                carried = self._most(_sum(flow.seats[key] for key in keys), keys)
                if carried is None:
                    return found
                found = carried
        if self._exact:
            firsts = ((1 + block.first_choices) * flow.carried[key] for key, block in blocks.items())
            found = self._most(_sum([*flow.whole(), *firsts]), []) or found
        return found if self._exact or found is None else self._topped_up(found)

    def _reached(self, goal: Any) -> float | None:  # noqa: ANN401 - a linear expression
        """The most of a goal that does not depend on what is carried."""
        self._flow.model.maximize(goal)
        solver = self._solved(self._flow.model, "glop")
        return None if solver is None else float(solver.objective_value)

    def _most(self, goal: Any, keys: Iterable[ClassWeek]) -> frozenset[ClassWeek] | None:  # noqa: ANN401
        """What is carried where a goal is at its most; what later levels may change of it is stated."""
        self._flow.model.maximize(goal)
        if not self._exact:
            return self._rounded(tuple(keys))
        solver = self._solved(self._flow.model, "glop")
        if solver is None or any(self._fractions(solver, self._flow.carried)):
            solver = self._solved(self._flow.model, "scip")
        if solver is None:
            return None
        reached = float(solver.objective_value)
        self._flow.model.add(goal >= reached - WHOLE * max(1.0, abs(reached)))
        return self._whole(solver)

    def _rounded(self, keys: tuple[ClassWeek, ...]) -> frozenset[ClassWeek] | None:
        """The relaxation with what is whole held, and the smaller half of what is carried in part given up,
        until nothing is; less can always be carried, so it never fails. These keys stay as found."""
        solver = self._solved(self._flow.model, "glop")
        while solver is not None and (parts := sorted(self._fractions(solver, keys))):
            given_up = {key for _, key in parts[: (len(parts) + 1) // 2]}
            for key in keys:
                variable = self._flow.carried[key]
                value = float(solver.value(variable))
                if value >= 1 - WHOLE:
                    variable.lower_bound = 1
                elif value <= WHOLE or key in given_up:
                    variable.upper_bound = variable.lower_bound
            solver = self._solved(self._flow.model, "glop")
        if solver is None:
            return None
        carried = self._whole(solver)
        for key in keys:
            self._flow.carried[key].upper_bound = int(key in carried)
            self._flow.carried[key].lower_bound = int(key in carried)
        return carried

    def _topped_up(self, carried: frozenset[ClassWeek]) -> frozenset[ClassWeek]:
        """What rounding gave up and yet fits."""
        for key, variable in self._flow.carried.items():
            variable.lower_bound, variable.upper_bound = int(key in carried), 1
        self._flow.model.maximize(_sum(self._flow.carried.values()))
        solver = self._solved(self._flow.model, "glop")
        return carried if solver is None else self._whole(solver)

    def _fractions(self, solver: mb.Solver, keys: Iterable[ClassWeek]) -> Iterator[tuple[float, ClassWeek]]:
        for key in keys:
            value = float(solver.value(self._flow.carried[key]))
            if WHOLE < value < 1 - WHOLE:
                yield value, key

    def _whole(self, solver: mb.Solver) -> frozenset[ClassWeek]:
        return frozenset(key for key, var in self._flow.carried.items() if solver.value(var) > 1 - WHOLE)

    def _solved(self, model: mb.Model, name: str) -> mb.Solver | None:
        if self._limits.stop.requested:
            return None
        solver = mb.Solver(name)
        if not self._limits.reproducible:
            solver.set_time_limit_in_seconds(self._limits.seconds)
        if name == "scip":
            solver.set_solver_specific_parameters(f"limits/totalnodes = {NODES}")
        stop = solver.stop_search
        self._limits.stop.call(stop)
        try:
            status = solver.solve(model)
        finally:
            self._limits.stop.forget(stop)
        return solver if status in SOLVED[name] else None


def _sum(terms: Iterable[Any]) -> Any:  # noqa: ANN401 - a linear expression
    return mb.LinearExpr.sum(list(terms))
