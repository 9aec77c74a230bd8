"""Both halves of the timetable's rules tried on one plan: the check, and the mathematics with it fixed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings
from scheduler.rules import Rulebook
from scheduler.solver.cpsat import CpModel
from scheduler.variables.timetable import Timetable
from tests.seasons import placed, plan, tiny

PLACED = placed("a@C1", "b@C1", "c@C2")
"""Two children in C1 (at V1, home room R1), one in C2 (at V2, home room R2, which has a stage)."""


class Halves(NamedTuple):
    """What the mathematics says of a plan; without amounts where it is not feasible."""

    feasible: bool
    amounts: Mapping[str, int]


def rulebook(settings: Mapping[str, Any] | None = None) -> Rulebook:
    return Rulebook(Settings(**(settings or {})))


DEFAULTS = rulebook()
HARD = DEFAULTS.of_stage("timetable", hard=True)
SOFT = DEFAULTS.of_stage("timetable", hard=False)


class Mathematics:
    """The timetable's model of one season and its placements, asked about many plans."""

    def __init__(self, scenario: Scenario, placements: Plan, rules: Rulebook = DEFAULTS) -> None:
        self.model = CpModel()
        self.x = Timetable(self.model, scenario, placements)
        for rule in rules.of_stage("timetable", hard=True):
            rule.formulate(self.model, self.x)
        soft = rules.of_stage("timetable", hard=False)
        self.amounts = {rule.id(): rule.formulate(self.model, self.x) for rule in soft}
        self.model.cp.minimize(self.model.total(self.amounts.values()))

    def about(self, given: Plan) -> Halves:
        """Whether the plan's sessions and trips are feasible, and each soft rule's amount."""
        held = [self.x.lesson(row) for row in given.sessions] + [self.x.outing(row) for row in given.trips]
        named = {variable.index for variable in held if not isinstance(variable, int)}
        if len(named) < len(held):  # not admitted, or said twice
            return Halves(False, {})
        cp = self.model.cp.clone()
        for held_ in [*(row.held for row in self.x.lessons), *(row.held for row in self.x.departures)]:
            variable = cp.get_bool_var_from_proto_index(held_.index)
            cp.add(variable == int(held_.index in named))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(cp) != cp_model.OPTIMAL:
            return Halves(False, {})
        return Halves(True, {name: int(solver.value(amount)) for name, amount in self.amounts.items()})


def try_out(
    rule_id: str,
    scenario: Scenario,
    given: Plan,
    expected: int,
    *,
    message: str | None = None,
    settings: Mapping[str, Any] | None = None,
    alone: bool = True,
    mathematics: bool = True,
) -> None:
    """Both halves of a rule must say `expected`.

    A hard rule that is broken must be the only one (`alone`) and the plan infeasible; a kept one must be
    feasible. `mathematics` is off where the solver does not decide what the case spoils.
    """
    rules = rulebook(settings)
    rule = rules.by_id[rule_id]
    found = list(rule.check(scenario, given))
    assert sum(one.amount for one in found) == expected
    if message is not None:
        assert {one.message for one in found} == {message}
    broken = {
        hard.id() for hard in rules.of_stage("timetable", hard=True) if any(hard.check(scenario, given))
    }
    if rule.hard:
        assert rule_id in broken if expected else broken == set()
        if alone and expected:
            assert broken == {rule_id}
    else:
        assert broken == set()
    if mathematics:
        said = Mathematics(scenario, given.with_(sessions=(), trips=()), rules).about(given)
        assert said.feasible == (not broken)
        if not rule.hard:
            assert said.amounts[rule_id] == expected


def sessions(*texts: str) -> list[dict[str, Any]]:
    """Sessions written `class day period course [teacher [room]]`, `-` for none: `C1 15 P1 opera s1`."""
    found = []
    for text in texts:
        class_, day, period, course, *rest = text.split()
        teacher, room = (None if part == "-" else part for part in (*rest, "-", "-")[:2])
        found.append(
            {
                "class": class_,
                "date": f"2024-07-{day}",
                "period": period,
                "course": course,
                "teacher": teacher,
                "room": room,
            }
        )
    return found


def trips(*texts: str) -> list[dict[str, Any]]:
    """Trips written `class day trip [bus/children/adults ...]`: `C1 15 zoo 1/2/1`."""
    found = []
    for text in texts:
        class_, day, trip, *seats = text.split()
        seating = [
            dict(zip(("bus", "children", "adults"), map(int, s.split("/")), strict=True)) for s in seats
        ]
        found.append({"class": class_, "date": f"2024-07-{day}", "trip": trip, "seating": seating})
    return found


def day_plan(*texts: str, away: tuple[str, ...] = (), placements: Any = None) -> Plan:  # noqa: ANN401
    """A plan of the tiny season with these sessions and trips."""
    return plan(placements=placements or PLACED, sessions=sessions(*texts), trips=trips(*away))


def zoo(**changes: object) -> list[dict[str, Any]]:
    """A trip in the mornings of both days."""
    return [{"id": "zoo", "name": "Zoo", "dates": ["2024-07-15", "2024-07-16"], "shifts": ["AM"], **changes}]


@cache
def usual() -> Scenario:
    """The tiny season."""
    return tiny()
