"""There are kits enough for all sessions of a course at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings, periods_of
from scheduler.variables.model import Because, Model, Variable
from scheduler.variables.timetable import Timetable, at_most


class Kits(Rule):
    """At no time are there more sessions of a course over all venues than `kits`; a joint session is one."""

    stage = "timetable"
    unit = "kits"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every course and day with the most kits that are ever missing."""
        firsts = [rows[0] for rows in meetings(scenario, plan.sessions)]
        for course in scenario.course.values():
            if course.kits is None:
                continue
            for day in sorted({row.date for row in firsts if row.course == course.id}):
                spans = [
                    (periods[0].start, periods[-1].end)
                    for row in firsts
                    if row.course == course.id and row.date == day
                    for periods in [periods_of(scenario, row)]
                ]
                most = max(sum(start <= at < end for start, end in spans) for at, _ in spans)
                if most > course.kits:
                    yield self.broken(
                        most - course.kits,
                        refs=(f"course:{course.id}",),
                        course=course.id,
                        date=day.isoformat(),
                        number=most,
                        kits=course.kits,
                    )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The sessions of a course at any moment sum to at most its kits."""
        using: dict[tuple[str, date, int], list[Variable]] = defaultdict(list)
        for meeting in x.meetings:
            if meeting.one.course.kits is not None:
                for moment in meeting.moments:
                    using[meeting.one.course.id, meeting.one.date, moment].append(meeting.held)
        for (course, _, _), held in using.items():
            kits = x.scenario.course[course].kits
            assert kits is not None
            at_most(model, held, kits, Because("courses", course))
