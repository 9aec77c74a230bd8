"""What a placement is worth to a child, as numbers that a solver can compare."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.choices import position
from scheduler.domain.units import Outcome
from scheduler.variables.model import Expression
from scheduler.variables.placement import PlacementVariables


@dataclass(frozen=True)
class Entry:
    """One comparison that counts on its own: all weeks of a child that stays, or one week of one that does
    not. `week_bonus` outweighs any difference of positions."""

    child: str
    weeks: tuple[str, ...]
    week_bonus: int


def entries(x: PlacementVariables, child: str) -> tuple[Entry, ...]:
    """A child's comparisons."""
    row, wanted = x.scenario.child[child], x.scenario.wanted_weeks(child)
    worst = len(row.choices) + 1
    if row.stay == "weeks":
        return tuple(Entry(child, (week,), worst) for week in wanted)
    return (Entry(child, wanted, worst * len(wanted) + 1),)


def seat_value(x: PlacementVariables, entry: Entry, class_: str) -> int:
    """What one week in a class adds."""
    place = position(x.scenario.child[entry.child], x.scenario.class_[class_]) or 0
    return entry.week_bonus - place


def present_value(x: PlacementVariables, entry: Entry) -> Expression:
    """What the plan being made is worth."""
    return x.model.total(
        seat_value(x, entry, class_) * literal
        for week in entry.weeks
        for class_, literal in x.seats(entry.child, week).items()
    )


def value_of(x: PlacementVariables, entry: Entry, outcome: Outcome) -> int:
    """What an outcome is worth."""
    return sum(seat_value(x, entry, outcome[week]) for week in entry.weeks if week in outcome)


def top_value(x: PlacementVariables, entry: Entry) -> int:
    """More than which nothing can be worth."""
    return sum(
        max((seat_value(x, entry, class_) for class_ in x.seats(entry.child, week)), default=0)
        for week in entry.weeks
    )
