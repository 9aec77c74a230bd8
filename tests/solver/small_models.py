"""Random models so small that every assignment can be tried, with their constraints as plain predicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random

from scheduler.solver.cpsat import CpModel
from scheduler.solver.rows import Row, plain
from scheduler.variables.model import Variable

Values = Sequence[int]
Holds = Callable[[Values], bool]


@dataclass
class SmallModel:
    """A model, its variables, and what every constraint means, told apart from how it is written down."""

    model: CpModel = field(default_factory=CpModel)
    variables: list[Variable] = field(default_factory=list)
    meaning: list[Holds] = field(default_factory=list)

    @property
    def ranges(self) -> list[range]:
        """What each variable may be."""
        ends = [list(row.domain) for row in self.model.cp.proto.variables]  # ortools knows no index -1
        return [range(row[0], row[-1] + 1) for row in ends]

    def holds(self, values: Values) -> bool:
        """Whether all constraints hold."""
        return all(means(values) for means in self.meaning)

    def solutions(self) -> list[tuple[int, ...]]:
        """Every assignment for which all constraints hold."""
        return [values for values in product(*self.ranges) if self.holds(values)]


def value(index: int, values: Values) -> int:
    """What a literal (negative: its negation) or a variable is."""
    return values[index] if index >= 0 else 1 - values[-index - 1]


def row_holds(row: Row, values: Values) -> bool:
    """Whether a row holds, as its docstring says."""
    if not all(value(index, values) for index in row.when):
        return True
    return row.low <= sum(factor * value(index, values) for index, factor in row.terms) <= row.high


def cost_of(terms: Sequence[tuple[int, int]], values: Values) -> int:
    """What an assignment costs."""
    return sum(factor * values[index] for index, factor in terms)


def random_cost(dice: Random, small: SmallModel) -> list[tuple[int, int]]:
    """A cost of most variables, some of them gains."""
    found = [(index, dice.randint(-6, 9)) for index in range(len(small.ranges)) if dice.random() < 0.8]
    return [(index, factor) for index, factor in found if factor]


def random_model(seed: int) -> SmallModel:
    """A model of four or five yes-or-no variables and up to two numbers, with all that rules can say."""
    dice, small = Random(seed), SmallModel()
    for number in range(dice.choice([4, 4, 5])):
        small.variables.append(small.model.boolean(f"b{number}"))
    booleans = list(small.variables)
    for number in range(dice.choice([0, 1, 1, 2])):
        low = dice.choice([-1, 0, 0, 1])
        small.variables.append(small.model.integer(low, low + dice.choice([1, 2, 3]), f"n{number}"))
    for _ in range(dice.choice([2, 3, 4])):
        dice.choice([_clause, _conjunction, _sum, _sum, _count, _count, _factored, _defined])(
            dice, small, booleans
        )
    return small


def _literals(dice: Random, booleans: Sequence[Variable], most: int) -> list[Variable]:
    drawn = dice.sample(list(booleans), dice.randint(1, min(most, len(booleans))))
    return [one.negated() if dice.random() < 0.4 else one for one in drawn]


def _conditions(dice: Random, booleans: Sequence[Variable]) -> list[Variable]:
    return _literals(dice, booleans, 2) if dice.random() < 0.6 else []


def _indices(literals: Sequence[Variable]) -> list[int]:
    return [literal.index for literal in literals]


def _where(conditions: Sequence[Variable], holds: Holds) -> Holds:
    when = _indices(conditions)
    return lambda values: holds(values) or not all(value(index, values) for index in when)


def _clause(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    literals, when = _literals(dice, booleans, 3), _conditions(dice, booleans)
    indices = _indices(literals)
    small.model.any_of(literals, when=when)
    small.meaning.append(_where(when, lambda values: any(value(index, values) for index in indices)))


def _conjunction(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    literals, when = _literals(dice, booleans, 3), _conditions(dice, booleans)[:1]
    indices = _indices(literals)
    added = small.model.cp.add_bool_and(literals)
    if when:
        added.only_enforce_if(when)
    small.meaning.append(_where(when, lambda values: all(value(index, values) for index in indices)))


def _sum(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    """Any variables with any factors, at least, at most or equal to something, perhaps on conditions."""
    drawn = dice.sample(small.variables, dice.randint(2, len(small.variables)))
    terms = [(one, dice.choice([-3, -2, -1, 1, 1, 2, 3])) for one in drawn]
    # a negated literal in a sum is 1 minus its variable
    terms = [
        (one.negated() if one in booleans and dice.random() < 0.3 else one, factor) for one, factor in terms
    ]
    total = sum(factor * one for one, factor in terms)
    _compared(dice, small, booleans, total, [(one.index, factor) for one, factor in terms])


def _count(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    """At least, at most or exactly so many of some variables, mostly on a condition."""
    drawn = dice.sample(list(booleans), dice.randint(2, len(booleans)))
    _compared(dice, small, booleans, sum(drawn), [(one.index, 1) for one in drawn])


def _compared(
    dice: Random,
    small: SmallModel,
    booleans: Sequence[Variable],
    total: Variable,
    terms: Sequence[tuple[int, int]],
) -> None:
    end, when = dice.choice([-1, 0, 1, 1, 2, 2, 3]), _conditions(dice, booleans)
    kind = dice.choice(["<=", ">=", ">=", "=="])
    constraint = {"<=": total <= end, ">=": total >= end, "==": total == end}[kind]
    small.model.require(constraint, when=when)

    def holds(values: Values) -> bool:
        found = sum(factor * value(index, values) for index, factor in terms)
        return {"<=": found <= end, ">=": found >= end, "==": found == end}[kind]

    small.meaning.append(_where(when, holds))


def _factored(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    """A literal that holds only where at least so many others do, written as one sum."""
    literal, *others = dice.sample(list(booleans), dice.randint(3, len(booleans)))
    number = dice.choice([2, 2, 3])
    small.model.require(sum(others) >= number * literal)
    parts = _indices(others)
    small.meaning.append(
        lambda values: sum(values[part] for part in parts) >= number * values[plain(literal.index)]
    )


def _defined(dice: Random, small: SmallModel, booleans: Sequence[Variable]) -> None:
    """A new variable equal to the disjunction, or the conjunction, of some literals."""
    literals = _literals(dice, booleans, 3)
    indices, all_of = _indices(literals), dice.random() < 0.5
    made = small.model.both if all_of else small.model.either
    defined = made(literals, "defined").index
    if plain(defined) >= len(small.variables):
        small.variables.append(small.model.cp.get_int_var_from_proto_index(plain(defined)))

    def holds(values: Values) -> bool:
        found = [value(index, values) for index in indices]
        return value(defined, values) == int(all(found) if all_of else any(found))

    small.meaning.append(holds)
