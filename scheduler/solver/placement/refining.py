"""Claims that a solution leaves undeclared, found and excluded."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.claims import Claim, all_claims
from scheduler.domain.outcomes import Outcomes
from scheduler.domain.units import Unit
from scheduler.rules.exclusion import Exclusions
from scheduler.solver.door import Part
from scheduler.solver.goals import Solution
from scheduler.solver.placement.build import Built, Task
from scheduler.solver.placement.reading import plan_of, seats_of
from scheduler.solver.placement.settling import Seats
from scheduler.variables.model import Variable

FEW = 150
"""So many outcomes of a bound unit are excluded in advance; of units with more, as claims turn up."""


class Refinement:
    """Finds the claims a solution leaves undeclared, and excludes them one by one.

    There are finitely many outcomes a unit can claim and each is excluded exactly, so it ends.
    """

    def __init__(self, task: Task, built: Built) -> None:
        """Claims in a model; those of bound units are excluded in advance where all is to be decided."""
        self._task = task
        self._x = built.x
        self._exclusions = Exclusions(built.model, built.x)
        self._bound = tuple(unit for unit in built.x.units if len(unit.members) > 1)
        if task.request.previous is None and task.request.part == Part():
            self._foresee()

    def _foresee(self) -> None:
        """Exclude the claims of bound units, where their outcomes are few enough to list."""
        outcomes = Outcomes(self._x.scenario, self._x.locks)
        for unit in self._x.units:
            if len(unit.members) > 1 and not self._x.has_lock(unit):
                for outcome in outcomes.listed(unit, FEW):
                    self._exclusions.exclude(unit, outcome)

    def __call__(self, solution: Solution, *, bound_only: bool = False) -> bool:
        """Whether a claim was found, and excluded for good; of bound units only, if only those are asked."""
        found = False
        asked = self._bound if bound_only else None
        for unit, claims in self._claims(solution, asked):
            if not solution[self._x.claim(unit)]:
                for claim in claims:
                    found |= self._exclusions.exclude(unit, claim.outcome)
        return found

    def declared(self, solution: Solution) -> list[tuple[Variable, int]]:
        """Each unit's claim as the seats of a solution have it; those that stand are excluded undeclared."""
        found = dict(self._claims(solution))
        for unit, claims in found.items():
            for claim in claims:
                self._exclusions.exclude(unit, claim.outcome)
        return [(literal, int(unit in found)) for unit, literal in self._x.claims.items()]

    def claims_to(self, seats: Seats) -> Iterator[tuple[Unit, tuple[Claim, ...]]]:
        """The units that these seats leave with claims."""
        return all_claims(self._task.request.scenario, plan_of(self._task, seats))

    def _claims(
        self, solution: Solution, asked: tuple[Unit, ...] | None = None
    ) -> Iterator[tuple[Unit, tuple[Claim, ...]]]:
        plan = plan_of(self._task, seats_of(self._x, solution))
        return all_claims(self._task.request.scenario, plan, asked)
