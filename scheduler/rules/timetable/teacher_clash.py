"""A teacher gives one session at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import alike, at_once, known_sessions, meetings
from scheduler.variables.model import Model, Variable
from scheduler.variables.timetable import Timetable, at_most


class TeacherClash(Rule):
    """No teacher has two sessions that share a minute, unless they are one joint session.

    Rows alike in all but the class whose course may not be shared are the business of `joint_sessions`.
    """

    stage = "timetable"
    unit = "clashes"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every pair of overlapping sessions of a teacher."""
        teachers = sorted({row.teacher for row in known_sessions(scenario, plan) if row.teacher})
        for teacher in teachers:
            for one, other in combinations(meetings(scenario, plan.sessions_by(teacher)), 2):
                a, b = one[0], other[0]
                if a.class_ == b.class_ or alike(scenario, a, b) or not at_once(scenario, a, b):
                    continue
                yield self.broken(
                    refs=(f"person:{teacher}", f"class:{a.class_}", f"class:{b.class_}"),
                    teacher=teacher,
                    date=a.date.isoformat(),
                    class_=a.class_,
                    other=b.class_,
                    period=b.period,
                )

    def formulate(self, model: Model, x: Timetable) -> None:
        """What a teacher gives at any moment sums to at most one."""
        gives: dict[tuple[str, date, int], list[Variable]] = defaultdict(list)
        for meeting in x.meetings:
            if meeting.one.teacher is not None:
                for moment in meeting.moments:
                    gives[meeting.one.teacher, meeting.one.date, moment].append(meeting.held)
        for held in gives.values():
            at_most(model, held, 1)
