"""From a solution to a plan."""

from __future__ import annotations

from scheduler.domain.choices import position
from scheduler.domain.history import begun
from scheduler.domain.placement_locks import PlacementLocks
from scheduler.domain.plan import OpenClass, Placement, Plan
from scheduler.solver.door import Request
from scheduler.solver.goals import Solution
from scheduler.solver.placement.build import Task
from scheduler.solver.placement.settling import Seats
from scheduler.variables.placement import PlacementVariables


def seats_of(x: PlacementVariables, solution: Solution) -> Seats:
    """The seats that a solution gives."""
    return {
        (child, week): class_
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if solution[literal]
    }


def plan_of(task: Task, given: Seats) -> Plan:
    """The plan so far with these seats, the classes that so run, and those withheld."""
    request, locks = task.request, PlacementLocks(task.request.scenario)
    seats = [(child, week, class_) for (child, week), class_ in sorted(given.items())]
    seats += _history(request, seats)
    placements = tuple(
        Placement(child=child, week=week, class_=class_, choice=_choice(request, locks, child, week, class_))
        for child, week, class_ in seats
    )
    running = sorted({(class_, week) for _, week, class_ in seats})
    open_classes = tuple(OpenClass(class_=class_, week=week) for class_, week in running)
    as_of = request.frozen.as_of if request.previous is not None else request.so_far.as_of
    shut = sorted(task.withheld | request.so_far.kept_back)
    kept_back = tuple(OpenClass(class_=class_, week=week) for class_, week in shut)
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


def _choice(request: Request, locks: PlacementLocks, child: str, week: str, class_: str) -> int:
    """The position of a class among a child's choices; 0 without choices or placed by a lock."""
    if class_ in locks.classes_for(child, week):
        return 0
    return position(request.scenario.child[child], request.scenario.class_[class_]) or 0
