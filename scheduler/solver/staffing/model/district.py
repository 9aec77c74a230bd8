"""A district of a city, all season long: one model from which pieces are cut while all else stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.plan import Duty
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.rows import Rows
from scheduler.solver.staffing.model.excerpts import Excerpts
from scheduler.solver.staffing.model.task import Built


class District:
    """The duties of a district, and a roster of them that costs ever less and misses no more."""

    def __init__(self, built: Built, goal: Goal, before: Sequence[Goal], values: Sequence[int]) -> None:
        """Take over a model with all its rules, the goal, those `before` it, and the values of a roster."""
        self.built = built
        self.decisions: list[tuple[int, Duty]] = [
            (variable.index, duty)
            for duty, variable in built.x.on_duty.items()
            if not isinstance(variable, int)
        ]
        self._terms, self._held = dict(goal.cost[1]), [dict(one.cost[1]) for one in before]
        inside = [one for one, _ in self.decisions]
        self._excerpts = Excerpts(built.model, Rows(built.model), inside, values)

    @property
    def values(self) -> NDArray[np.int64]:
        """The values of all variables now."""
        return self._excerpts.values

    def anew(self, piece: Iterable[int], limits: Limits, clock: Clock, seconds: float, near: float) -> float:
        """Decide a piece anew as near to the best, none missed more than now; how much less it then costs."""
        excerpts, terms, held = self._excerpts, self._terms, self._held
        return excerpts.anew(piece, terms, held, limits, clock, seconds, near=near) / SCALE
