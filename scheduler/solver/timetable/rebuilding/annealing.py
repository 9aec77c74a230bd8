"""A timetable made cheaper by taking parts of it out and putting them together anew, thousands of times.

Specialists are taken out of some days and sent again where they are worth most, one after the other in an
order drawn by lot. Dearer timetables are accepted at times, ever more seldom (ruin and recreate: Schrimpf,
Schneider, Stamm-Wilbrandt and Dueck, Journal of Computational Physics 159, 2000). Trips stay as they are.
"""

from __future__ import annotations

from math import log
from random import Random

from scheduler.domain.plan import Plan
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Progress, Request
from scheduler.solver.timetable import decisions
from scheduler.solver.timetable.build import SOFT
from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.solver.timetable.rebuilding.holding import Holding
from scheduler.solver.timetable.rebuilding.numbered import NOBODY, Given, Numbered
from scheduler.solver.timetable.rebuilding.ruining import Ruining
from scheduler.solver.timetable.rebuilding.sending import Sending
from scheduler.variables.timetable import Timetable

HOT, COLD = 0.7, 0.03
"""The first and the last temperature, as shares of an empty period's cost."""

ROUNDS = 20.0
"""How often each specialist's day is to be tried; where time is too short for that, it is never as hot."""

FIRST = 0.05
"""The part of the time without any heat, after which the pace is known."""

EACH = 2e-3
"""Deterministic seconds for a step."""

NOTED = 500
"""Steps after which the best timetable is kept."""

NEWCOMERS = 0.3
"""How often somebody who had no part in what is taken out is sent, too."""

LED = 0.5
"""How often sessions led by who is on duty are taken out where others are, and how many of them then."""


def rebuilt(x: Timetable, request: Request, plan: Plan, clock: Clock, seconds: float) -> Plan:
    """A timetable of which nothing stands made cheaper in so many seconds; `x` states none of its lessons."""
    if seconds <= 0 or request.limits.stop.requested:  # a wide season takes its time to be numbered, too
        return plan
    season = Numbered(Grid(x.offer, request.rulebook), Ledger(x))
    lessons = [lesson for row in plan.sessions if (lesson := x.offer.settled(row))]
    departures = [departure for row in plan.trips if (departure := x.offer.departed(row))]
    if season.grid.is_empty or not season.people or not lessons:
        return plan
    limits, cost = request.limits, request.rulebook.cost(request.scenario, plan, "timetable")
    holding = Holding(season, request.rulebook, lessons, departures)
    search = Rebuilding(season, holding, limits.seed)
    until, best, least, steps = clock.after(seconds), lessons, 0, 0
    whole = clock.left - until
    while (left := clock.left - until) > 0 and not limits.stop.requested:
        search.step(1 - left / whole)
        steps += 1
        if limits.reproducible:
            clock.spend(EACH)
        if steps % NOTED == 0 or clock.left <= until:
            if search.more < least:
                best, least = holding.lessons, search.more
            limits.report(Progress("timetable", SOFT, cost + least / SCALE, None))
    return plan.with_(sessions=decisions.held(request, best))


class Rebuilding:
    """A timetable that is taken apart and put together."""

    def __init__(self, season: Numbered, holding: Holding, seed: int) -> None:
        """Begin with what is held."""
        self._season, self._holding, self._dice = season, holding, Random(seed)  # noqa: S311 - no secret
        self._ruining = Ruining(season, holding, self._dice)
        self._sending = Sending(season, holding, self._dice)
        self._days = season.grid.shape[2]
        self._enough = ROUNDS * len(season.people) * self._days
        self._steps, self._heat = 0, 0.0
        self.more = 0
        """What it costs more than at first."""

    def step(self, done: float) -> None:
        """Rebuild a part; `done` is the part of the time that is gone, from 0 to 1: dearer ones are accepted
        ever more seldom."""
        if done >= FIRST and not self._heat:
            self._heat = HOT * self._holding.empty * min(1.0, self._steps / done / self._enough)
        self._steps += 1
        self.try_(self._heat * (COLD / HOT) ** done)

    def try_(self, heat: float) -> None:
        """Rebuild a part; a dearer one is kept with a chance that rises with the heat."""
        most = -heat * log(1 - self._dice.random()) if heat > 0 else 0.0
        more = self._rebuild()
        if more <= most:
            self.more += more
            self._holding.keep()
        else:
            self._holding.undo()

    def _rebuild(self) -> int:
        """Take something out and fill what is left: what that costs."""
        holding, dice, week_of = self._holding, self._dice, self._season.week_of
        chosen, teacher, week = self._ruining.chosen()
        more = sum(self._lift(one) for one in chosen)
        sent = dict.fromkeys([(teacher, week)])
        if chosen and dice.random() < NEWCOMERS:
            sent[self._ruining.newcomer(chosen[0]), week] = None
        if dice.random() < LED:
            more += sum(self._lift(one) for one in self._led())
        gone = {(one.teacher, week_of[one.day]) for one, _ in holding.changes if one.teacher != NOBODY}
        sent.update(dict.fromkeys(sorted(gone)))
        order = list(sent)
        dice.shuffle(order)
        for who, when in order:
            more += self._sending.send(who, when)
        for class_, when in self._touched():
            more += self._sending.lead(class_, when)
        return more

    def _touched(self) -> list[tuple[int, int]]:
        """The classes' weeks in which anything changed."""
        week_of = self._season.week_of
        return sorted({(one.class_, week_of[one.day]) for one, _ in self._holding.changes})

    def _lift(self, given: Given) -> int:
        """Take a session out, if it is still held."""
        here = self._holding.on[given.class_ * self._days + given.day]
        return self._holding.lift(given) if given in here else 0

    def _led(self) -> list[Given]:
        """Some of the sessions that need no specialist, where others were taken out."""
        return [
            one
            for class_, week in self._touched()
            for day in self._season.days_in[week]
            for one in self._holding.on[class_ * self._days + day]
            if one.teacher == NOBODY and self._dice.random() < LED
        ]
