"""The timetable's model: variables, hard rules, and the goals in their order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from scheduler.domain.plan import Plan
from scheduler.rules import Rule
from scheduler.solver.cpsat import SCALE, CpModel
from scheduler.solver.door import Request
from scheduler.solver.goals import Goal
from scheduler.variables.lessons import Departure, Lesson
from scheduler.variables.model import Because, Expression, Variable
from scheduler.variables.timetable import Timetable

CHANGES = "changes"
SOFT = "soft"


@dataclass(frozen=True)
class Built:
    """A model with its variables."""

    model: CpModel
    x: Timetable

    @property
    def decisions(self) -> list[Variable]:
        """The variables that make the plan; all others only measure it."""
        return [row.held for row in self.undecided]

    @property
    def undecided(self) -> list[Lesson | Departure]:
        """The lessons and departures that are to be decided."""
        rows: list[Lesson | Departure] = [*self.x.lessons, *self.x.departures]
        return [row for row in rows if not isinstance(row.held, int)]

    def add_hard(self, request: Request) -> None:
        """State every hard rule."""
        for rule in request.rulebook.of_stage("timetable", hard=True):
            rule.formulate(self.model, self.x)

    def goals(self, request: Request) -> list[Goal]:
        """Changes of the previous plan where there is one, then the weighted soft rules."""
        soft = [self._cost(request, rule) for rule in request.rulebook.of_stage("timetable", hard=False)]
        goals = [Goal(SOFT, self.model.total([*soft, *self._shared(request)]), scale=SCALE)]
        if request.previous is not None:
            goals.insert(0, Goal(CHANGES, self._changes(request, request.previous)))
        return goals

    def _cost(self, request: Request, rule: Rule) -> Expression:
        weight = round(request.rulebook.weight(rule) * SCALE)
        return weight * rule.formulate(self.model, self.x) if weight else 0

    def _shared(self, request: Request) -> list[Expression]:
        """What the sessions cost that use what parts of a divided scenario share."""
        terms: list[Expression] = []
        for meeting in self.x.meetings if request.shared else ():
            one = meeting.one
            price = request.shared.get(f"course:{one.course.id}", 0.0)
            price += request.shared.get(f"person:{one.teacher}", 0.0)
            if price:
                terms.append(round(price * SCALE) * meeting.held)
        return terms

    def _changes(self, request: Request, previous: Plan) -> Expression:
        """The previous plan's sessions and trips that are no longer so, where that is decided here."""
        x, prices = self.x, request.prices
        sessions = [
            prices.session * (1 - x.lesson(row))
            for row in previous.sessions
            if _is_free(request, row.class_, row.date)
        ]
        trips = [
            prices.trip * (1 - x.outing(row))
            for row in previous.trips
            if _is_free(request, row.class_, row.date)
        ]
        return self.model.total([*sessions, *trips])


def build(request: Request, keep: Collection[Because] | None = None) -> Built:
    """The model with its hard rules; with `keep` only the constraints that stand for rows in it."""
    model = CpModel(keep)
    x = Timetable(
        model,
        request.scenario,
        request.so_far,
        is_free=lambda venue, day: request.is_free(venue, day=day),
        kept=standing(request),
        away=request.part.away,
    )
    built = Built(model, x)
    built.add_hard(request)
    return built


def standing(request: Request) -> Plan:
    """The plan whose decisions stand wherever nothing is to be decided here."""
    return request.kept or request.so_far


def _is_free(request: Request, class_: str, day: date) -> bool:
    row = request.scenario.class_.get(class_)
    if row is None or day not in request.scenario.day:
        return False
    return request.is_free(row.venue, day=day)
