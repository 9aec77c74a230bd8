"""The search for the least cost of the soft rules with the gaps held: piece by piece, whatever holds them.

A wide season decides pieces of its one model anew, a city parts that are models of their own; which of them
come next is chosen here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from random import Random
from typing import Generic, TypeVar

from scheduler.domain.plan import Duty
from scheduler.solver.door import Clock, Limits, Progress
from scheduler.solver.staffing.model.task import Task

NEAR = 0.02
"""How near to the best, as a share, a piece is good enough."""

PIECE_SECONDS, MANY = 6.0, 3
"""A piece may take so long; class-weeks of two weeks are decided together where more than so many of one are
quickly."""

LEAST_GAIN = 0.05
"""What a piece counts for that made nothing better, so that every kind is tried again."""

HOPED = 20.0
"""What a second of a kind counts for at first, so that each is tried soon."""

MOMENT = 0.1
"""Seconds in which no piece is worth beginning."""

One = TypeVar("One")
"""What is decided about a duty: the duty, or its place in a model."""


class Costing(Generic[One]):
    """Pieces of a season, chosen by what their kind gained so far."""

    def __init__(
        self,
        task: Task,
        decisions: Iterable[tuple[One, Duty]],
        anew: Callable[[list[One], float], float],
        limits: Limits,
        clock: Clock,
    ) -> None:
        """`anew` decides a piece anew in so many seconds, and tells what that saves."""
        self._report, self._anew, self._limits, self._clock = task.request.limits.report, anew, limits, clock
        self._dice = Random(limits.seed)  # noqa: S311 - which piece comes next is no secret
        self._of_person: dict[str, list[One]] = defaultdict(list)
        self._of_class: dict[tuple[str, str, str], list[One]] = defaultdict(list)
        self._of_role: dict[str, dict[str, dict[str, list[One]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        at: dict[str, set[str]] = defaultdict(set)
        for one, duty in decisions:
            self._of_person[duty.person].append(one)
            self._of_class[duty.venue, duty.class_ or "", task.scenario.week_of(duty.date)].append(one)
            self._of_role[duty.venue][duty.role][duty.class_ or ""].append(one)
            at[duty.venue].add(duty.person)
        self._at = {venue: sorted(people) for venue, people in at.items()}
        self._weeks: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for venue, class_, week in sorted(self._of_class):
            self._weeks[venue][week].append(class_)
        self._venues = sorted(self._at)
        self._kinds = (self._people, self._classes, self._roles)
        self._sizes = [6, 2, 2]

    def improve(self, now: float, until: float) -> float:
        """Decide pieces anew until no more than `until` of the time is left; the cost is `now` at first, and
        what it is then is given back."""
        clock, rates = self._clock, [HOPED] * len(self._kinds)
        while self._venues and clock.left > until + MOMENT and not self._limits.stop.requested:
            number = self._dice.choices(range(len(rates)), rates)[0]
            begun = clock.left
            gained = self._next(number, min(PIECE_SECONDS, begun - until))
            now -= gained
            seconds = max(0.05, begun - clock.left)
            rates[number] += 0.2 * ((LEAST_GAIN + gained) / seconds - rates[number])
            self._report(Progress("staffing", "soft", now, None))
        return now

    def _next(self, number: int, seconds: float) -> float:
        """A piece of a kind decided anew: what that saves. Kinds grow while they are quickly decided."""
        begun = self._clock.left
        piece = self._kinds[number](self._dice.choice(self._venues), self._sizes[number])
        gained = self._anew(piece, seconds)
        used = begun - self._clock.left
        if used > PIECE_SECONDS / 3:
            self._sizes[number] = max(2, self._sizes[number] - 1)
        elif used < PIECE_SECONDS / 12:
            self._sizes[number] += 1
        return gained

    def _people(self, venue: str, size: int) -> list[One]:
        """Some people of a venue, wherever they may be, all season."""
        here = self._at[venue]
        chosen = self._dice.sample(here, min(size, len(here)))
        return [one for person in chosen for one in self._of_person[person]]

    def _classes(self, venue: str, size: int) -> list[One]:
        """Some class-weeks of a venue, each wholly, in at most two weeks."""
        weeks = self._weeks[venue]
        chosen = self._dice.sample(sorted(weeks), min(2 if size > MANY else 1, len(weeks)))
        classes = sorted({class_ for week in chosen for class_ in weeks[week]})
        kept = self._dice.sample(classes, min(-(-size // len(chosen)), len(classes)))
        return [
            one for week in chosen for class_ in kept for one in self._of_class.get((venue, class_, week), ())
        ]

    def _roles(self, venue: str, size: int) -> list[One]:
        """A role in some classes of a venue, all season."""
        roles = self._of_role[venue]
        classes = roles[self._dice.choice(sorted(roles))]
        chosen = self._dice.sample(sorted(classes), min(size, len(classes)))
        return [one for class_ in chosen for one in classes[class_]]
