"""A roster made cheaper by exchanges of posts, the gaps held: simulated annealing.

Somebody is relieved of a shift, of a class for a week or for the season, by the exchanges that then cost
least. Dearer rosters are accepted at times, ever more seldom (Kirkpatrick, Gelatt and Vecchi, Optimization by
simulated annealing, Science 220, 1983).
"""

from __future__ import annotations

from math import log
from random import Random

from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.staffing.exchanging.exchanges import KINDS, Exchanges
from scheduler.solver.staffing.exchanging.ties import soft_part
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Task

HEAT, COLD = 0.5, 0.1
"""The temperature at first, as a share of what a duty costs; and the share of the time without any, before
and at last."""

ROUNDS = 20.0
"""How often each duty is to be tried; where time is too short for that, the temperature is lower."""

LEAST, CHECKS = 4.0, 2.0
"""How many times what it takes to reckon a roster's cost there must be; and what the checks at the end take.
"""

EACH = 3e-4
"""Deterministic seconds for each duty tried."""


def annealed(task: Task, roster: Roster, limits: Limits, clock: Clock, until: float) -> Roster:
    """The roster made cheaper, no worse in any level before, until no more than `until` of the time is left;
    as it was where time is short, or where the rules' own checks find it worse."""
    begun = clock.left
    cost = task.cost(roster)
    checking = begun - clock.left
    if clock.left - until < LEAST * checking or limits.stop.requested:
        return roster
    found = _Annealing(task, roster, cost, limits, clock).improved(until + CHECKS * checking)
    before, after = (*task.levels(roster), cost), (*task.levels(found), task.cost(found))
    return found if after < before and not task.breaks_rules(found) else roster


class _Annealing:
    """The search, and the best it found."""

    def __init__(self, task: Task, roster: Roster, cost: float, limits: Limits, clock: Clock) -> None:
        self._limits, self._clock, self._report = limits, clock, task.request.limits.report
        self._exchanges = Exchanges(task, roster)
        self._dice = Random(limits.seed)  # noqa: S311 - no secret
        self._more, self._cost = 0, cost
        self._least, self._best = 0, roster
        self._heat = HEAT * SCALE * cost / max(1, len(roster))

    def improved(self, until: float) -> Roster:
        """The best roster found in time."""
        whole, duties = self._clock.left - until, self._exchanges.duties
        tried, rounds = 0, 0.0
        while duties and self._left(until) > 0:
            self._dice.shuffle(duties)
            for duty in duties:
                left = self._left(until) / whole
                if left <= 0:
                    break
                if not rounds and left < 1 - COLD:
                    rounds = tried / len(duties) / (1 - left)
                if self._exchanges.holds(duty):
                    tried += self._try(duty, min(1.0, rounds / ROUNDS) * (left - COLD))
            self._note()
            duties = self._exchanges.duties
        return self._best

    def _left(self, until: float) -> float:
        return 0.0 if self._limits.stop.requested else self._clock.left - until

    def _try(self, duty: int, warmth: float) -> int:
        """Relieve somebody of a duty and of others like it; of how many."""
        block = self._exchanges.like(duty, self._dice.randrange(KINDS))
        if self._limits.reproducible:
            self._clock.spend(EACH * len(block))
        if self._dice.random() * len(block) > 1:  # as often as shorter ones, however many duties lead to it
            return 0
        most = -warmth * self._heat * log(1 - self._dice.random()) if warmth > 0 else 0.0
        self._more += self._exchanges.relieve(block, lambda more: more < most)
        return len(block)

    def _note(self) -> None:
        """Keep the roster if it is the best so far."""
        if self._more < self._least:
            self._least, self._best = self._more, self._exchanges.roster
        self._report(Progress("staffing", "soft", self._cost + soft_part(self._least) / SCALE, None))
