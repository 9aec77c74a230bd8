"""A roster of a wide season, made better part by part: a model of each part alone, all else standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.demand import Post
from scheduler.domain.plan import Duty
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.rows import Rows
from scheduler.solver.staffing.model.district import District
from scheduler.solver.staffing.model.excerpts import Excerpts
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Built, Task, order
from scheduler.solver.staffing.pooling.dealing import MUST
from scheduler.variables.model import Expression

EACH = 1e-4
"""Deterministic seconds that a part takes for each of its variables beside its search."""

Place = tuple[str, date]
"""A venue on a day."""


class Parts:
    """A roster, and what is possible, by person and place."""

    def __init__(self, task: Task, roster: Roster) -> None:
        """Take over a roster that breaks no rule."""
        self.task = task
        self.roster = set(roster)
        self.of_person: dict[str, list[Duty]] = defaultdict(list)
        self.of_class: dict[tuple[str, str, str], list[Duty]] = defaultdict(list)
        week_of = task.scenario.week_of
        for duty in task.possible:
            self.of_person[duty.person].append(duty)
            self.of_class[duty.venue, duty.class_ or "", week_of(duty.date)].append(duty)
        self._posts: dict[Place, list[Post]] = defaultdict(list)
        for post in task.posts:
            self._posts[post.venue, post.date].append(post)
        self._on_duty: dict[str, set[Duty]] = defaultdict(set)
        self._at: dict[Place, set[Duty]] = defaultdict(set)
        self._homeroom: dict[str | None, set[Duty]] = defaultdict(set)
        for duty in roster:
            self._add(duty)
        duty_locks = (lock for lock in task.scenario.lock.values() if lock.kind == "duty")
        self._locked = {lock.person for lock in duty_locks if lock.person is not None}

    def fewer(self, free: Iterable[Duty], limits: Limits, clock: Clock, seconds: float) -> float:
        """Decide some duties anew so that fewest adults are missing at their places; how many fewer that
        are, a must gap counting for many."""
        built, now, _ = self._part(free)
        must, soft = (goal.expression for goal in self.task.goals(built))
        return self._better(built, now, MUST * must + soft, limits, clock, seconds)

    def district(self, free: Iterable[Duty]) -> District | None:
        """A model of some duties with all soft rules, all else standing as it is; None if there is nothing to
        make better."""
        built, now, _ = self._part(free)
        goal = self.task.soft_goal(built)
        if isinstance(goal.expression, int):
            return None
        values = _values(built, now, built.model.total([goal.expression, *self._gaps(built)]))
        return None if values is None else District(built, goal, tuple(self.task.goals(built)), values)

    def take(self, district: District) -> None:
        """The duties of a district as they are decided by now."""
        self._replace(district.built, district.values)

    def _gaps(self, built: Built) -> Iterator[Expression]:
        return (MUST * SCALE * goal.expression for goal in self.task.goals(built))

    def _part(self, free: Iterable[Duty]) -> tuple[Built, set[Duty], list[Post]]:
        """A model of some duties, the roster in it, and its posts."""
        free = set(free) - self.task.known
        standing, places = self._standing(free)
        at = [post for place in sorted(places) for post in self._posts.get(place, ())]
        built = self.task.part(sorted(free, key=order), sorted(standing, key=order), at, places)
        return built, standing | (free & self.roster), at

    def _better(
        self,
        built: Built,
        now: Collection[Duty],
        least: Expression,
        limits: Limits,
        clock: Clock,
        seconds: float,
    ) -> float:
        """Take over the best roster of a part if it is better than the one now: by how much."""
        if isinstance(least, int):
            return 0.0
        values = _values(built, now, least)
        if values is None:
            return 0.0
        if limits.reproducible:
            clock.spend(EACH * len(values))
        excerpts = Excerpts(built.model, Rows(built.model), (), values)
        terms = dict(Goal("part", least).cost[1])
        better = excerpts.anew(range(len(values)), terms, (), limits, clock, seconds)
        if better:
            self._replace(built, excerpts.values)
        return better

    def missing(self) -> dict[tuple[str, str], int]:
        """What is missing, by venue and week, a must gap counting for many."""
        found: dict[tuple[str, str], int] = {}
        week_of = self.task.scenario.week_of
        for place, posts in self._posts.items():
            must, soft = self.task.missing(self._at.get(place, set()), posts)
            if must or soft:
                key = (place[0], week_of(place[1]))
                found[key] = found.get(key, 0) + MUST * must + soft
        return found

    def _standing(self, free: Collection[Duty]) -> tuple[set[Duty], set[Place]]:
        """What the rules look at beside some duties: all else their people do, all else at their places, who
        is in charge of their classes, and those whom locks name."""
        places = {(duty.venue, duty.date) for duty in free}
        found: set[Duty] = set()
        for place in places:
            found |= self._at.get(place, set())
        for class_ in {duty.class_ for duty in free}:
            found |= self._homeroom.get(class_, set())
        for person in {duty.person for duty in free} | self._locked:
            found |= self._on_duty.get(person, set())
        return found.difference(free), places

    def _replace(self, built: Built, found: Sequence[int] | NDArray[np.int64]) -> None:
        for duty, variable in built.x.on_duty.items():
            wanted = variable if isinstance(variable, int) else found[variable.index]
            if wanted and duty not in self.roster:
                self.roster.add(duty)
                self._add(duty)
            elif not wanted and duty in self.roster:
                self.roster.discard(duty)
                self._on_duty[duty.person].discard(duty)
                self._at[duty.venue, duty.date].discard(duty)
                self._homeroom[duty.class_].discard(duty)

    def _add(self, duty: Duty) -> None:
        self._on_duty[duty.person].add(duty)
        self._at[duty.venue, duty.date].add(duty)
        if duty.role == "homeroom":
            self._homeroom[duty.class_].add(duty)


def _values(built: Built, now: Collection[Duty], least: Expression) -> list[int] | None:
    """A roster as values of all variables of a model; None if it holds not all rules."""
    found = built.completed(now, least)
    count = len(built.model.cp.proto.variables)
    if len(found) < count:
        return None
    values = [0] * count
    for variable, value in found.items():
        values[variable.index] = value
    return values
