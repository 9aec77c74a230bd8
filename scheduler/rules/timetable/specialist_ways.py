"""Specialists travel little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.lessons import Meeting
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.timetable import Timetable


class SpecialistWays(Rule):
    """Counts how often teachers go from one venue to another between sessions of a day."""

    stage = "timetable"
    hard = False
    unit = "ways"
    weight = 1.0

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every teacher and day with its ways between venues."""
        days: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
        for row in known_sessions(scenario, plan):
            if row.teacher is not None:
                start = scenario.period[row.period].start.isoformat()
                days[row.teacher, row.date].append((start, scenario.class_[row.class_].venue))
        for (teacher, day), visits in sorted(days.items()):
            ways = sum(a != b for (_, a), (_, b) in pairwise(sorted(visits)))
            if ways:
                yield self.broken(ways, refs=(f"person:{teacher}",), teacher=teacher, date=day.isoformat())

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """Where each teacher last taught that day is carried along; a session elsewhere is a way.

        That the ways are one fewer than the venues at least follows, and says more to linear programming.
        """
        terms: list[Expression] = []
        for day in x.workdays:
            if len(day.venues) > 1:
                ways = _ways(model, list(day.meetings), f"{day.teacher}|{day.date}")
                terms += ways
                if not any(isinstance(venue.held, int) for venue in day.venues):
                    venues = model.total(venue.held for venue in day.venues)
                    model.require(model.total(ways) >= venues - day.held)
        return model.total(terms)


def _ways(model: Model, meetings: list[Meeting], name: str) -> list[Expression]:
    begins: dict[int, dict[str, list[Variable]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        begins[meeting.moments[0]][meeting.one.venue].append(meeting.held)
    terms: list[Expression] = []
    last: dict[str, Variable] = {}  # whether the teacher was last at a venue; all 0 before the first session
    for moment in sorted(begins):
        now: dict[str, Variable] = {}
        going = model.boolean(f"way|{name}|{moment}") if last else 0
        for venue in sorted({*last, *begins[moment]}):
            starts, before = begins[moment].get(venue, []), last.get(venue, 0)
            here = model.boolean(f"last|{name}|{moment}|{venue}")
            other = [h for elsewhere, held in begins[moment].items() if elsewhere != venue for h in held]
            model.require(model.total(starts) <= here)
            if not isinstance(before, int):
                model.require(before - model.total(other) <= here)
                model.require(before + model.total(other) - 1 <= going)
            now[venue] = here
        last = now
        if not isinstance(going, int):
            terms.append(going)
    return terms
