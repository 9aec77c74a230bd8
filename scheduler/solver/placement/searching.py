"""The search for a placement: without any claim if that can be, else with the fewest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from scheduler.domain.plan import Level
from scheduler.domain.units import units
from scheduler.solver.door import Clock, Request
from scheduler.solver.goals import Goal, Infeasible, Solution
from scheduler.solver.levels import solve_goal, solve_levels
from scheduler.solver.placement.bounding import bounded
from scheduler.solver.placement.build import Built, Task, build
from scheduler.solver.placement.goals import goals
from scheduler.solver.placement.improving import Improvement
from scheduler.solver.placement.refilling import PATIENT
from scheduler.solver.placement.refining import Refinement
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.starting import Fullness, seat_values, starts
from scheduler.solver.rows import Rows

WIDE = {"seats": 60, "fair": 200, "replan": 400, "claims": 400}
"""A season of more units goes the wide way, since one search by CP-SAT would see little of it in time; by
policy, when a published plan is to be kept to, and while plans without claims are sought or left to count."""

BOUNDS = 0.1
"""Of the time left, what is kept for bounds by linear programming."""

TRIAL = 0.3
"""Of the time, what the search for any plan without claims may take, before the fewest claims are sought."""


def search(task: Task, clock: Clock) -> tuple[Built, Solution]:
    """The best solution with its levels: without claims, which is then proven least, or with the fewest.
    Raises Infeasible or NoPlanInTime."""
    fullness = Fullness()
    is_fair = task.request.scenario.settings.policy == "fair"
    built = build(task, claimants=frozenset() if is_fair else None)
    rows = Rows(built.model)
    seats = starts(task, built, rows, clock, fullness)
    first = next(seats)
    must_be = 0
    if is_fair:
        try:
            found = _without_claims(task, built, rows, first, clock, fullness)
        except Infeasible:
            must_be = 1
        else:
            if found is not None:
                return found
        built = build(task)
        rows = Rows(built.model)
    return built, _with_fewest_claims(task, built, rows, chain([first], seats), must_be, clock, fullness)


def is_wide(request: Request, *, claims: bool = False) -> bool:
    """Whether a season has more units than one search holds well; or one for the fewest `claims`."""
    kind = "replan" if request.previous is not None else request.scenario.settings.policy
    return len(units(request.scenario)) > WIDE["claims" if claims else kind]


def _without_claims(
    task: Task, built: Built, rows: Rows, first: Seats, clock: Clock, fullness: Fullness
) -> tuple[Built, Solution] | None:
    """The best of the plans that leave no claim; None if none turned up in a fair share of the time. Raises
    Infeasible where there is none."""
    refine = Refinement(task, built)
    known = _known(task, built, first, refine)
    if known is None and not is_wide(task.request, claims=True):
        known = _any_without_claims(task, built, first, refine, clock)
    if known is None:
        return None
    solution = _best(task, built, rows, goals(task.request, built), known, refine, clock, fullness)
    none = Level(name="claims", value=0, bound=0, gap=0)
    return built, replace(solution, levels=(none, *solution.levels))


def _any_without_claims(
    task: Task, built: Built, first: Seats, refine: Refinement, clock: Clock
) -> Solution | None:
    quiet = replace(task.request.limits, report=lambda progress: None)
    until = (1 - TRIAL) * clock.left
    while clock.left > until and not quiet.stop.requested:
        found = solve_goal(
            built.model,
            Goal("claims", 0),
            quiet,
            clock,
            "placement",
            seconds=clock.left - until,
            start=seat_values(built.x, first),
        )
        if found is None:
            return None
        if not refine(found):
            return found
    return None


def _with_fewest_claims(
    task: Task,
    built: Built,
    rows: Rows,
    seats: Iterable[Seats],
    must_be: int,
    clock: Clock,
    fullness: Fullness,
) -> Solution:
    """Claims can always be declared, so what keeps the hard rules is a plan to begin with. `must_be`: so many
    are known to be left."""
    refine = Refinement(task, built) if built.x.claims else None
    known = next((found for s in seats if (found := _known(task, built, s, refine)) is not None), None)
    levels = goals(task.request, built)
    if task.request.scenario.settings.policy == "fair":
        claims = built.model.total(built.x.claims.values())
        built.model.require(claims >= must_be)
        levels.insert(0, Goal("claims", claims))
    return _best(task, built, rows, levels, known, refine, clock, fullness)


def _best(
    task: Task,
    built: Built,
    rows: Rows,
    levels: Sequence[Goal],
    known: Solution | None,
    refine: Refinement | None,
    clock: Clock,
    fullness: Fullness,
) -> Solution:
    """The best solution by the levels: a season that one search can hold as a whole, a wider one piece by
    piece; with bounds of what is not proven by linear programming."""
    limits = task.request.limits
    if known is not None and is_wide(task.request, claims=levels[0].name == "claims"):
        rows.read()
        is_pooled = bool(task.parallel)
        return Improvement(built, rows, levels, refine, limits, clock, fullness, is_pooled).improved(known)
    found = solve_levels(
        built.model,
        levels,
        limits,
        clock,
        "placement",
        refine=refine,
        known=known,
        keep=BOUNDS * clock.left,
    )
    return bounded(built, levels, found, limits, clock)


def _known(task: Task, built: Built, seats: Seats, refine: Refinement | None) -> Solution | None:
    """These seats as a solution that declares the claims they leave and no others; None if the rules, or the
    claims, do not let them stand."""
    start = dict(seat_values(built.x, seats))
    found = None
    while True:
        completed = built.model.completed(start, seconds=PATIENT if is_wide(task.request) else 2.0)
        if completed is start:
            return found
        solution = Solution(list(completed.values()), (), stopped=False)
        size = len(built.model.cp.proto.variables)
        declared = refine.declared(solution) if refine is not None else []
        if len(built.model.cp.proto.variables) > size:  # what was excluded has variables of its own
            start.update(declared)
            continue
        if all(solution[claim] == value for claim, value in declared):
            return solution
        if all(solution[claim] >= value for claim, value in declared):
            found = solution
        start.update(declared)
