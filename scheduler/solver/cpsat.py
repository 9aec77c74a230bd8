"""The CP-SAT model behind `variables.model.Model`, solved level by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from scheduler.variables.model import Because, Expression, Variable

SCALE = 1000
"""Weights are kept to a thousandth, so that costs are whole numbers for the solver."""


class CpModel:
    """A CP-SAT model that speaks `variables.model.Model`.

    Constant literals may be given as 0 and 1. With `keep`, constraints that stand for a row not in it
    are left out: that is how a contradiction is narrowed down.
    """

    def __init__(self, keep: Collection[Because] | None = None) -> None:
        """Start empty."""
        self.cp = cp_model.CpModel()
        self.rows: dict[Because, None] = {}
        self._keep = None if keep is None else frozenset(keep)

    # ---- variables ------------------------------------------------------------------------------

    def boolean(self, name: str) -> Variable:
        """A new yes-or-no variable."""
        return self.cp.new_bool_var(name)

    def integer(self, low: int, high: int, name: str) -> Variable:
        """A new integer variable."""
        return self.cp.new_int_var(low, high, name)

    def either(self, literals: Iterable[Variable], name: str) -> Variable:
        """A variable equal to the disjunction of the literals."""
        found = _live(literals)
        if found is None:
            return 1
        if len(found) < 2:
            return found[0] if found else 0
        result = self.boolean(name)
        self.cp.add_bool_or([*found, result.negated()])
        for literal in found:
            self.cp.add_implication(literal, result)
        return result

    def both(self, literals: Iterable[Variable], name: str) -> Variable:
        """A variable equal to the conjunction of the literals."""
        return self.negated(self.either([self.negated(literal) for literal in literals], name))

    def negated(self, literal: Variable) -> Variable:
        """The literal's opposite."""
        return 1 - literal if isinstance(literal, int) else literal.negated()

    def total(self, terms: Iterable[Expression]) -> Expression:
        """The sum of variables, expressions and numbers."""
        found = list(terms)
        if all(isinstance(term, int) for term in found):
            return int(sum(found))
        return cp_model.LinearExpr.sum(found)

    def excess(self, amount: Expression, bound: int, most: int, name: str) -> Variable:
        """A variable, 0 to `most`, at least `amount` - `bound`; minimising makes it equal."""
        over = self.integer(0, max(0, most), name)
        self.require(amount - bound <= over)
        return over

    # ---- constraints ----------------------------------------------------------------------------

    def require(self, constraint: Any, *because: Because, when: Iterable[Variable] = ()) -> None:  # noqa: ANN401
        """A linear constraint, or a bool that presolved to a constant; holds where all of `when` hold."""
        if self._left_out(because):
            return
        conditions = [literal for literal in when if not (isinstance(literal, int) and literal == 1)]
        if constraint is True or any(isinstance(literal, int) for literal in conditions):
            return
        if constraint is False:
            self.cp.add_bool_or([self.negated(literal) for literal in conditions])
            return
        added = self.cp.add(constraint)
        if conditions:
            added.only_enforce_if(conditions)

    def any_of(self, literals: Iterable[Variable], *because: Because, when: Iterable[Variable] = ()) -> None:
        """At least one literal holds (where all of `when` hold)."""
        if self._left_out(because):
            return
        found = _live([*literals, *(self.negated(literal) for literal in when)])
        if found is not None:
            self.cp.add_bool_or(found)

    def implies(self, literal: Variable, consequence: Variable, *because: Because) -> None:
        """If the one then the other."""
        if because or isinstance(literal, int) or isinstance(consequence, int):
            self.any_of([consequence], *because, when=[literal])
        else:  # by far the most frequent of all
            self.cp.add_bool_or([consequence, literal.negated()])

    def _left_out(self, because: Sequence[Because]) -> bool:
        self.rows.update(dict.fromkeys(because))
        return self._keep is not None and not self._keep.issuperset(because)

    # ---- search ---------------------------------------------------------------------------------

    def completed(
        self, start: Mapping[Variable, int], *, seconds: float = 2.0, least: Expression = 0
    ) -> Mapping[Variable, int]:
        """A start with values for all other variables too, `least` as small as can be, where they can be had
        in so many seconds of deterministic time; else as it is."""
        fixed = self.cp.clone()
        for variable, value in start.items():
            if not isinstance(variable, int):
                domain = fixed.proto.variables[variable.index].domain
                domain[0], domain[len(domain) - 1] = value, value
        if isinstance(least, int):
            fixed.clear_objective()  # type: ignore[no-untyped-call]
        else:
            fixed.minimize(least)
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        if solver.solve(fixed) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return start
        values = enumerate(solver.response_proto.solution)
        return {self.cp.get_int_var_from_proto_index(index): value for index, value in values}

    def is_feasible(self, seconds: float) -> bool | None:
        """Whether any solution exists; None if that could not be told in the time."""
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        status = solver.solve(self.cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return True
        return False if status == cp_model.INFEASIBLE else None


def _live(literals: Iterable[Variable]) -> list[Variable] | None:
    """The literals that are not constant; None if one of them is always true."""
    found = []
    for literal in literals:
        if isinstance(literal, int):
            if literal:
                return None
        else:
            found.append(literal)
    return found
