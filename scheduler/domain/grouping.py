"""Rows looked up by what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, tuple[R, ...]]:
    """The rows of each key, in their order; keys in the order of their first rows."""
    found: dict[K, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {name: tuple(same) for name, same in found.items()}
