"""How much a venue is wanted, and how much of it is used."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.explainer.ground import Ground


@dataclass(frozen=True)
class VenueUse:
    """A venue over the season, in child-weeks: `seats` of the class-weeks that can be held (never more than
    the venue holds at once), those `taken`; `wanted` by children whose first choice it is; `waiting` for it.
    """

    venue: str
    seats: int
    taken: int
    wanted: int
    waiting: int

    @property
    def order(self) -> tuple[int, str]:
        """The venue most waited for comes first."""
        return (-self.waiting, self.venue)


def use_of(ground: Ground, venue: str) -> VenueUse:
    """How a venue is used and wanted."""
    seats = taken = waiting = 0
    for week in ground.scenario.weeks:
        seats += seats_at(ground, venue, week)
        taken += sum(len(ground.plan.children_in(row.id, week)) for row in ground.scenario.classes_at(venue))
        waiting += len(waiting_at(ground, venue, week))
    return VenueUse(venue, seats, taken, ground.first_choices.get(venue, 0), waiting)


def seats_at(ground: Ground, venue: str, week: str) -> int:
    """The seats of a venue's classes that could be held in a week, no more than the venue has room for in
    each shift; classes closed by hand or withheld offer none."""
    capacity = ground.scenario.venue[venue].capacity
    offered = [
        row.id
        for row in ground.scenario.classes_at(venue)
        if (row.id, week) in ground.offered and (row.id, week) not in ground.plan.kept_back
    ]
    seats = sum(ground.scenario.seats(class_) for class_ in offered)
    if capacity is None:
        return seats
    together = any(
        set(offered) <= set(held)
        for held in (ground.held(venue, week, shift) for shift in ground.scenario.shift)
    )
    return min(seats, capacity) if together else seats


def waiting_at(ground: Ground, venue: str, week: str) -> tuple[str, ...]:
    """The children who wait for any class of a venue in a week and are not at the venue, each once."""
    here = [row.id for row in ground.scenario.classes_at(venue)]
    waiting = {row.child for class_ in here for row in ground.queue(class_, week)}
    return tuple(sorted(child for child in waiting if ground.plan.class_of(child, week) not in here))
