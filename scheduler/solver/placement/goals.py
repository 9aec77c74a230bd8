"""The levels of placement, in the contract's strict order."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Request
from scheduler.solver.goals import Goal
from scheduler.solver.placement.build import Built
from scheduler.variables.model import Expression
from scheduler.variables.placement import PlacementVariables


def goals(request: Request, built: Built) -> list[Goal]:
    """The levels after the claims: changes (replanning), places, places of each rank, positions, soft rules,
    the draw."""
    x = built.x
    found = []
    if request.previous is not None:
        found.append(Goal("changes", _changes(request, x)))
    found.append(Goal("placed", _placed(x, (row.id for row in x.scenario.processed)), "most"))
    for rank in sorted({x.standings.rank(row.id) for row in x.scenario.processed}):
        children = (row.id for row in x.scenario.processed if x.standings.rank(row.id) == rank)
        found.append(Goal(f"rank_{rank}", _placed(x, children), "most"))
    found.append(Goal("positions", _positions(x)))
    found.append(Goal("soft", built.cost, scale=SCALE))
    found.append(Goal("draw", _draw(x)))
    return found


def _placed(x: PlacementVariables, children: Iterable[str]) -> Expression:
    wanted = set(children)
    return x.model.total(
        literal
        for child, week in x.child_weeks
        if child in wanted
        for literal in x.seats(child, week).values()
    )


def _positions(x: PlacementVariables) -> Expression:
    return x.model.total(
        place * literal
        for child, week in x.child_weeks
        for class_, literal in x.seats(child, week).items()
        if (place := x.choice(child, week, class_))
    )


def _draw(x: PlacementVariables) -> Expression:
    """Each placed child-week counts its child's place in the draw, the first 0."""
    order = sorted((row.id for row in x.scenario.processed), key=lambda child: x.scenario.draws[child])
    place = {child: number for number, child in enumerate(order)}
    return x.model.total(
        place[child] * literal
        for child, week in x.child_weeks
        if place[child]
        for literal in x.seats(child, week).values()
    )


def _changes(request: Request, x: PlacementVariables) -> Expression:
    """The price of every placement of the previous plan that is no longer so."""
    assert request.previous is not None
    return x.model.total(
        request.prices.placement * (1 - x.placed(row.child, row.week, row.class_))
        for row in request.previous.placements
    )
