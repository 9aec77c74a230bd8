"""Placement: which child is in which class in which week."""

from __future__ import annotations

from scheduler.solver.placement.stage import solve

__all__ = ["solve"]
