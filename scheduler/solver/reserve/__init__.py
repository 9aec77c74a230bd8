"""Before placement: the class-weeks that the adults cannot carry, which offer no seat."""

from __future__ import annotations

from scheduler.solver.reserve.stage import withheld

__all__ = ["withheld"]
