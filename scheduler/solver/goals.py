"""Goals of a strict order of levels, and the solutions that reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ortools.sat.python import cp_model

from scheduler.domain.plan import Level, Stage
from scheduler.solver.door import Clock, StageName
from scheduler.variables.model import Expression, Variable


@dataclass(frozen=True)
class Goal:
    """One level of a strict order. `scale` divides the expression's value for people."""

    name: str
    expression: Expression
    sense: Literal["least", "most"] = "least"
    scale: int = 1

    @cached_property
    def cost(self) -> tuple[int, list[tuple[int, int]]]:
        """The goal as a cost to be least: its constant and what each variable adds."""
        if isinstance(self.expression, int):
            return (self.expression if self.sense == "least" else -self.expression), []
        flat = cp_model.FlatIntExpr(self.expression)
        sign = 1 if self.sense == "least" else -1
        constant, terms = sign * int(flat.offset), dict[int, int]()
        for variable, factor in zip(flat.vars, flat.coeffs, strict=True):
            index, weight = int(variable.index), sign * int(factor)
            if index < 0:  # a negated literal
                constant, index, weight = constant + weight, -index - 1, -weight
            terms[index] = terms.get(index, 0) + weight
        return constant, [(index, factor) for index, factor in terms.items() if factor]


@dataclass(frozen=True)
class Solution:
    """Values of a solved model, and its levels."""

    values: Sequence[int]
    levels: tuple[Level, ...]
    stopped: bool

    def __getitem__(self, variable: Variable) -> int:
        """The value of a variable; a number stands for itself, a negated literal for its opposite."""
        if isinstance(variable, int):
            return variable
        index: int = variable.index
        return self.values[index] if index >= 0 else 1 - self.values[-index - 1]

    def stage(self, name: StageName, clock: Clock) -> Stage:
        """This solution as the plan reports it."""
        optimal = all(level.gap == 0 for level in self.levels)
        status: Any = "optimal" if optimal else "stopped" if self.stopped else "feasible"
        return Stage(name=name, status=status, seconds=clock.elapsed, levels=self.levels)


class Infeasible(Exception):
    """The hard constraints cannot all hold."""


def gap(value: float, bound: float) -> float:
    """How far a value is from its bound, as a share of the value; however small, a gap is one."""
    found = abs(value - bound) / max(1.0, abs(value))
    return max(1e-6, round(found, 6)) if found > 1e-12 else 0.0
