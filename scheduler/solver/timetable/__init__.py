"""The timetable stage: sessions and trips for the classes that run."""

from __future__ import annotations

from scheduler.solver.timetable.stage import solve

__all__ = ["solve"]
