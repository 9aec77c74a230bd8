"""Who can take the posts left open, each post by itself: the rules are asked about everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from scheduler.domain.covering import Barred
from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.explainer.cover.posts import Empty, Opened
from scheduler.explainer.trials import try_duty
from scheduler.rules import Violation
from scheduler.rules.moves import Lesson

OFTEN = (
    "teacher_available",
    "clearance",
    "work_area",
    "teacher_clash",
    "teacher_travel",
    "one_post_per_shift",
)
"""The rules that keep most specialists from a session: they are asked before the others."""


@dataclass(frozen=True)
class Step:
    """Somebody on one of the posts: a duty, or the rows of a meeting; and the missing adults it closes."""

    person: str
    number: int
    duty: Duty | None = None
    rows: tuple[Session, ...] = ()
    closes: int = 1
    must: int = 0


@dataclass
class Offers:
    """Everybody who can take a post by themselves, the best role first; of a session the rules in the way of
    the others."""

    steps: dict[str, list[Step]] = field(default_factory=dict)
    barred: tuple[Barred, ...] = ()


class Seekers:
    """Asks who can be where, of one plan with somebody away."""

    def __init__(self, opened: Opened) -> None:
        """Ask about these posts."""
        self._opened, self._ground, self._hurdles = opened, opened.ground, opened.hurdles
        rulebook = self._ground.rulebook
        rules = (
            *rulebook.of_stage("timetable", hard=True),
            *rulebook.of_stage("staffing", hard=True),
        )
        self._lesson_rules = sorted(rules, key=lambda rule: rule.id() not in OFTEN)

    def of(self, empty: Empty) -> Offers:
        """Who can take a post."""
        return self._duty(empty) if empty.duty is not None else self._session(empty)

    # ---- duties ---------------------------------------------------------------------------------------

    def _duty(self, empty: Empty) -> Offers:
        """Whoever closes something there, in whatever role, and has no hurdle before them."""
        duty, found = empty.duty, Offers()
        assert duty is not None
        if not empty.post.needed:
            return found
        closes: dict[tuple[object, ...], tuple[int, int]] = {}
        for row in self._ground.scenario.person.values():
            steps = []
            for role in DUTY_ROLES:
                if role not in row.roles or (role == "site") != (duty.class_ is None):
                    continue
                taken = replace(duty, person=row.id, role=role)
                key = (role, row.qualifications, self._ground.scenario.is_minor(row.id, duty.date))
                if key not in closes:
                    closes[key] = self._opened.closed(empty.moment, taken)
                number, must = closes[key]
                if number > 0 and self._hurdles.first(taken) == "able":
                    steps.append(Step(row.id, empty.post.number, taken, (), number, must))
            if steps:
                found.steps[row.id] = sorted(
                    steps, key=lambda step: (-step.must, -step.closes, _role(step) != duty.role)
                )
        return found

    # ---- sessions -------------------------------------------------------------------------------------

    def _session(self, empty: Empty) -> Offers:
        """Every specialist of the course against whom no rule stands."""
        found, barred = Offers(), dict[str, list[str]]()
        for row in self._specialists(empty.rows[0].course):
            step = self.lesson(row.id, empty)
            against, _ = self.taking(step, self.part(row.id, (empty,)))
            if against:
                for rule in sorted({one.rule for one in against}):
                    barred.setdefault(rule, []).append(row.id)
            else:
                found.steps[row.id] = [step]
        found.barred = tuple(Barred(rule=rule, people=tuple(barred[rule])) for rule in sorted(barred))
        return found

    def _specialists(self, course: str) -> list[Person]:
        people = self._ground.scenario.person.values()
        away = self._opened.absence.person
        return [
            row for row in people if row.id != away and "specialist" in row.roles and course in row.courses
        ]

    @staticmethod
    def lesson(person: str, empty: Empty) -> Step:
        """Somebody giving a meeting."""
        rows = tuple(row.model_copy(update={"teacher": person}) for row in empty.rows)
        return Step(person, empty.post.number, None, rows)

    # ---- one after the other --------------------------------------------------------------------------

    def part(self, person: str, empties: Iterable[Empty]) -> Plan:
        """The part of the plan that the rules look at when somebody takes some of the posts: all their own
        work; of sessions, what goes on at the venue that day and what had to come before them."""
        part, plan, scenario = self._ground.part_of(person), self._ground.plan, self._ground.scenario
        rows = [row for one in empties for row in one.rows]
        if not rows:
            return part
        days = dict.fromkeys((scenario.class_[row.class_].venue, row.date) for row in rows)
        before = dict.fromkeys((row.class_, scenario.course[row.course].after or "") for row in rows)
        near = [row for key in days for row in self._on_day.get(key, ())]
        near += [row for key in before for row in self._of_course.get(key, ())]
        trips = [row for row in plan.trips if (scenario.class_[row.class_].venue, row.date) in days]
        return part.with_(sessions=tuple(dict.fromkeys([*part.sessions, *near])), trips=tuple(trips))

    @cached_property
    def _on_day(self) -> dict[tuple[str, date], list[Session]]:
        """The sessions of a venue's day."""
        found: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for row in self._ground.plan.sessions:
            found[self._ground.scenario.class_[row.class_].venue, row.date].append(row)
        return found

    @cached_property
    def _of_course(self) -> dict[tuple[str, str], list[Session]]:
        """The sessions a class has of a course."""
        found: dict[tuple[str, str], list[Session]] = defaultdict(list)
        for row in self._ground.plan.sessions:
            found[row.class_, row.course].append(row)
        return found

    def taking(self, step: Step, part: Plan) -> tuple[tuple[Violation, ...], Plan]:
        """What stands against a step beside what the person does already (of a session the first rule that
        does), and what they do then."""
        if step.duty is not None:
            against = try_duty(self._ground, step.duty, part).blockers
            return against, part.with_(duties=(*part.duties, step.duty))
        for row in step.rows:
            move = Lesson(row)
            for rule in self._lesson_rules:
                against = tuple(rule.blockers(self._ground.scenario, part, move))
                if against:
                    return against, part
            part = move.applied_to(part)
        return (), part


def _role(step: Step) -> str:
    return step.duty.role if step.duty is not None else "specialist"
