"""Specialists cross town for whole half-days, not for single sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings, shift_of
from scheduler.variables.model import Expression, Model
from scheduler.variables.timetable import Timetable


class SpecialistVisits(Rule):
    """Counts the visits: a specialist comes to a venue for a shift, however many sessions are given there.

    The same sessions cost least in few visits, that is in half-days spent whole at one venue.
    """

    stage = "timetable"
    hard = False
    unit = "visits"
    weight = 0.2

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every specialist with the visits of the season."""
        visits: dict[str, set[tuple[date, str, str]]] = defaultdict(set)
        sessions: dict[str, int] = defaultdict(int)
        for row, *_ in meetings(scenario, plan.sessions):
            if row.teacher is not None:
                venue = scenario.class_[row.class_].venue
                visits[row.teacher].add((row.date, shift_of(scenario, row), venue))
                sessions[row.teacher] += 1
        for teacher, found in sorted(visits.items()):
            refs = (f"person:{teacher}",)
            yield self.broken(len(found), refs=refs, teacher=teacher, number=sessions[teacher])

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """All visits."""
        return model.total(visit.held for day in x.workdays for visit in day.visits)
