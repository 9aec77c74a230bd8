"""How the levels of a placement share the time."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.solver.goals import Goal

WEIGHTS = {"claims": 8.0, "changes": 8.0, "placed": 4.0, "positions": 4.0, "soft": 6.0, "draw": 1.0}
"""Levels share the time by these weights."""

OTHERS = {False: 1.0, True: 4.0}
"""What the others weigh; by whether they are decided as a whole, which takes longer."""

BOUND = {True: 0.5, False: 0.25}
"""Of all the time left, what a level's bound may take: it mostly ends long before, but for what claims leave
open, which is seldom worth the time; by whether claims do not matter."""

REFILL = {"positions": 0.45, "soft": 0.6}
"""Of the time left, what filling a placement anew up to a level may take."""

AFTER_REFILL = 0.25
"""What filling anew made better is seldom made better by pieces: so much of the time for them is enough."""


def share_of(goals: Sequence[Goal], *, as_a_whole: bool) -> float:
    """The share that the first of the levels still to come has of the time left."""
    weights = [WEIGHTS.get(goal.name, OTHERS[as_a_whole]) for goal in goals]
    return weights[0] / sum(weights)
