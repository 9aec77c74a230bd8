"""A roster of a wide season, made better part by part: a model of each part alone, all else standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from scheduler.domain.demand import Post
from scheduler.domain.plan import Duty
from scheduler.solver.branching import Branching
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits
from scheduler.solver.levels import Goal
from scheduler.solver.rows import Row, Rows, plain
from scheduler.solver.staffing.dealing import MUST
from scheduler.solver.staffing.improve import Roster
from scheduler.solver.staffing.task import Built, Task, order
from scheduler.variables.model import Expression

EACH = 1e-4
"""Deterministic seconds that a part takes for each of its variables beside its search."""

Place = tuple[str, date]
"""A venue on a day."""


class Parts:
    """A roster, and what is possible, by person and place."""

    def __init__(self, task: Task, roster: Roster) -> None:
        """Take over a roster that breaks no rule."""
        self._task = task
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
        must, soft = (goal.expression for goal in self._task.goals(built))
        return self._better(built, now, MUST * must + soft, limits, clock, seconds, 0.0)

    def anew(self, free: Iterable[Duty], limits: Limits, clock: Clock, seconds: float, near: float) -> float:
        """Decide some duties anew, none missed more than now; how much less the soft rules then cost."""
        built, now, at = self._part(free)
        self._task.hold(built, self._task.levels(now, at))
        goal = self._task.soft_goal(built)
        return self._better(built, now, goal.expression, limits, clock, seconds, near) / SCALE

    def _part(self, free: Iterable[Duty]) -> tuple[Built, set[Duty], list[Post]]:
        """A model of some duties, the roster in it, and its posts."""
        free = set(free) - self._task.known
        standing, places = self._standing(free)
        at = [post for place in sorted(places) for post in self._posts.get(place, ())]
        built = self._task.part(sorted(free, key=order), sorted(standing, key=order), at, places)
        return built, standing | (free & self.roster), at

    def _better(
        self,
        built: Built,
        now: Collection[Duty],
        least: Expression,
        limits: Limits,
        clock: Clock,
        seconds: float,
        near: float,
    ) -> float:
        """Take over the best roster of a part if it is better than the one now: by how much."""
        if isinstance(least, int):
            return 0.0
        before = built.completed(now, least)
        count = len(built.model.cp.proto.variables)
        if len(before) < count:
            return 0.0
        values = [0] * count
        for variable, value in before.items():
            values[variable.index] = value
        if limits.reproducible:
            clock.spend(EACH * count)
        rows, terms = list(Rows(built.model)), Goal("part", least).cost[1]
        solver = Branching(built.model, set(range(count)), rows, values)
        found = solver.best(terms, limits, clock, seconds, near=near).values
        if found is None:
            return 0.0
        better = sum(factor * (values[one] - found[one]) for one, factor in terms)
        if better <= 0 or not all(_holds(row, found) for row in rows):
            return 0.0
        self._replace(built, found)
        return better

    def missing(self) -> dict[tuple[str, str], int]:
        """What is missing, by venue and week, a must gap counting for many."""
        found: dict[tuple[str, str], int] = {}
        week_of = self._task.scenario.week_of
        for place, posts in self._posts.items():
            must, soft = self._task.missing(self._at.get(place, set()), posts)
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

    def _replace(self, built: Built, found: Mapping[int, int]) -> None:
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


def _holds(row: Row, found: Mapping[int, int]) -> bool:
    """Whether a constraint holds: branch and bound reckons with decimals."""

    def value(index: int) -> int:
        at: int = found[plain(index)]
        return at if index >= 0 else 1 - at

    if not all(value(index) for index in row.when):
        return True
    return row.low <= sum(factor * value(index) for index, factor in row.terms) <= row.high
