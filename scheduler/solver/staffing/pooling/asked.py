"""What the demands of a pool miss: as numbers, and as what a linear programme may say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from scheduler.solver.staffing.pooling.pools import Demand

ROUNDING = 1e-9


def alike(demand: Demand, others: Iterable[Demand]) -> int | None:
    """Which of the others is the must demand that a soft one goes beyond."""
    for place, other in enumerate(others):
        same = (other.alike, other.strength) == (demand.alike, "must")
        if demand.strength == "soft" and same and other.number == demand.beyond:
            return place
    return None


def missed(demand: Demand, present: int, others: Sequence[tuple[Demand, int]]) -> int:
    """What a demand misses at least with so many present, where the others of its pool miss so many each.

    A must demand beyond all others (the aides) misses all it asks for as soon as the others miss anybody,
    soft ones too: a jump that no linear row can say. At least as much as is asked, less the present and
    what must demands miss, has to be made up for, and each adult missed stands for `1 + steep` of these at
    most; without regard to what others miss, for `1 + steepest`.
    """
    short = demand.number + demand.beyond - present
    same = alike(demand, (other for other, _ in others))
    if not demand.beyond:
        amount = short
    elif same is not None:
        amount = short - others[same][1]
    else:
        before = sum(
            amount for other, amount in others if other.strength == "must" and other.alike in demand.after
        )
        amount = max(
            ceil((short - before) / (1 + demand.steep) - ROUNDING),
            ceil(short / (1 + demand.steepest) - ROUNDING),
        )
    return min(demand.number, max(0, amount))
