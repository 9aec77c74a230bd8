"""Where two meet, stated so that a linear relaxation says nearly as much as whole numbers do."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.variables.model import Expression, Model


def meeting(model: Model, places: Iterable[tuple[Expression, Expression]], name: str) -> Expression:
    """How many places can be counted as shared, given for each place whether one is there and whether (or
    how many of) the others are: a variable for each, at most either.

    Rules charge for what is missing to a meeting, so a solver counts as many as it may. Charging instead
    `one here + other elsewhere - 1` place by place is the same in whole numbers, but weaker in fractions:
    this is at least as strong as all such sums together.
    """
    shared: list[Expression] = []
    for number, (here, there) in enumerate(places):
        if isinstance(here, int) and isinstance(there, int):
            shared.append(min(here, there, 1))
        elif 0 not in (here if isinstance(here, int) else 1, there if isinstance(there, int) else 1):
            both = model.boolean(f"{name} {number}")
            model.require(both <= here)
            model.require(both <= there)
            shared.append(both)
    return model.total(shared)
