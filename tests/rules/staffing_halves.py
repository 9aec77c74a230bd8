"""Both halves of staffing's rules tried on one plan: the check, and the mathematics with it fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from ortools.sat.python import cp_model

from scheduler.domain.plan import Duty, Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings
from scheduler.rules import Rulebook
from scheduler.rules.duties import DutyRule
from scheduler.solver.cpsat import CpModel
from scheduler.variables.staffing import Staffing
from tests.seasons import TINY, placed, plan, rows, tiny

PLACED = placed("a@C1", "b@C1", "c@C2")
"""Two children in C1 (at V1), one in C2 (at V2, 26.7 minutes away by the default settings)."""

CLEARED = {"cleared_until": "2030-01-01"}
VOLUNTEER = {"name": "V", "kind": "volunteer", "roles": ["volunteer"], **CLEARED}
HELPERS: Mapping[str, Mapping[str, Any]] = {"v1": VOLUNTEER, "v2": VOLUNTEER, "v3": VOLUNTEER}
WHOLE = {"from_": "2024-07-15", "to": "2024-07-16"}
OFFERS = [{"person": person, **WHOLE, "status": "yes"} for person in ("v1", "v2", "v3")]


def staffed(settings: Mapping[str, Any] | None = None, /, **tables: Any) -> Scenario:  # noqa: ANN401
    """The tiny season with three volunteers who offer everything, and whole tables replaced."""
    base = {"staff": rows("staff", **HELPERS), "availability": OFFERS}
    return tiny(settings, **{**base, **tables})


def people(**changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The staff of `staffed`, some changed or added."""
    known = {str(row["id"]): row for row in TINY["staff"]}
    every = {**{id: {} for id in known}, **HELPERS}
    merged = {id: {**every.get(id, {}), **changes.get(id, {})} for id in {**every, **changes}}
    return rows("staff", **merged)


def duty(text: str) -> Duty:
    """A duty written `v1 C1 15 AM`, `t1 C1 15 AM homeroom`, or `w1 @V1 15 AM` for role `site`.

    Without a role it is `homeroom` for people called t..., else `volunteer`.
    """
    person, where, day, shift, *given = text.split()
    role = (
        given[0] if given else "site" if where[0] == "@" else "homeroom" if person[0] == "t" else "volunteer"
    )
    venue = where[1:] if where[0] == "@" else "V2" if where == "C2" else "V1"
    return Duty(
        person=person,
        role=cast(Any, role),
        class_=None if where[0] == "@" else where,
        venue=venue,
        date=date(2024, 7, int(day)),
        shift=shift,
    )


def roster(*texts: str, **parts: Any) -> Plan:  # noqa: ANN401 - the plan's own fields
    """A plan with the usual placements and these duties."""
    duties = tuple(duty(text) for text in texts)
    return plan(**{"placements": PLACED, "duties": duties, **parts})


class Halves(NamedTuple):
    """What the mathematics says of a plan; without amounts where it is not feasible."""

    feasible: bool
    amounts: Mapping[str, int]


class Mathematics:
    """The model of these duties and rules, asked about many rosters."""

    def __init__(
        self, scenario: Scenario, base: Plan, duties: Iterable[Duty], rules: Iterable[DutyRule]
    ) -> None:
        self.rules = tuple(rules)
        self.model = CpModel()
        base = base.with_(duties=())
        admitted = [
            d for d in duties if all(rule.admits(scenario, base, d) for rule in self.rules if rule.hard)
        ]
        self.x = Staffing(self.model, scenario, base, possible=admitted)
        self.amounts = {}
        for rule in self.rules:
            amount = rule.formulate(self.model, self.x)
            if not rule.hard:
                self.amounts[rule.id()] = amount
        self.model.cp.minimize(self.model.total(self.amounts.values()))

    def about(self, duties: Iterable[Duty]) -> Halves:
        """Whether exactly these duties are feasible, and each soft rule's amount."""
        chosen = set(duties)
        if not chosen <= set(self.x.on_duty):
            return Halves(False, {})
        cp = self.model.cp.clone()
        for one, variable in self.x.on_duty.items():
            cp.add(cp.get_bool_var_from_proto_index(variable.index) == int(one in chosen))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(cp) != cp_model.OPTIMAL:
            return Halves(False, {})
        return Halves(True, {name: int(solver.value(amount)) for name, amount in self.amounts.items()})


def rulebook(settings: Mapping[str, Any] | None = None) -> Rulebook:
    return Rulebook(Settings(**(settings or {})))


def stage_rules(book: Rulebook) -> tuple[DutyRule, ...]:
    """Staffing's rules, hard ones first."""
    rules = (*book.of_stage("staffing", hard=True), *book.of_stage("staffing", hard=False))
    return cast(tuple[DutyRule, ...], rules)


def try_out(
    rule_id: str,
    scenario: Scenario,
    given: Plan,
    expected: int,
    *,
    message: str | None = None,
    mathematics: bool = True,
) -> None:
    """Both halves of a rule must say `expected`: the amount of its violations; and for a hard rule that the
    plan is infeasible where that is not 0, for a soft one the same amount."""
    rule = cast(DutyRule, Rulebook(scenario.settings).by_id[rule_id])
    found = list(rule.check(scenario, given))
    assert sum(row.amount for row in found) == expected
    assert all(row.amount >= 1 for row in found)
    if message is not None:
        assert {row.message for row in found} == {message}
    if mathematics:
        halves = Mathematics(scenario, given, given.duties, [rule]).about(given.duties)
        assert halves.feasible == (expected == 0 or not rule.hard)
        if not rule.hard:
            assert halves.amounts[rule_id] == expected
