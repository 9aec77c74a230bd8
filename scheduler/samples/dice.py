"""Repeatable chance: the same seed gives the same season on every machine and Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance of its own for each noun, so that a change in one leaves the others as they are.

    Everything is drawn from `random()`, the one method Python promises never to change.
    """

    def __init__(self, seed: int, noun: str) -> None:
        """Begin the stream of a noun under a seed."""
        self._random = random.Random(f"{seed}|{noun}").random

    def chance(self, share: float) -> bool:
        """Whether something happens that does in this share of cases."""
        return self._random() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of some things."""
        return things[int(self._random() * len(things))]

    def weighted(self, things: Sequence[tuple[T, float]]) -> T:
        """One of some things, each as likely as its share; the shares add up to 1."""
        point = self._random()
        for thing, share in things:
            point -= share
            if point < 0:
                return thing
        return things[-1][0]

    def some(self, things: Sequence[T], number: int) -> list[T]:
        """So many different ones of some things (all, if there are fewer), in random order."""
        left = list(things)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(number, len(left)))]

    def around(self, centre: float, spread: float) -> float:
        """A number near a centre, bell-shaped: three draws added up, never farther than `spread`."""
        total = self._random() + self._random() + self._random()
        return centre + (total - 1.5) / 1.5 * spread
