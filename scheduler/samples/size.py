"""How large a synthetic season is: what follows from the number of children."""

from __future__ import annotations

from dataclasses import dataclass

CHILDREN_PER_VENUE = 50
CHILDREN_PER_CLASS = 27
DEFAULT_WEEKS = 4
SHARE_OF_WEEKS = 0.87
"""Child-weeks wanted, of all children in all weeks: some want only a part, a few are not processed."""

DEMAND = 1.05
"""Child-weeks wanted for each seat-week, so that waiting lists exist."""


@dataclass(frozen=True)
class Size:
    """The numbers a season is built from."""

    children: int
    venues: int
    weeks: int
    classes: int
    seats: int

    @classmethod
    def of(cls, children: int, venues: int | None = None, weeks: int | None = None) -> Size:
        """The size of a season of so many children; venues and weeks by default as is usual."""
        if children < 1:
            raise ValueError("a season needs at least one child")
        venues = venues or max(1, round(children / CHILDREN_PER_VENUE))
        return cls(
            children=children,
            venues=venues,
            weeks=weeks or DEFAULT_WEEKS,
            classes=max(venues, round(children / CHILDREN_PER_CLASS)),
            seats=max(venues, round(children * SHARE_OF_WEEKS / DEMAND)),
        )
