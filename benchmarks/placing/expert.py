"""The pooled programme in CP-SAT, level after level, each begun from the best placement known."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.placing.program import Level, Program
from benchmarks.placing.told import Moment, Reached, Tell

SHARE = 0.4
"""Of the time left, what one level may take."""

PARAMETERS: dict[str, object] = {"root_lp_iterations": 10_000_000}
"""The relaxation is almost whole, so its bound is worth waiting for: CP-SAT's own limit of iterations cuts it
off before it says much (see benchmarks/README.md)."""

FEW_WORKERS = 3
ALONE = ("max_lp",)
"""With few workers only one searches by proof; the one with every row in its relaxation bounds best."""


@dataclass
class Ended:
    """The best solution by variable, and when it was first free of claims."""

    values: Sequence[int]
    claim_free: float | None


class Expert:
    """CP-SAT's model of a programme."""

    def __init__(self, program: Program, workers: int, began: float, limit: float) -> None:
        """Hand over every row, clauses and cliques as such."""
        self._model = cp_model.CpModel()
        self._xs = [
            self._model.new_bool_var("") if (low, high) == (0, 1) else self._model.new_int_var(low, high, "")
            for low, high in zip(program.lowest, program.highest, strict=True)
        ]
        self._workers, self._began, self._limit = workers, began, limit
        booleans = [high == 1 for high in program.highest]
        for variables, factors, low, high in program.rows:
            self._add(variables, factors, low, high, booleans)

    def _add(
        self,
        variables: tuple[int, ...],
        factors: tuple[int, ...],
        low: int | None,
        high: int | None,
        booleans: list[bool],
    ) -> None:
        xs = [self._xs[x] for x in variables]
        units = all(factor in (1, -1) for factor in factors) and all(booleans[x] for x in variables)
        negative = sum(factor < 0 for factor in factors)
        if units and high is None and low == 1 - negative:
            signed = zip(xs, factors, strict=True)
            self._model.add_bool_or([x if factor > 0 else x.Not() for x, factor in signed])
        elif units and low is None and high == 1 and not negative:
            self._model.add_at_most_one(xs)
        else:
            total = cp_model.LinearExpr.weighted_sum(xs, list(factors))
            least = cp_model.INT_MIN if low is None else low
            self._model.add_linear_constraint(total, least, cp_model.INT_MAX if high is None else high)

    def solve(
        self, levels: Sequence[Level], taken: set[int], columns: Sequence[int], tell: Tell
    ) -> Ended | None:
        """Level after level; `taken` are the columns of a first placement. None if no plan was found."""
        chosen = {columns[number] for number in taken}
        claims = levels[0] if levels[0].name == "claims" else None
        values = self._completed(claims, {x: int(x in chosen) for x in columns})
        free = self._now if values is not None and claims and not claims.of(values) else None
        proven = True
        for number, level in enumerate(levels):
            left = self._limit - self._now
            seconds = left if number == len(levels) - 1 else left * SHARE
            watch = _Watch(self._began, self, claims if free is None else None, level)
            began = self._now
            if level.implied and proven and values is not None:
                bound = level.of(values)
            else:
                if level.loose and values is not None:
                    values = self._completed(level, {x: values[x] for x in columns}) or values
                bound, found = self._aim(level, values, seconds, watch)
                values = found or values
            if values is None:
                return None
            free = free if free is not None else watch.claim_free
            value = round(level.of(values))
            proven = proven and abs(value - bound) < 1
            tell(
                Reached(
                    level.name,
                    value / level.scale,
                    bound / level.scale,
                    began,
                    self._now,
                    tuple((t, _scaled(v, level), _scaled(b, level)) for t, v, b in watch.moments),
                )
            )
            self._fix(level, value)
        return Ended(values or (), free)

    @property
    def _now(self) -> float:
        return time.monotonic() - self._began

    def total(self, level: Level) -> Any:  # noqa: ANN401 - ortools' expressions have no common type
        """A level's sum in the solver's variables."""
        return cp_model.LinearExpr.weighted_sum(
            [self._xs[x] for x in level.terms], list(level.terms.values())
        )

    def variables(self) -> list[Any]:
        """The solver's variables."""
        return self._xs

    def _completed(self, least: Level | None, placed: Mapping[int, int]) -> list[int] | None:
        """All that follows from a placement, with the least of a level; None if it breaks a rule."""
        self._model.clear_hints()
        for x, value in placed.items():
            self._model.add_hint(self._xs[x], value)
        solver = self._solver(max(1.0, (self._limit - self._now) / 10))
        solver.parameters.fix_variables_to_their_hinted_value = True
        if least:
            self._model.minimize(self.total(least))
        status = solver.solve(self._model)
        return self._values(solver) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None

    def _aim(
        self, level: Level, start: Sequence[int] | None, seconds: float, watch: _Watch
    ) -> tuple[float, list[int] | None]:
        """The bound, and the best solution found."""
        if seconds < 0.05:
            return level.known, None
        if start is not None:
            self._model.clear_hints()
            for x, value in zip(self._xs, start, strict=True):
                self._model.add_hint(x, value)
        solver = self._solver(seconds)
        total = self.total(level)
        (self._model.maximize if level.sense == "most" else self._model.minimize)(total)
        solver.best_bound_callback = watch.bound
        status = solver.solve(self._model, watch)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = solver.best_objective_bound
            best = min(bound, level.known) if level.sense == "most" else max(bound, level.known)
            return best, self._values(solver)
        return level.known, None

    def _fix(self, level: Level, value: int) -> None:
        if not level.terms:
            return
        if level.sense == "most":
            self._model.add(self.total(level) >= value)
        else:
            self._model.add(self.total(level) <= value)

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self._workers
        solver.parameters.max_time_in_seconds = seconds
        for name, value in PARAMETERS.items():
            setattr(solver.parameters, name, value)
        if self._workers <= FEW_WORKERS:
            solver.parameters.subsolvers.extend(ALONE)
        return solver

    def _values(self, solver: cp_model.CpSolver) -> list[int]:
        return list(solver.response_proto.solution)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes when which value and bound was reached."""

    def __init__(self, began: float, expert: Expert, claims: Level | None, level: Level) -> None:
        super().__init__()
        self._began, self._expert, self._claims = began, expert, claims
        self.moments: list[Moment] = []
        self.claim_free: float | None = None
        self._value: float | None = None
        self._bound: float | None = None

    def on_solution_callback(self) -> None:
        """A better solution."""
        now = time.monotonic() - self._began
        self._value = self.objective_value
        self.moments.append((now, self._value, self._bound))
        if self._claims is not None and self.claim_free is None:
            xs = self._expert.variables()
            if not any(self.value(xs[x]) for x in self._claims.terms):
                self.claim_free = now

    def bound(self, bound: float) -> None:
        """A better bound."""
        self._bound = bound
        self.moments.append((time.monotonic() - self._began, self._value, bound))


def _scaled(value: float | None, level: Level) -> float | None:
    return None if value is None else value / level.scale
