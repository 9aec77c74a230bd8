"""What pools are sure to cost for balance, since some of their classes have fewer seats than others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables


def uneven(model: Model, x: PlacementVariables, pools: Mapping[str, tuple[int, ...]]) -> Expression:
    """How uneven the classes of pools are sure to be; `pools` tells the seats of each class of a pool.

    Left out are pools so uneven that it would be said of some where one class has nobody, and is compared
    with none.
    """
    terms: list[Expression] = []
    for class_, week in x.class_weeks:
        seats = sorted(pools.get(class_, (0,)))
        if len(seats) > 1 and sum(seats[1:]) <= _even(seats):
            terms += _heads(model, x, (class_, week), seats)
            terms += _ages(model, x, (class_, week), seats)
    return model.total(terms)


def _even(seats: Sequence[int]) -> int:
    """So many children fit in with no class more than one ahead of the smallest."""
    return len(seats) * (seats[0] + 1) - 1


def _heads(model: Model, x: PlacementVariables, key: ClassWeek, seats: Sequence[int]) -> Iterator[Variable]:
    """With h children in k classes and at most s in the smallest, the others have (h - s) / (k - 1) on
    average: the least and the most differ by (h - ks) / (k - 1) at least, of which one is not counted."""
    others, over = len(seats) - 1, sum(seats) - _even(seats)
    if over > 0:
        number = model.integer(0, -(-over // others), f"uneven {key[0]}/{key[1]}")
        model.require(x.heads(*key) - _even(seats) <= others * number)
        yield number


def _ages(model: Model, x: PlacementVariables, key: ClassWeek, seats: Sequence[int]) -> Iterator[Variable]:
    """The same of every age, of which c are in the smallest class: h <= k c + (k - 1) (1 + uneven). All c
    together have room there; unless so few come that the smallest class may have nobody."""
    smallest, number = seats[0], len(seats)
    row = x.scenario.class_[key[0]]
    if sum(seats) // number <= smallest or (row.min_age is not None and row.min_age == row.max_age):
        return
    by_age: dict[int, list[Variable]] = defaultdict(list)
    for child, literal in x.holders(*key).items():
        age = x.scenario.age(child)
        if age is not None:
            by_age[age].append(literal)
    name = f"{key[0]}/{key[1]}"
    few, inside, reach = model.boolean(f"few {name}"), [], 0
    model.require(x.heads(*key) + smallest * few <= sum(seats))
    for age, held in sorted(by_age.items()):
        most = min(len(held), sum(seats))
        count = model.integer(0, most, f"age {age} of smallest {name}")
        over = model.integer(0, most, f"uneven age {age} {name}")
        model.require(model.total(held) <= number * count + (number - 1) * (over + 1))
        inside.append(count)
        reach += most
        yield over
    model.require(model.total(inside) <= smallest + reach * few)
