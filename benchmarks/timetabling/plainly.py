"""The timetable's model, all rules with the mathematics they bring, searched by CP-SAT as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from ortools.sat.python import cp_model

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.cpsat import SCALE, CpModel
from scheduler.solver.door import Limits, Request
from scheduler.solver.goals import Solution
from scheduler.solver.timetable import decisions
from scheduler.variables.timetable import Timetable

Note = Callable[[float | None, float | None], None]
"""Takes the best value and the bound so far."""


@dataclass(frozen=True)
class Found:
    """The best timetable, None if there is none; its cost and the bound proven."""

    plan: Plan | None
    value: float | None
    bound: float


class Plainly:
    """The whole season in one model."""

    def __init__(self, scenario: Scenario, placed: Plan) -> None:
        """Build it."""
        rules = Rulebook(scenario.settings)
        self._request = Request(scenario, rules, placed, Limits())
        self._model = CpModel()
        self._x = Timetable(self._model, scenario, placed)
        for rule in rules.of_stage("timetable", hard=True):
            rule.formulate(self._model, self._x)
        cost = [
            round(rules.weight(rule) * SCALE) * rule.formulate(self._model, self._x)
            for rule in rules.of_stage("timetable", hard=False)
        ]
        self._model.cp.minimize(self._model.total(cost))

    def search(self, seconds: float, workers: int, note: Note) -> Found:
        """The best timetable within so many seconds, without a start."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = workers
        watch = _Watch(note)
        solver.best_bound_callback = watch.on_bound
        status = solver.solve(self._model.cp, watch)
        # costs are never negative, whatever is proven
        bound = max(0.0, solver.best_objective_bound / SCALE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(None, None, bound)
        values = Solution(list(solver.response_proto.solution), (), False)
        plan = self._request.so_far.with_(
            sessions=decisions.sessions(self._request, self._x, values),
            trips=decisions.trips(self._request, self._x, values),
        )
        return Found(plan, solver.objective_value / SCALE, bound)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes every better solution, and the bound twice a second at most."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self._note = note
        self._value: float | None = None
        self._bound = 0.0
        self._told = 0.0

    def on_solution_callback(self) -> None:
        self._value = self.objective_value / SCALE
        self._bound = max(self._bound, self.best_objective_bound / SCALE)
        self._note(self._value, self._bound)

    def on_bound(self, bound: float) -> None:
        if isfinite(bound):
            self._bound = max(self._bound, bound / SCALE)
        if time.monotonic() > self._told + 0.5:
            self._told = time.monotonic()
            self._note(self._value, self._bound)
