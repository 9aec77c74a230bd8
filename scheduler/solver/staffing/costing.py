"""The soft rules of a season in one model: made better piece by piece, the gaps held, and bounded."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from scheduler.domain.plan import Level
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.levels import Goal, gap
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.staffing.season import Beside, Season

NEAR = 0.02
"""How near to the best, as a share, a piece is good enough."""

PIECE_SECONDS, MANY = 6.0, 3
"""A piece may take so long; class-weeks of two weeks are decided together where more than so many of one are
quickly."""

LAST_SHARE, RECKONING = 0.06, 0.8
"""Of the time for the soft rules: what is kept for the cost, and what the bound's search may take."""

LEAST_GAIN = 0.05
"""What a piece counts for that made nothing better, so that every kind is tried again."""

MOMENT = 0.1
"""Seconds in which no piece is worth beginning."""


class Costing:
    """The search for the least cost with the gaps held, and its bound."""

    def __init__(self, season: Season, limits: Limits, clock: Clock) -> None:
        self._season, self._limits, self._clock = season, limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - which piece comes next is no secret
        self._held = [dict(goal.cost[1]) for goal in season.goals]
        self._of_person: dict[str, list[int]] = defaultdict(list)
        at: dict[str, set[str]] = defaultdict(set)
        for one, duty in season.duty_of.items():
            self._of_person[duty.person].append(one)
            at[duty.venue].add(duty.person)
        self._at = {venue: sorted(people) for venue, people in at.items()}
        self._venues = sorted(self._at)
        self._kinds = (self._people, self._classes)
        self._sizes = [6, 2]

    def least(self) -> Level:
        """Decide anew until the time is up."""
        season, task = self._season, self._season.task
        roster, goal = season.roster, task.soft_goal(season.built)
        if isinstance(goal.expression, int) or not season.begin(roster, goal):
            cost = task.cost(roster)
            return Level(name="soft", value=cost, bound=0.0, gap=gap(cost, 0.0))
        relaxation = Relaxation(season.built.model, season.rows)
        for before in season.goals:
            relaxation.hold(before.cost[1], season.value(before) - before.cost[0])
        beside = Beside(relaxation, goal.cost[1], self._limits, RECKONING * self._clock.left)
        self._terms = dict(goal.cost[1])
        self._improve(goal)
        bound = max(0.0, (beside.bound() + goal.cost[0]) / SCALE)
        cost = task.cost(season.roster)
        return Level(name="soft", value=cost, bound=min(bound, cost), gap=gap(cost, min(bound, cost)))

    def _improve(self, goal: Goal) -> None:
        clock, until = self._clock, LAST_SHARE * self._clock.left
        now = self._season.value(goal) / SCALE
        rates = [1.0] * len(self._kinds)
        while clock.left > until + MOMENT and not self._limits.stop.requested:
            number = self._dice.choices(range(len(rates)), rates)[0]
            begun = clock.left
            gained = self._anew(number, min(PIECE_SECONDS, begun - until))
            now -= gained
            seconds = max(0.05, begun - clock.left)
            rates[number] += 0.2 * ((LEAST_GAIN + gained) / seconds - rates[number])
            self._season.task.request.limits.report(Progress("staffing", goal.name, now, None))

    def _anew(self, number: int, seconds: float) -> float:
        """A piece of a kind decided anew: what that saves. Kinds grow while they are quickly decided."""
        begun = self._clock.left
        piece = self._kinds[number](self._dice.choice(self._venues), self._sizes[number])
        gained = self._season.anew(
            piece, self._terms, self._held, self._limits, self._clock, seconds, near=NEAR
        )
        used = begun - self._clock.left
        if used > PIECE_SECONDS / 3:
            self._sizes[number] = max(2, self._sizes[number] - 1)
        elif used < PIECE_SECONDS / 12:
            self._sizes[number] += 1
        return gained / SCALE

    def _people(self, venue: str, size: int) -> list[int]:
        """Some people of a venue, wherever they may be, all season."""
        here = self._at[venue]
        chosen = self._dice.sample(here, min(size, len(here)))
        return [one for person in chosen for one in self._of_person[person]]

    def _classes(self, venue: str, size: int) -> list[int]:
        """Some class-weeks of a venue, each wholly, in at most two weeks."""
        season = self._season
        weeks = [week for name, week in sorted(season.cells) if name == venue]
        chosen = self._dice.sample(weeks, min(2 if size > MANY else 1, len(weeks)))
        ones = season.of((venue, week) for week in chosen)
        classes = sorted({season.duty_of[one].class_ or "" for one in ones})
        kept = set(self._dice.sample(classes, min(-(-size // len(chosen)), len(classes))))
        return [one for one in ones if (season.duty_of[one].class_ or "") in kept]
