"""What rules may ask of a solver's model; the solver's own class fulfils it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

Variable = Any
Expression = Any


class Because(NamedTuple):
    """The input row (table, id) that a constraint stands for; naming it lets a contradiction be told."""

    table: str
    id: str


class Model(Protocol):
    """A model under construction."""

    def boolean(self, name: str) -> Variable:
        """A new yes-or-no variable."""

    def integer(self, low: int, high: int, name: str) -> Variable:
        """A new integer variable."""

    def require(self, constraint: Any, *because: Because, when: Iterable[Variable] = ()) -> None:  # noqa: ANN401
        """A linear constraint (`expr <= 3`), or a plain bool that presolved to a constant; it holds where all
        of `when` hold. `because` names the rows that could be changed to be rid of it."""

    def any_of(self, literals: Iterable[Variable], *because: Because, when: Iterable[Variable] = ()) -> None:
        """At least one literal holds (where all of `when` hold)."""

    def implies(self, literal: Variable, consequence: Variable, *because: Because) -> None:
        """If the one then the other."""

    def either(self, literals: Iterable[Variable], name: str) -> Variable:
        """A variable equal to the disjunction of the literals."""

    def both(self, literals: Iterable[Variable], name: str) -> Variable:
        """A variable equal to the conjunction of the literals."""

    def negated(self, literal: Variable) -> Variable:
        """The literal's opposite."""

    def total(self, terms: Iterable[Expression]) -> Expression:
        """The sum of variables, expressions and numbers."""

    def excess(self, amount: Expression, bound: int, most: int, name: str) -> Variable:
        """A variable, 0 to `most`, at least `amount` - `bound`; minimising makes it equal."""
