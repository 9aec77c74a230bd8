"""The sessions of an absence, given by others: the timetable's rules with nothing else to decide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from scheduler.domain.absence import Left, Standins, without_locks
from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.solver.covering.duties import reopened_duties
from scheduler.solver.covering.parts import Part
from scheduler.solver.covering.reopened import Reopened, Ways, tied
from scheduler.solver.covering.together import Together
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, NoPlanInTime, Request
from scheduler.solver.goals import Goal, Infeasible
from scheduler.solver.levels import solve_levels
from scheduler.solver.timetable.build import Built
from scheduler.variables.model import Variable


@dataclass(frozen=True)
class Asked:
    """What is to be decided: sessions with the ways each may be held, beside a plan without them."""

    request: Request
    left: Left
    standins: Standins
    standing: Plan
    ways: Ways


def taught(request: Request, left: Left, standins: Standins) -> Part:
    """The plan so far with the sessions left open given by those who could: fewest dropped, then fewest of
    others changed, then so that the fewest duties left open go unfilled (`must` ones first), then the least
    weighted cost of the soft rules. The duties themselves are not yet taken."""
    clock, plan = Clock(request.limits), request.so_far
    ways = tied(request.scenario, plan, left)
    standing = plan.with_(sessions=tuple(row for row in plan.sessions if row not in ways))
    for rows in left.meetings:
        able = standins.teachers.get(rows[0], ())
        ways |= {row: tuple(row.model_copy(update={"teacher": name}) for name in able) for row in rows}
    asked = Asked(request, left, standins, standing, ways)
    found = _solved(asked, clock)
    if found is None:
        return Part(plan, proven=False)
    held, proven = found
    sessions = sorted([*standing.sessions, *held], key=lambda row: (row.date, row.class_, row.period))
    return Part(plan.with_(sessions=tuple(sessions)), proven)


def _solved(asked: Asked, clock: Clock) -> tuple[list[Session], bool] | None:
    """The sessions in question as they are best held, and whether that is proven; None where the plan as it
    stands breaks rules so that none holds them all."""
    # a lock may ask for a session that nobody can give: what is then broken is told from the plan
    kept = tuple(row for row in asked.request.scenario.locks if row.kind == "session")
    scenarios = (asked.request.scenario, without_locks(asked.request.scenario, kept))
    wanted = bool(asked.left.duties and asked.standins.duties)
    for with_duties in (True, False) if wanted else (False,):
        for scenario in scenarios:
            try:
                one = replace(asked, request=replace(asked.request, scenario=scenario))
                held, proven = _search(one, clock, with_duties=with_duties)
            except Infeasible:
                continue
            return held, proven and with_duties == wanted
    return None


def _around(scenario: Scenario, whole: Plan, ways: Ways) -> Plan:
    """The plan with those sessions alone that the rules look at beside the ones in question: of the classes
    and the teachers, at the venue that day, and of the course that day; all, where all fees are summed."""
    if scenario.settings.parameters.get("fee_budget"):
        return whole
    possible = [way for some in ways.values() for way in some] + list(ways)
    classes, teachers = {row.class_ for row in ways}, {row.teacher for row in possible if row.teacher}
    courses = {(row.course, row.date) for row in ways}
    venues = {(scenario.class_[row.class_].venue, row.date) for row in ways}
    near = (
        row
        for row in whole.sessions
        if row.class_ in scenario.class_
        and (
            row.class_ in classes
            or row.teacher in teachers
            or (row.course, row.date) in courses
            or (scenario.class_[row.class_].venue, row.date) in venues
        )
    )
    return whole.with_(sessions=tuple(near))


def _search(asked: Asked, clock: Clock, *, with_duties: bool) -> tuple[list[Session], bool]:
    request, left, ways = asked.request, asked.left, asked.ways
    model = CpModel()
    whole = asked.standing.with_(sessions=(*asked.standing.sessions, *ways))
    x = Reopened(model, request.scenario, _around(request.scenario, whole, ways), ways)
    built = Built(model, x)
    built.add_hard(request)
    by_row: dict[Session, list[Variable]] = defaultdict(list)
    for (row, _), variable in x.chosen.items():
        by_row[row].append(variable)
    for variables in by_row.values():
        model.require(model.total(variables) <= 1)
    for rows in left.meetings:  # a joint session has one teacher
        for other in rows[1:]:
            for one, way in zip(ways[rows[0]], ways[other], strict=True):
                model.require(x.chosen[rows[0], one] == x.chosen[other, way])
    open_ = set(left.sessions)
    dropped = model.total(1 - model.total(by_row[row]) for row in ways)
    as_before = model.total(1 - x.chosen[row, row] for row in ways if row not in open_)
    # among timetables that cost the same, the candidates' own order decides
    places = model.total(
        at * x.chosen[row, way] for row in ways if row in open_ for at, way in enumerate(ways[row])
    )
    opened = reopened_duties(request, left, asked.standins, model) if with_duties else None
    goals = [
        Goal("dropped", dropped),
        Goal("changes", as_before),
        *(opened.task.goals(opened.built) if opened else ()),
        *built.goals(request),
        Goal("order", places),
    ]
    duties = {row: opened.built.x.on_duty[row] for row in opened.free} if opened else {}
    together = Together(model, request.scenario, asked.standing, left, duties)
    solution = solve_levels(
        model,
        goals,
        request.limits,
        clock,
        "timetable",
        refine=lambda found: together.refine(x.chosen, found),
    )
    if together.refine(x.chosen, solution):  # the time was up before the last one could be mended
        raise NoPlanInTime
    held = [way for (_, way), variable in x.chosen.items() if solution[variable]]
    return held, all(level.gap == 0 for level in solution.levels)
