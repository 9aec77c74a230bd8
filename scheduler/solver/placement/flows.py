"""How many places there can be at most: a flow of children into seats, week by week."""

from __future__ import annotations

from collections.abc import Callable

from ortools.graph.python import max_flow

from scheduler.variables.placement import PlacementVariables


def most_places(x: PlacementVariables, is_asked: Callable[[str], bool]) -> int:
    """The most child-weeks of the children asked for that seats of classes and venues can hold, if nothing
    else is looked at: whatever keeps the hard rules places no more. Where each week is full of children who
    could stay, as in a city, it is what can be had indeed."""
    return sum(_most_in(x, week, is_asked) for week in x.scenario.weeks)


def _most_in(x: PlacementVariables, week: str, is_asked: Callable[[str], bool]) -> int:
    """The same of one week: from the source to children, their classes, the venues of these, and the sink."""
    flow = _Flow()
    given, classes = 0, set[str]()
    for row in x.scenario.processed:
        seats = x.seats(row.id, week)
        if not seats or not is_asked(row.id):
            continue
        if any(isinstance(literal, int) for literal in seats.values()):  # it has its seat already
            given += 1
            continue
        flow.arc("source", f"child {row.id}", 1)
        for class_ in seats:
            flow.arc(f"child {row.id}", f"class {class_}", 1)
        classes.update(seats)
    for class_ in sorted(classes):
        venue = x.scenario.class_[class_].venue
        flow.arc(f"class {class_}", f"venue {venue}", _left(x, (class_,), week, x.scenario.seats(class_)))
    for venue in sorted({x.scenario.class_[class_].venue for class_ in classes}):
        flow.arc(f"venue {venue}", "sink", _room(x, venue, week))
    return given + flow.most()


def _room(x: PlacementVariables, venue: str, week: str) -> int:
    """The seats of a venue: of all its classes, or as many as it holds where it holds all of them at once."""
    classes = {row.id for row in x.scenario.classes if row.venue == venue}
    seats = sum(x.scenario.seats(class_) for class_ in classes)
    capacity = x.scenario.venue[venue].capacity
    wanted = {class_ for class_ in classes if x.holders(class_, week)}
    at_once = [x.held_in(venue, week, shift) for shift in x.scenario.shift]
    if capacity is None or not any(wanted <= set(held) for held in at_once):
        return seats
    return _left(x, tuple(sorted(wanted)), week, capacity)


def _left(x: PlacementVariables, classes: tuple[str, ...], week: str, seats: int) -> int:
    """The seats left beside the children whose places there are given."""
    given = sum(
        literal
        for class_ in classes
        for literal in x.holders(class_, week).values()
        if isinstance(literal, int)
    )
    return max(0, seats - given)


class _Flow:
    """A network of named nodes."""

    def __init__(self) -> None:
        self._flow = max_flow.SimpleMaxFlow()
        self._nodes: dict[str, int] = {"source": 0, "sink": 1}

    def arc(self, tail: str, head: str, capacity: int) -> None:
        """An arc from one node to another."""
        ends = (self._nodes.setdefault(name, len(self._nodes)) for name in (tail, head))
        self._flow.add_arc_with_capacity(*ends, capacity)

    def most(self) -> int:
        """The most that can go from the source to the sink."""
        if self._flow.num_arcs() == 0:
            return 0
        self._flow.solve(0, 1)
        return int(self._flow.optimal_flow())
