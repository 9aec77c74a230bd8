"""The sessions of an absence, given by others: the timetable's rules with nothing else to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from scheduler.domain.absence import Left, Standins, without_locks
from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.moves import Lesson as Move
from scheduler.solver.covering.parts import Part
from scheduler.solver.covering.reopened import Reopened, Ways, tied
from scheduler.solver.cpsat import CpModel
from scheduler.solver.door import Clock, Request
from scheduler.solver.levels import Goal, Infeasible, Solution, solve_levels
from scheduler.solver.timetable.build import Built
from scheduler.variables.model import Variable


def taught(request: Request, left: Left, standins: Standins) -> Part:
    """The plan so far with the sessions left open given by those who could: fewest dropped, then fewest of
    others changed, then the least weighted cost of the soft rules."""
    clock, plan = Clock(request.limits), request.so_far
    others = tied(request.scenario, plan, left)
    standing = plan.with_(sessions=tuple(row for row in plan.sessions if row not in others))
    able = {rows[0]: standins.teachers.get(rows[0], ()) for rows in left.meetings}
    while True:
        ways: dict[Session, tuple[Session, ...]] = dict(others)
        for rows in left.meetings:
            for row in rows:
                ways[row] = tuple(row.model_copy(update={"teacher": name}) for name in able[rows[0]])
        whole = standing.with_(sessions=(*standing.sessions, *ways))
        found = _solved(request, clock, whole, ways, left)
        if found is None:
            return Part(plan, proven=False)
        solution, x = found
        held = {row: way for (row, way), variable in x.chosen.items() if solution[variable]}
        clash = _clash(request, standing, left, held)
        if clash is None:
            break
        first, teacher = clash
        able[first] = tuple(name for name in able[first] if name != teacher)
    sessions = sorted(
        [*standing.sessions, *held.values()], key=lambda row: (row.date, row.class_, row.period)
    )
    proven = all(level.gap == 0 for level in solution.levels)
    return Part(plan.with_(sessions=tuple(sessions)), proven)


def _solved(
    request: Request, clock: Clock, whole: Plan, ways: Ways, left: Left
) -> tuple[Solution, Reopened] | None:
    """The best way found; None where the plan as it stands breaks rules so that none holds them all."""
    # a lock may ask for a session that nobody can give: what is then broken is told from the plan
    kept = tuple(row for row in request.scenario.locks if row.kind == "session")
    for scenario in (request.scenario, without_locks(request.scenario, kept)):
        try:
            return _search(replace(request, scenario=scenario), clock, whole, ways, left)
        except Infeasible:
            continue
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


def _search(request: Request, clock: Clock, whole: Plan, ways: Ways, left: Left) -> tuple[Solution, Reopened]:
    model = CpModel()
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
    goals = [
        Goal("dropped", dropped),
        Goal("changes", as_before),
        *built.goals(request),
        Goal("order", places),
    ]
    return solve_levels(model, goals, request.limits, clock, "timetable"), x


def _clash(
    request: Request, standing: Plan, left: Left, held: Mapping[Session, Session]
) -> tuple[Session, str] | None:
    """A session with its new teacher that breaks a rule beside the duties and all sessions of this teacher:
    the timetable knows nothing of duties. Named by the first row of its meeting."""
    rules = Rulebook(request.scenario.settings).of_stage("staffing", hard=True)
    own: dict[str, Plan] = {}
    for rows in left.meetings:
        for new in (held[row] for row in rows if row in held):
            if new.teacher is None:
                continue
            sessions, duties = standing.sessions_by(new.teacher), standing.duties_of(new.teacher)
            part = own.setdefault(new.teacher, standing.with_(sessions=sessions, duties=duties))
            move = Move(new)
            if any(True for rule in rules for _ in rule.blockers(request.scenario, part, move)):
                return rows[0], new.teacher
            own[new.teacher] = move.applied_to(part)
    return None
