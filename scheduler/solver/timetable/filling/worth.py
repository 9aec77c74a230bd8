"""About what a session more takes off a season's cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from scheduler.domain.tables import Course
from scheduler.rules import Rulebook
from scheduler.rules.timetable.active_rest import ActiveRest
from scheduler.rules.timetable.spread import Spread
from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.filling.wishes import Wishes
from scheduler.variables.lessons import Lesson


class Worth:
    """Periods filled, sessions the week still lacks, wishes served; less for another specialist than the
    class knows, for ways and fees, for what is active without a rest and what comes on two days running."""

    def __init__(self, ledger: Ledger, rulebook: Rulebook) -> None:
        """Begin with what the ledger has taken."""
        self._ledger, self._scenario = ledger, ledger.x.scenario
        self._weight = {rule.id(): rulebook.weight(rule) for rule in rulebook.rules if not rule.hard}
        self._wishes = Wishes(ledger.x, self._weight["interests"], self._weight["no_wish_served"])
        self._led: dict[tuple[str, str], float] = {}
        self._days: dict[tuple[str, str], set[date]] = defaultdict(set)
        self._active: dict[tuple[str, date], set[str]] = defaultdict(set)
        rest, spread = rulebook.by_id[ActiveRest.id()], rulebook.by_id[Spread.id()]
        assert isinstance(rest, ActiveRest)
        assert isinstance(spread, Spread)
        self._daily_from = spread.daily_from
        order = list(self._scenario.period.values())
        self._beside: dict[str, list[str]] = defaultdict(list)
        self._after_rest: set[str] = set()
        for before, then in pairwise(order):
            if before.kind == "care":
                if rest.noon < before.end <= rest.until:
                    self._after_rest.add(then.id)
            else:
                self._beside[before.id].append(then.id)
                self._beside[then.id].append(before.id)
        for lesson in ledger.taken:
            self.take(lesson)

    def by(self, teacher: str | None, class_: str, week: str, course: Course) -> float:
        """What a session is worth at most, whenever it is; without ways."""
        had, weight = self._ledger.count(class_, week, course.id), self._weight
        worth = weight["empty_periods"] * course.length + self._wishes.of(class_, week, course.id)
        if course.min_per_week > had:
            worth += weight["minimum_sessions"]
        if had > 1:
            worth -= weight["variety"]
        if teacher is None:
            return worth
        if self._ledger.known.get((class_, course.id), teacher) != teacher:
            worth -= weight["same_specialist"]
        return worth - weight["session_fees"] * (self._scenario.person[teacher].fee_per_session or 0)

    def of(self, lesson: Lesson) -> float:
        """What a session is worth."""
        return self._at_rest(lesson) - self._weight["active_rest"] * self._tires(lesson)

    def of_alike(self, lessons: Sequence[Lesson]) -> list[float]:
        """The same of sessions that differ in room and periods alone."""
        at_rest, weight = self._at_rest(lessons[0]), self._weight["active_rest"]
        return [at_rest - weight * self._tires(lesson) for lesson in lessons]

    def _at_rest(self, lesson: Lesson) -> float:
        """What a session is worth in whichever periods: were nobody tired by it."""
        weight = self._weight
        worth = self.by(lesson.teacher, lesson.class_, lesson.week, lesson.course)
        worth -= weight["spread"] * self._runs_on(lesson)
        if lesson.teacher is not None:
            worth -= weight["empty_periods"] * self._filled_anyway(lesson)
            today = self._ledger.days.get((lesson.teacher, lesson.date), ())
            worth -= weight["specialist_ways"] * any(row.venue != lesson.venue for row in today)
            worth -= weight["specialist_visits"] * all(row.venue != lesson.venue for row in today)
        return worth

    def take(self, lesson: Lesson) -> None:
        """A session is held."""
        self._wishes.serve(lesson.class_, lesson.week, lesson.course.id)
        self._days[lesson.class_, lesson.course.id].add(lesson.date)
        if lesson.course.energy == "active":
            self._active[lesson.class_, lesson.date].update(row.id for row in lesson.block)

    def _filled_anyway(self, lesson: Lesson) -> float:
        """How many of its periods would be filled without a specialist, by what classes may have each day
        from who is on duty."""
        class_, week = lesson.class_, lesson.week
        if (class_, week) not in self._led:
            days = len(self._scenario.days_in(week))
            self._led[class_, week] = sum(
                (
                    row.length * min(1.0, (row.max_per_week or days) / days)
                    for row in self._ledger.x.offer.may_give(None, class_, week)
                ),
                start=0.0,
            )
        length = len(lesson.block)
        left = self._ledger.free_on(class_, lesson.date) - self._led[class_, week]
        return length - min(length, max(0.0, left))

    def _runs_on(self, lesson: Lesson) -> int:
        """On how many of the days before and after the class has the course too."""
        most = lesson.course.max_per_week
        if most is None or most >= self._daily_from:
            return 0
        days = self._days.get((lesson.class_, lesson.course.id), ())
        return sum(lesson.date + timedelta(days=step) in days for step in (-1, 1)) if days else 0

    def _tires(self, lesson: Lesson) -> int:
        """How often something active would come without a rest."""
        if lesson.course.energy != "active":
            return 0
        active = self._active.get((lesson.class_, lesson.date), ())
        ends = {beside for row in lesson.block for beside in self._beside[row.id]}
        return len(ends.intersection(active)) + (lesson.block[0].id in self._after_rest)
