"""The two halves of a placement rule on one plan: what the check says, and what the mathematics does."""

from __future__ import annotations

from itertools import product

from ortools.sat.python import cp_model

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.exclusion import Exclusions
from scheduler.solver.cpsat import CpModel
from scheduler.variables.placement import PlacementVariables
from tests.placement_seasons import plan_of


def checked(rule: str, scenario: Scenario, plan: Plan) -> int:
    """The amount the check finds."""
    return sum(found.amount for found in Rulebook(scenario.settings).by_id[rule].check(scenario, plan))


def possible(rule: str, scenario: Scenario, plan: Plan) -> bool:
    """Whether a hard rule's variables and constraints admit the plan."""
    fixed = _fixed(scenario, plan)
    if fixed is None:
        return False
    model, x = fixed
    Rulebook(scenario.settings).by_id[rule].formulate(model, x)
    return model.is_feasible(10) is True


def reckoned(rule: str, scenario: Scenario, plan: Plan) -> int:
    """The least amount of a soft rule that its constraints admit under the plan."""
    fixed = _fixed(scenario, plan)
    assert fixed is not None, "no variable stands for one of the plan's seats"
    model, x = fixed
    amount = Rulebook(scenario.settings).by_id[rule].formulate(model, x)
    if isinstance(amount, int):
        return amount
    model.cp.minimize(amount)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


def leaves_no_claim(scenario: Scenario, plan: Plan) -> bool:
    """Whether the mathematics of claims, with every outcome of every unit excluded one by one, admits the
    plan without a declared claim."""
    fixed = _fixed(scenario, plan)
    assert fixed is not None
    model, x = fixed
    exclusions = Exclusions(model, x)
    for unit in x.units:
        if x.has_lock(unit):
            continue
        slots = [(child, week) for child in unit.members for week in scenario.wanted_weeks(child)]
        ways = [
            [None, *(c for c in x.seats(child, week) if not x.locks.bars(child, week, c))]
            for child, week in slots
        ]
        for classes in product(*ways):
            outcome: dict[str, dict[str, str]] = {child: {} for child in unit.members}
            for (child, week), class_ in zip(slots, classes, strict=True):
                if class_:
                    outcome[child][week] = class_
            if _keeps_own_rules(scenario, outcome):
                exclusions.exclude(unit, outcome)
    for claim in x.claims.values():
        model.require(claim <= 0)
    return model.is_feasible(10) is True


def _keeps_own_rules(scenario: Scenario, outcome: dict[str, dict[str, str]]) -> bool:
    alone = plan_of(scenario, [(c, w, k) for c, weeks in outcome.items() for w, k in weeks.items()])
    rules = Rulebook(scenario.settings).by_id
    about = set(outcome)
    for name in ("kept_apart", "siblings_must", "stay_kept"):
        for found in rules[name].check(scenario, alone):
            if about & {ref.removeprefix("child:") for ref in found.refs}:
                return False
    return True


def _fixed(scenario: Scenario, plan: Plan) -> tuple[CpModel, PlacementVariables] | None:
    """A model whose seats are the plan's; None if one of them has no variable."""
    model = CpModel()
    x = PlacementVariables(model, scenario)
    seats = {(row.child, row.week, row.class_) for row in plan.placements}
    for child, week in x.child_weeks:
        for class_, literal in x.seats(child, week).items():
            model.require(literal == int((child, week, class_) in seats))
            seats.discard((child, week, class_))
    return None if seats else (model, x)
