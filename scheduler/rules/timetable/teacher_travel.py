"""Between two venues a teacher has the time the way takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import at_once, known_sessions, periods_of
from scheduler.variables.model import Model, Variable
from scheduler.variables.timetable import Timetable, at_most


class TeacherTravel(Rule):
    """From the end of any session of a teacher to the start of any later one that day the way is possible.

    Sessions that overlap are the business of `teacher_clash`.
    """

    stage = "timetable"
    unit = "ways"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every pair of sessions between which the way is too long, each pair of venues and times once."""
        by_day: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for session in known_sessions(scenario, plan):
            if session.teacher:
                by_day[session.teacher, session.date].append(session)
        for (teacher, day), sessions in sorted(by_day.items()):
            seen = set()
            for pair in combinations(sessions, 2):
                first, then = sorted(pair, key=lambda row: scenario.period[row.period].start)
                here, there = scenario.class_[first.class_].venue, scenario.class_[then.class_].venue
                if at_once(scenario, first, then) or (first.period, here, then.period, there) in seen:
                    continue
                end, start = periods_of(scenario, first)[-1], scenario.period[then.period]
                if scenario.too_close(end, here, start, there):
                    seen.add((first.period, here, then.period, there))
                    yield self.broken(
                        refs=(f"person:{teacher}", f"class:{first.class_}", f"class:{then.class_}"),
                        teacher=teacher,
                        date=day.isoformat(),
                        venue=here,
                        other=there,
                        end=f"{end.end:%H:%M}",
                        start=f"{start.start:%H:%M}",
                        minutes=round(scenario.travel_minutes(here, there)),
                    )

    def formulate(self, model: Model, x: Timetable) -> None:
        """Ending here at a time excludes beginning then at any venue too far away."""
        scenario = x.scenario
        ends: dict[tuple[str, date], dict[tuple[str, str], list[Variable]]] = defaultdict(_lists)
        begins: dict[tuple[str, date], dict[tuple[str, str], list[Variable]]] = defaultdict(_lists)
        for meeting in x.meetings:
            one = meeting.one
            if one.teacher is not None:
                ends[one.teacher, one.date][one.block[-1].id, one.venue].append(meeting.held)
                begins[one.teacher, one.date][one.block[0].id, one.venue].append(meeting.held)
        for key, ending in ends.items():
            periods = dict.fromkeys(period for period, _ in begins[key])
            for (last, here), leaving in ending.items():
                end = scenario.period[last]
                for first in periods:
                    start = scenario.period[first]
                    arriving = [
                        held
                        for (period, there), beginning in begins[key].items()
                        if period == first
                        and start.start >= end.end
                        and scenario.too_close(end, here, start, there)
                        for held in beginning
                    ]
                    if arriving:
                        at_most(model, [*leaving, *arriving], 1)


def _lists() -> dict[tuple[str, str], list[Variable]]:
    return defaultdict(list)
