"""A linear programme over whole numbers, to be handed to any solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Terms = Mapping[int, int]
"""Coefficients by the number of the variable."""


@dataclass(frozen=True)
class Level:
    """One aim of a strict order: the most or the least of a sum; `scale` divides what is told of it.

    `implied`: the levels before, once proven, leave it no choice. `known`: a bound that needs no search.
    `loose`: its variables follow from others, and only searching this level makes them exact."""

    name: str
    terms: Terms
    sense: Literal["least", "most"] = "least"
    scale: int = 1
    implied: bool = False
    known: float = 0.0
    loose: bool = False

    def of(self, values: Any) -> float:  # noqa: ANN401 - a list or an array of numbers
        """The sum in a solution, unscaled."""
        return float(sum(factor * values[x] for x, factor in self.terms.items()))


@dataclass
class Program:
    """Variables from `lowest` to `highest`, and rows `low <= sum <= high` (None: no limit)."""

    lowest: list[int] = field(default_factory=list)
    highest: list[int] = field(default_factory=list)
    rows: list[tuple[tuple[int, ...], tuple[int, ...], int | None, int | None]] = field(default_factory=list)

    def whole(self, highest: int) -> int:
        """A new variable from 0."""
        self.lowest.append(0)
        self.highest.append(highest)
        return len(self.highest) - 1

    def boolean(self) -> int:
        """A new variable, 0 or 1."""
        return self.whole(1)

    def row(self, terms: Terms, low: int | None = None, high: int | None = None) -> None:
        """A row; variables of coefficient 0 are dropped."""
        kept = [(x, factor) for x, factor in terms.items() if factor]
        self.rows.append((tuple(x for x, _ in kept), tuple(factor for _, factor in kept), low, high))

    def at_most(self, x: int, others: Iterable[int]) -> None:
        """x <= the sum of some others."""
        terms = dict.fromkeys(others, 1)
        terms[x] = terms.get(x, 0) - 1
        self.row(terms, low=0)


def ones(variables: Iterable[int]) -> dict[int, int]:
    """The sum of some variables, each as often as it is named."""
    found: dict[int, int] = {}
    for x in variables:
        found[x] = found.get(x, 0) + 1
    return found


def less(terms: Terms, others: Terms) -> dict[int, int]:
    """One sum minus another."""
    found = dict(terms)
    for x, factor in others.items():
        found[x] = found.get(x, 0) - factor
    return found
