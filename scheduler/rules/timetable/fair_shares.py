"""Specialists share the sessions by what each of them offered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pydantic import Field

from scheduler.domain.plan import Plan
from scheduler.domain.programme import TeachingOffers
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import meetings
from scheduler.variables.model import Expression, Model, Variable
from scheduler.variables.timetable import Timetable


class FairShares(Rule):
    """Counts each specialist's sessions beyond a tenth of those offered, those beyond two tenths once more,
    and so on; a joint session is one.

    `steps` equal parts of the offer, rounded up, are the thresholds; the first part is free. Summed over
    specialists this convex amount is least where all give the same share of what they offered.
    """

    stage = "timetable"
    hard = False
    unit = "sessions"
    weight = 0.05

    steps: int = Field(default=10, ge=2, le=20)

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every specialist beyond the first threshold."""
        given = Counter(rows[0].teacher for rows in meetings(scenario, plan.sessions))
        offers = TeachingOffers(scenario, plan)
        for teacher in sorted(name for name in given if name in scenario.person):
            load, offer = given[teacher], offers.of(teacher)
            parts = [(step * offer + self.steps - 1) // self.steps for step in range(1, self.steps)]
            amount = sum(load - part for part in parts if load > part)
            if amount:
                refs = (f"person:{teacher}",)
                yield self.broken(amount, refs=refs, teacher=teacher, number=load, offered=offer)

    def formulate(self, model: Model, x: Timetable) -> Expression:
        """The excess of each specialist's sessions over each threshold."""
        held: dict[str, dict[str, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        for meeting in x.meetings:
            if meeting.one.teacher in x.scenario.person:
                held[meeting.one.teacher][meeting.one.week].append(meeting.held)
        offers = TeachingOffers(x.scenario, x.plan)
        terms: list[Expression] = []
        for teacher, weeks in held.items():
            offer = offers.of(teacher)
            # week by week, so that a week decided anew need not speak of the whole season; minimising makes
            # each load equal to its sum
            number = sum(map(len, weeks.values()))
            loads = [_load(model, teacher, *week) for week in weeks.items()]
            load = model.integer(0, number, f"load|{teacher}")
            model.require(model.total(loads) <= load)
            for step in range(1, self.steps):
                threshold = -(-step * offer // self.steps)
                if number > threshold:
                    name = f"share|{teacher}|{step}"
                    terms.append(model.excess(load, threshold, number - threshold, name))
        return model.total(terms)


def _load(model: Model, teacher: str, week: str, sessions: list[Variable]) -> Variable:
    """What a specialist gives in a week."""
    load = model.integer(0, len(sessions), f"load|{teacher}|{week}")
    model.require(model.total(sessions) <= load)
    return load
