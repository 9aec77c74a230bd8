"""What a child would rather have than what it has, and what of that was free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.domain.tables import Child, Class
from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Line, Thing, by_weeks
from scheduler.explainer.obstacles import Obstacle


def better_options(ground: Ground, child: str, week: str) -> tuple[Class, ...]:
    """The classes a child would rather have in a week than what it has, best first."""
    mine = ground.plan.class_of(child, week)
    place = ground.position_in(child, week)
    return tuple(
        option
        for option, number in ground.options(child)
        if mine is None or (place is not None and number < place) or (place is None and number)
    )


def known_seats(ground: Ground, child: str) -> dict[str, str]:
    """A child's classes by week, those that exist."""
    placed = ground.plan.weeks_of(child)
    return {week: class_ for week, class_ in placed.items() if class_ in ground.scenario.class_}


def of_free_seat(ground: Ground, row: Child, option: Class, week: str) -> Iterator[Obstacle]:
    """Why a free seat that no rule bars is not the child's: the stay, a lock, the unit's own wishes; or a
    claim."""
    here = {ground.scenario.class_[c].venue for c in known_seats(ground, row.id).values()}
    if ground.claims(row.id, option.id, week):
        yield Obstacle("free_declared" if ground.declares(row.id) else "free")
    elif row.id in ground.locks.children:
        yield Obstacle("locked_child")
    elif row.stay != "weeks" and here - {option.venue}:
        yield Obstacle("stay", {"venue": Thing("venue", min(here - {option.venue}))})
    elif row.stay == "whole":
        yield Obstacle("whole", {"venue": Thing("venue", option.venue)})
    else:
        yield Obstacle("no_gain")


def seats_at(ground: Ground, row: Child, venue: str) -> Mapping[str, str]:
    """The best class of a venue by week in which nothing keeps a child out."""
    found = {}
    for week in ground.scenario.wanted_weeks(row.id):
        for option, _ in ground.options(row.id):
            if option.venue == venue and not obstacles.to_seat(ground, row.id, option.id, week):
                found[week] = option.id
                break
    return found


def waits(ground: Ground, child: str, told: tuple[str, ...]) -> list[tuple[tuple[str, ...], Line]]:
    """A child's places in waiting lists: weeks in which they are alike, and a line without an id that holds
    what is told of them: `class`, `n` (the position), `of` (the length of the list)."""
    found = []
    for class_ in ground.scenario.class_:

        def of_week(week: str, class_: str = class_) -> tuple[Line, ...]:
            position = ground.waits_at(child, class_, week)
            if position is None:
                return ()
            of = len(ground.queue(class_, week))
            filled = {"class": Thing("class", class_), "n": position, "of": of}
            return (Line("", {name: filled[name] for name in told}),)

        found += [(weeks, line) for weeks, (line,) in by_weeks(ground.scenario.weeks, of_week)]
    return found
