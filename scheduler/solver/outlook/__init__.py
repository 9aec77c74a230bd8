"""The outlook: what one more seat, class or adult would give, and what fairness costs."""

from __future__ import annotations

from scheduler.solver.outlook.search import outlook

__all__ = ["outlook"]
