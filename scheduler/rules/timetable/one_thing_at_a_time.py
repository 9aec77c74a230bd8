"""A class has at most one session at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import at_once, known_sessions
from scheduler.variables.model import Model
from scheduler.variables.timetable import Timetable, at_most


class OneThingAtATime(Rule):
    """No two sessions of a class share a minute."""

    stage = "timetable"
    unit = "clashes"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every pair of overlapping sessions of a class."""
        by_day: dict[tuple[str, str], list[Session]] = defaultdict(list)
        for session in known_sessions(scenario, plan):
            by_day[session.class_, session.date.isoformat()].append(session)
        for (class_, day), sessions in sorted(by_day.items()):
            for one, other in combinations(sessions, 2):
                if at_once(scenario, one, other):
                    yield self.broken(
                        refs=(f"class:{class_}", f"course:{one.course}", f"course:{other.course}"),
                        class_=class_,
                        date=day,
                        period=other.period,
                        course=one.course,
                        other=other.course,
                    )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The sessions going on at any moment sum to at most one."""
        for class_, day in x.class_days:
            for moment in x.moments(class_, day):
                at_most(model, x.busy(class_, day, moment), 1)
