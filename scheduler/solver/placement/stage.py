"""The placement stage from request to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scheduler.domain.claims import all_claims, envy, waiting
from scheduler.domain.outcomes import Outcomes
from scheduler.domain.plan import Level, OpenClass, Placement, Plan, Stage
from scheduler.rules.exclusion import Exclusions
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.cpsat import Goal, Infeasible, Solution, solve_goal, solve_levels
from scheduler.solver.door import Answer, Clock, Contradiction, Part, Request
from scheduler.solver.placement.build import Built, build, build_hard, build_kept
from scheduler.solver.placement.goals import goals
from scheduler.solver.placement.settling import Seats, settled
from scheduler.variables.model import Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables

FEW = 150
"""So many outcomes of a bound unit are excluded in advance; of units with more, as claims turn up."""


FULL = 50
"""What a place counts before its position is taken off, when the fullest placement is sought for a start."""


def solve(request: Request, *, withheld: frozenset[ClassWeek] = frozenset()) -> Answer:
    """Place the children: the best plan by the contract's levels, each with its bound.

    `withheld` class-weeks offer no seat (adults cannot carry them). Raises Contradiction with the rows
    that cannot all hold, or NoPlanInTime.
    """
    clock = Clock(request.limits)
    try:
        built, solution = _search(request, withheld, clock)
    except Infeasible:
        rows = smallest_conflict(lambda keep: build_kept(request, withheld, keep))
        raise Contradiction("placement", rows) from None
    plan = _with_consequences(request, _placements(request, built.x, solution))
    return Answer(plan, _told_honestly(solution.stage("placement", clock), plan))


def _search(request: Request, withheld: frozenset[ClassWeek], clock: Clock) -> tuple[Built, Solution]:
    """Without any claim if that can be, which is then proven least; else with the fewest."""
    if request.scenario.settings.policy == "fair":
        built = build(request, withheld, claimants=frozenset())
        try:
            solution = _solved(request, withheld, built, goals(request, built), clock)
        except Infeasible:
            pass
        else:
            none = Level(name="claims", value=0, bound=0, gap=0)
            return built, replace(solution, levels=(none, *solution.levels))
    built = build(request, withheld)
    claims = Goal("claims", built.model.total(built.x.claims.values()))
    first = [claims] if request.scenario.settings.policy == "fair" else []
    return built, _solved(request, withheld, built, [*first, *goals(request, built)], clock)


def _solved(
    request: Request, withheld: frozenset[ClassWeek], built: Built, levels: list[Goal], clock: Clock
) -> Solution:
    refine = _Refinement(request, built) if built.x.claims else None
    if refine is not None and _nothing_is_given(request):
        refine.foresee()
    start = _start(built.x, _first_seats(request, withheld, built, clock))
    known = _known(built, start, refine)
    return solve_levels(
        built.model, levels, request.limits, clock, "placement", start=start, refine=refine, known=known
    )


def _known(built: Built, start: Mapping[Variable, int], refine: _Refinement | None) -> Solution | None:
    """The start as a solution, if it is one and leaves no claim."""
    for _ in range(3):
        completed = built.model.completed(start)
        if completed is start:
            return None
        solution = Solution(list(completed.values()), (), stopped=False)
        if refine is None or not refine(solution):
            return solution
    return None


class _Refinement:
    """Finds the claims a solution leaves undeclared, and excludes them one by one.

    There are finitely many outcomes a unit can claim and each is excluded exactly, so it ends.
    """

    def __init__(self, request: Request, built: Built) -> None:
        self._request = request
        self._x = built.x
        self._exclusions = Exclusions(built.model, built.x)

    def foresee(self) -> None:
        """Exclude the claims of bound units in advance, where they are few enough to list."""
        outcomes = Outcomes(self._x.scenario, self._x.locks)
        for unit in self._x.units:
            if len(unit.members) > 1 and not self._x.has_lock(unit):
                for outcome in outcomes.listed(unit, FEW):
                    self._exclusions.exclude(unit, outcome)

    def __call__(self, solution: Solution) -> bool:
        """Whether a claim was found, and excluded for good."""
        plan = _placements(self._request, self._x, solution)
        found = False
        for unit, claims in all_claims(self._request.scenario, plan):
            if not solution[self._x.claim(unit)]:
                for claim in claims:
                    found |= self._exclusions.exclude(unit, claim.outcome)
        return found


def _nothing_is_given(request: Request) -> bool:
    return request.previous is None and request.part == Part()


def _start(x: PlacementVariables, seats: Seats) -> Mapping[Variable, int]:
    return {
        literal: int(seats.get((child, week)) == class_)
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if not isinstance(literal, int)
    }


def _first_seats(request: Request, withheld: frozenset[ClassWeek], built: Built, clock: Clock) -> Seats:
    """The published plan where there is one; under `seats` nobody; under `fair` the fullest placement there
    is, once all claims against it have been met. (Most of its seats stay filled: a far better start than
    meeting claims from nothing.)"""
    if request.previous is not None:
        return {(row.child, row.week): row.class_ for row in request.previous.placements}
    if request.scenario.settings.policy == "seats":
        return {}
    hard = build_hard(request, withheld)
    most = hard.model.total(
        (FULL - hard.x.choice(child, week, class_)) * literal
        for child, week in hard.x.child_weeks
        for class_, literal in hard.x.seats(child, week).items()
    )
    fullest = Goal("placed", most, "most")
    found = solve_goal(
        hard.model,
        fullest,
        replace(request.limits, report=lambda progress: None),
        clock,
        "placement",
        seconds=0.15 * clock.left,
        start={},
    )
    if found is None:
        return settled(built.x)
    return settled(
        built.x,
        {
            (child, week): class_
            for child, week in hard.x.child_weeks
            for class_, literal in hard.x.seats(child, week).items()
            if found[literal]
        },
    )


def _placements(request: Request, x: PlacementVariables, solution: Solution) -> Plan:
    """The plan so far with the seats of a solution, and the classes that so run."""
    seats = [
        (child, week, class_)
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if solution[literal]
    ]
    placements = tuple(
        Placement(child=child, week=week, class_=class_, choice=x.choice(child, week, class_))
        for child, week, class_ in seats
    )
    running = sorted({(class_, week) for _, week, class_ in seats})
    open_classes = tuple(OpenClass(class_=class_, week=week) for class_, week in running)
    as_of = request.frozen.as_of if request.previous is not None else request.so_far.as_of
    return request.so_far.with_(placements=placements, open_classes=open_classes, as_of=as_of)


def _with_consequences(request: Request, plan: Plan) -> Plan:
    """The plan with its waiting lists and its claims."""
    scenario = request.scenario
    return plan.with_(waitlist=waiting(scenario, plan), envy=envy(scenario, plan))


def _told_honestly(stage: Stage, plan: Plan) -> Stage:
    """The stage with the claims that stand in the end: more than the level reached if time ran out before
    the last solution was looked through, never fewer than it was proven there must be."""
    levels = tuple(
        _claims_level(level, len(plan.envy)) if level.name == "claims" else level for level in stage.levels
    )
    optimal = all(level.gap == 0 for level in levels)
    status = stage.status if optimal or stage.status != "optimal" else "feasible"
    return stage.model_copy(update={"levels": levels, "status": status})


def _claims_level(level: Level, number: int) -> Level:
    bound = min(level.bound, number)
    gap = round((number - bound) / max(1, number), 6)
    return Level(name=level.name, value=number, bound=bound, gap=gap)
