"""What an engine tells while it runs and when it ends."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

UNFINISHED = "not all levels in time"

Moment = tuple[float, float | None, float | None]
"""Seconds since the engine began, the best value and the proven bound then."""


@dataclass(frozen=True)
class Reached:
    """One level as an engine left it; `began` and `ended` in seconds since the engine began."""

    level: str
    value: float
    bound: float
    began: float
    ended: float
    moments: tuple[Moment, ...] = ()

    @property
    def gap(self) -> float:
        """Relative to the value, as the plan's levels have it."""
        return gap_of(self.value, self.bound)

    @property
    def at(self) -> float:
        """When the value was reached."""
        times = [
            time for time, value, _ in self.moments if value is not None and abs(value - self.value) < 1e-6
        ]
        return min(times, default=self.ended)

    def when(self, gap: float) -> float | None:
        """When the gap was first no larger than this; None if never."""
        for time, value, bound in (*self.moments, (self.ended, self.value, self.bound)):
            if value is not None and bound is not None and gap_of(value, bound) <= gap + 1e-9:
                return time
        return None


@dataclass(frozen=True)
class Result:
    """How an engine ended: seconds in all, seconds of making the model, when its plan was first free of
    claims, peak memory, and its levels as the checker has them (`broken`: hard rules violated)."""

    seconds: float
    building: float = 0.0
    claim_free: float | None = None
    peak_mb: float = 0.0
    note: str = ""
    broken: int = 0
    recomputed: Mapping[str, float] = field(default_factory=dict)


Tell = Callable[[Reached], None]
"""Takes each level as soon as it is done."""


def gap_of(value: float, bound: float) -> float:
    """The gap relative to the value."""
    return abs(value - bound) / max(1.0, abs(value))


def peak_mb() -> float:
    """The most memory this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
