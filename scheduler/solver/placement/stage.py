"""The placement stage from request to answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from scheduler.domain.claims import Claim, all_claims, begun, envy, waiting
from scheduler.domain.outcomes import Outcomes
from scheduler.domain.plan import Level, OpenClass, Placement, Plan, Stage
from scheduler.domain.units import Unit
from scheduler.rules.exclusion import Exclusions
from scheduler.solver.contradiction import smallest_conflict
from scheduler.solver.door import Answer, Clock, Contradiction, Part, Request
from scheduler.solver.levels import Goal, Infeasible, Solution, solve_goal, solve_levels
from scheduler.solver.placement.bounding import bounded
from scheduler.solver.placement.build import Built, build, build_kept
from scheduler.solver.placement.goals import goals
from scheduler.solver.placement.improving import Improvement
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.starting import seat_values, starts
from scheduler.solver.rows import Rows
from scheduler.variables.model import Variable
from scheduler.variables.placement import ClassWeek, PlacementVariables

FEW = 150
"""So many outcomes of a bound unit are excluded in advance; of units with more, as claims turn up."""

WIDE = 400
"""A season of more units is made better piece by piece; one search would see little of it in time."""

BOUNDS, WIDE_BOUNDS = 0.1, 0.3
"""Of the time left, what is kept for bounds by linear programming: of a season, of a wide one."""

PATIENT = 60.0
"""Deterministic time in which a wide season's start must show what follows from its seats."""

TRIAL = 0.3
"""Of the time, what the search for any plan without claims may take, before the fewest claims are sought."""


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
    plan = _with_consequences(request, _placements(request, withheld, built.x, solution))
    return Answer(plan, _told_honestly(request, solution.stage("placement", clock), plan))


def _search(request: Request, withheld: frozenset[ClassWeek], clock: Clock) -> tuple[Built, Solution]:
    """Without any claim if that can be, which is then proven least; else with the fewest."""
    seats = starts(request, withheld, clock)
    first = next(seats)
    must_be = 0
    if request.scenario.settings.policy == "fair":
        try:
            found = _without_claims(request, withheld, first, clock)
        except Infeasible:
            must_be = 1
        else:
            if found is not None:
                return found
    return _with_fewest_claims(request, withheld, chain([first], seats), must_be, clock)


def _without_claims(
    request: Request, withheld: frozenset[ClassWeek], first: Seats, clock: Clock
) -> tuple[Built, Solution] | None:
    """The best of the plans that leave no claim; None if none turned up in a fair share of the time. Raises
    Infeasible where there is none."""
    built = build(request, withheld, claimants=frozenset())
    refine = _refinement(request, withheld, built)
    known = _known(built, first, refine)
    if known is None and not _is_wide(built):
        known = _any_without_claims(request, built, first, refine, clock)
    if known is None:
        return None
    solution = _best(request, built, goals(request, built), known, refine, clock)
    none = Level(name="claims", value=0, bound=0, gap=0)
    return built, replace(solution, levels=(none, *solution.levels))


def _any_without_claims(
    request: Request, built: Built, first: Seats, refine: _Refinement | None, clock: Clock
) -> Solution | None:
    quiet = replace(request.limits, report=lambda progress: None)
    until = (1 - TRIAL) * clock.left
    while clock.left > until and not request.limits.stop.requested:
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
        if refine is None or not refine(found):
            return found
    return None


def _with_fewest_claims(
    request: Request, withheld: frozenset[ClassWeek], seats: Iterable[Seats], must_be: int, clock: Clock
) -> tuple[Built, Solution]:
    """Claims can always be declared, so what keeps the hard rules is a plan to begin with. `must_be`: so many
    are known to be left."""
    built = build(request, withheld)
    refine = _refinement(request, withheld, built) if built.x.claims else None
    known = next((found for s in seats if (found := _known(built, s, refine)) is not None), None)
    levels = goals(request, built)
    if request.scenario.settings.policy == "fair":
        claims = built.model.total(built.x.claims.values())
        built.model.require(claims >= must_be)
        levels.insert(0, Goal("claims", claims))
    return built, _best(request, built, levels, known, refine, clock)


def _best(
    request: Request,
    built: Built,
    levels: Sequence[Goal],
    known: Solution | None,
    refine: _Refinement | None,
    clock: Clock,
) -> Solution:
    """The best solution by the levels: a season that one search can hold as a whole, a wider one piece by
    piece; then the bounds of what that did not prove, by linear programming."""
    limits = request.limits
    rows = Rows(built.model)
    if known is None or not _is_wide(built):
        kept = BOUNDS * clock.left
        found = solve_levels(
            built.model, levels, limits, clock, "placement", refine=refine, known=known, keep=kept
        )
    else:
        improvement = Improvement(built, rows, levels, refine, limits, clock)
        found = improvement.climbed(known, until=WIDE_BOUNDS * clock.left)
    rows.read()
    return bounded(built, rows, levels, found, limits, clock)


