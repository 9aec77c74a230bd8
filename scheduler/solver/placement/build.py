"""The model of placement, rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.units import Unit
from scheduler.solver.cpsat import SCALE, CpModel
from scheduler.solver.door import Part, Request
from scheduler.solver.placement.uneven import uneven
from scheduler.variables.model import Because, Expression, Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables

NO_ENVY = "no_envy"
BALANCE = "balanced_classes"


@dataclass(frozen=True)
class Built:
    """The model, its variables, the weighted cost of the soft rules (times SCALE), and how many of its
    constraints, the first, are the hard rules (with so many variables), and speak of no claim (with those
    variables that measure soft rules besides)."""

    model: CpModel
    x: PlacementVariables
    cost: Expression
    hard: int
    variables: int
    before_claims: int
    measures: range = range(0)


class GivenModel(CpModel):
    """A model in which what is given already stands, even where today's rules would not have it so: what
    constants alone break is let pass, unless a lock asks for it."""

    def require(self, constraint: Any, *because: Because, when: Iterable[Variable] = ()) -> None:  # noqa: ANN401
        """A constraint, unless it was decided before."""
        if constraint is not False or any(row.table == "locks" for row in because):
            super().require(constraint, *because, when=when)


@dataclass(frozen=True)
class Task:
    """What is to be placed: a request, the class-weeks that offer no seat, and for classes that stand for
    several interchangeable ones, the seats of each of these."""

    request: Request
    withheld: frozenset[ClassWeek]
    seats: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def parallel(self) -> Mapping[str, int]:
        """For how many classes those stand that stand for several."""
        return {pool: len(seats) for pool, seats in self.seats.items()}


def build(task: Task, claimants: frozenset[Unit] | None = None) -> Built:
    """All rules of the stage; only `claimants` may be left with a claim (None: everybody)."""
    model, x = _hard(task, None, claimants)
    rulebook = task.request.rulebook
    hard, variables = len(model.cp.proto.constraints), len(model.cp.proto.variables)
    cost = [
        round(rulebook.weight(rule) * SCALE) * rule.formulate(model, x)
        for rule in rulebook.of_stage("placement", hard=False)
    ]
    cost.append(round(rulebook.weight(rulebook.by_id[BALANCE]) * SCALE) * uneven(model, x, task.seats))
    before_claims = len(model.cp.proto.constraints)
    measures = range(variables, len(model.cp.proto.variables))
    if task.request.scenario.settings.policy == "fair":
        rulebook.by_id[NO_ENVY].formulate(model, x)
        for unit in x.units:
            if not x.has_lock(unit):
                x.claim(unit)
    return Built(model, x, model.total(cost), hard, variables, before_claims, measures)


def build_hard(task: Task) -> Built:
    """The hard rules alone, whatever claims are left."""
    model, x = _hard(task, None)
    number = len(model.cp.proto.constraints)
    return Built(model, x, 0, number, len(model.cp.proto.variables), number)


def build_kept(task: Task, keep: Collection[Because] | None) -> CpModel:
    """The hard rules alone, of the rows that could be changed only those in `keep`. Claims are left out: they
    can always be declared, so they contradict nothing."""
    return _hard(task, keep)[0]


def _hard(
    task: Task, keep: Collection[Because] | None, claimants: frozenset[Unit] | None = None
) -> tuple[CpModel, PlacementVariables]:
    request = task.request
    model = CpModel(keep) if _all_is_free(request) else GivenModel(keep)
    x = PlacementVariables(
        model,
        request.scenario,
        is_free=lambda venue, week: request.is_free(venue, week=week),
        kept=request.kept or request.so_far,
        withheld=task.withheld,
        claimants=claimants,
        parallel=task.parallel,
    )
    for rule in request.rulebook.of_stage("placement", hard=True):
        if rule.id() != NO_ENVY:
            rule.formulate(model, x)
    return model, x


def _all_is_free(request: Request) -> bool:
    return request.part == Part() and (request.previous is None or request.frozen.as_of is None)
