"""The smallest set of rows that cannot all hold, narrowed down by solving without the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.solver.cpsat import CpModel
from scheduler.variables.model import Because

Build = Callable[[frozenset[Because] | None], CpModel]


def smallest_conflict(build: Build, *, seconds: float = 10.0) -> tuple[Because, ...]:
    """A set of rows that contradict each other and of which none can be spared.

    `build(keep)` makes the stage's model with only the constraints of the rows in `keep` (None: all) and
    those that stand for no row. QuickXplain (Junker, AAAI 2004): divide and conquer over the rows, so a
    conflict of k among n rows takes about k log(n / k) solves. A solve that ends undecided counts as
    feasible, so the set may then be larger than need be but still contradicts itself.
    """
    model = build(None)
    rows = tuple(sorted(model.rows, key=_suspicion))

    def conflicts(kept: Sequence[Because]) -> bool:
        return build(frozenset(kept)).is_feasible(seconds) is False

    if conflicts(()):
        return ()
    return tuple(sorted(_explain(conflicts, (), (), rows)))


def _explain(
    conflicts: Callable[[Sequence[Because]], bool],
    background: tuple[Because, ...],
    added: tuple[Because, ...],
    rows: tuple[Because, ...],
) -> tuple[Because, ...]:
    if added and conflicts(background):
        return ()
    if len(rows) == 1:
        return rows
    half = len(rows) // 2
    first, second = rows[:half], rows[half:]
    in_second = _explain(conflicts, (*background, *first), first, second)
    in_first = _explain(conflicts, (*background, *in_second), in_second, first)
    return (*in_first, *in_second)


def _suspicion(row: Because) -> tuple[bool, str, str]:
    """Rows that are facts first, so that the conflict is told with as many locks as can be."""
    return (row.table == "locks", row.table, row.id)