def _is_wide(built: Built) -> bool:
    """Whether a season has more units than one search holds well."""
    return len(built.x.units) > WIDE


def _known(built: Built, seats: Seats, refine: _Refinement | None) -> Solution | None:
    """These seats as a solution that declares the claims they leave and no others; None if the rules, or the
    claims, do not let them stand."""
    start = dict(seat_values(built.x, seats))
    found = None
    while True:
        completed = built.model.completed(start, seconds=PATIENT if _is_wide(built) else 2.0)
        if completed is start:
            return found
        solution = Solution(list(completed.values()), (), stopped=False)
        declared = refine.declared(solution) if refine is not None else []
        if all(solution[claim] == value for claim, value in declared):
            return solution
        if all(solution[claim] >= value for claim, value in declared):
            found = solution
        start.update(declared)


def _refinement(request: Request, withheld: frozenset[ClassWeek], built: Built) -> _Refinement:
    refine = _Refinement(request, withheld, built)
    if _nothing_is_given(request):
        refine.foresee()
    return refine


class _Refinement:
    """Finds the claims a solution leaves undeclared, and excludes them one by one.

    There are finitely many outcomes a unit can claim and each is excluded exactly, so it ends.
    """

    def __init__(self, request: Request, withheld: frozenset[ClassWeek], built: Built) -> None:
        self._request = request
        self._withheld = withheld
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
        found = False
        for unit, claims in self._claims(solution):
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

    def _claims(self, solution: Solution) -> Iterator[tuple[Unit, tuple[Claim, ...]]]:
        plan = _placements(self._request, self._withheld, self._x, solution)
        return all_claims(self._request.scenario, plan)


def _nothing_is_given(request: Request) -> bool:
    return request.previous is None and request.part == Part()


def _placements(
    request: Request, withheld: frozenset[ClassWeek], x: PlacementVariables, solution: Solution
) -> Plan:
    """The plan so far with the seats of a solution, the classes that so run, and those withheld."""
    seats = [
        (child, week, class_)
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if solution[literal]
    ]
    seats += _history(request, seats)
    placements = tuple(
        Placement(child=child, week=week, class_=class_, choice=x.choice(child, week, class_))
        for child, week, class_ in seats
    )
    running = sorted({(class_, week) for _, week, class_ in seats})
    open_classes = tuple(OpenClass(class_=class_, week=week) for class_, week in running)
    as_of = request.frozen.as_of if request.previous is not None else request.so_far.as_of
    kept_back = tuple(
        OpenClass(class_=class_, week=week) for class_, week in sorted(withheld | request.so_far.kept_back)
    )
    return request.so_far.with_(
        placements=placements, open_classes=open_classes, withheld=kept_back, as_of=as_of
    )


def _history(request: Request, seats: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Seats of the previous plan in weeks that have begun, of which the variables know nothing: of children
    who withdrew or wish otherwise since. They were there. Whose row is gone from the lists is forgotten."""
    if request.previous is None or request.frozen.as_of is None:
        return []
    scenario, known = request.scenario, {(child, week) for child, week, _ in seats}
    past = begun(scenario, Plan(as_of=request.frozen.as_of))
    return sorted(
        {
            (row.child, row.week, row.class_)
            for row in request.previous.placements
            if row.week in past
            and (row.child, row.week) not in known
            and row.child in scenario.child
            and row.class_ in scenario.class_
        }
    )


def _with_consequences(request: Request, plan: Plan) -> Plan:
    """The plan with its waiting lists and its claims."""
    scenario = request.scenario
    return plan.with_(waitlist=waiting(scenario, plan), envy=envy(scenario, plan))


def _told_honestly(request: Request, stage: Stage, plan: Plan) -> Stage:
    """The stage with the claims that stand in the end (more than the level reached if time ran out before
    the last solution was looked through), and the soft rules' cost by their own checks (less than the level
    reached where an unproven solution carries slack); a bound never lies beyond its value."""
    true = {"claims": len(plan.envy), "soft": _cost(request, plan)}
    levels = tuple(_told(level, true[level.name]) if level.name in true else level for level in stage.levels)
    optimal = all(level.gap == 0 for level in levels)
    status = stage.status if optimal or stage.status != "optimal" else "feasible"
    return stage.model_copy(update={"levels": levels, "status": status})


def _cost(request: Request, plan: Plan) -> float:
    rules = request.rulebook.of_stage("placement", hard=False)
    costs = (
        request.rulebook.weight(rule) * sum(found.amount for found in rule.check(request.scenario, plan))
        for rule in rules
    )
    return round(sum(costs), 6)


def _told(level: Level, value: float) -> Level:
    bound = min(level.bound, value)
    gap = round((value - bound) / max(1.0, value), 6)
    return Level(name=level.name, value=value, bound=bound, gap=gap)
