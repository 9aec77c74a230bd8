"""What an explanation is: lines of ids and parameters, put into words where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Audience = Literal["coordinator", "family"]


@dataclass(frozen=True)
class Line:
    """One sentence: `explain.<id>` in the catalogues, filled by the parameters, indented by its depth.

    Parameters are numbers, text, dates, the values below, violations, or tuples of these.
    """

    id: str
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)
    depth: int = 0


@dataclass(frozen=True)
class Explanation:
    """Why one thing of a plan is as it is."""

    title: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Thing:
    """A row of the season that has a name: `child`, `class`, `venue`, `person`, `course`, `trip`."""

    kind: str
    id: str


@dataclass(frozen=True)
class ClassWeeks:
    """A class in some weeks."""

    class_: str
    weeks: tuple[str, ...]


@dataclass(frozen=True)
class Extra:
    """More seats in a class, more children at once at a venue, or both: so many."""

    kind: Literal["seat", "room", "both"]
    n: int
    venue: str


@dataclass(frozen=True)
class Word:
    """A term of the house that each language has its own word for, e.g. a role or a status."""

    group: str
    id: str


@dataclass(frozen=True)
class Stand:
    """Where a child stands at a venue, in the terms people know: points, reservation, rank, draw."""

    form: Literal["points", "reserved", "rank", "last"]
    points: float
    rank: int
    late: bool
    draw: str


@dataclass(frozen=True)
class Span:
    """A range of ages or grades; an end that is None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True)
class Aside:
    """A remark in brackets; nothing where there is none."""

    text: str


class Lines:
    """Collects the lines of an explanation."""

    def __init__(self) -> None:
        """Begin without a line."""
        self._lines: list[Line] = []

    def say(self, id: str, depth: int = 0, /, **parameters: object) -> None:
        """Add a line; a parameter whose name Python keeps for itself is written with an underscore."""
        filled = {name.rstrip("_"): value for name, value in parameters.items()}
        self._lines.append(Line(id, filled, depth))

    def add(self, found: Iterable[Line], **parameters: object) -> None:
        """Add lines that were told elsewhere; the first of them is filled by these parameters too."""
        for number, line in enumerate(found):
            more = {} if number else parameters
            self._lines.append(Line(line.id, {**line.parameters, **more}, line.depth))

    def done(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(self._lines)


def things(kind: str, ids: tuple[str, ...] | list[str]) -> tuple[Thing, ...]:
    """Several things of one kind."""
    return tuple(Thing(kind, id) for id in ids)


def by_weeks(
    weeks: Iterable[str], tell: Callable[[str], tuple[Line, ...]]
) -> list[tuple[tuple[str, ...], tuple[Line, ...]]]:
    """What is told of each week, with the weeks of which the same is told taken together."""
    found: list[tuple[tuple[str, ...], tuple[Line, ...]]] = []
    for week in weeks:
        told = tell(week)
        at = next((i for i, (_, other) in enumerate(found) if other == told), None)
        if at is None:
            found.append(((week,), told))
        else:
            found[at] = ((*found[at][0], week), told)
    return [(same, told) for same, told in found if told]


def class_weeks(seats: Iterable[tuple[str, str]]) -> tuple[ClassWeeks, ...]:
    """(class, week) pairs, by class."""
    found: dict[str, tuple[str, ...]] = {}
    for class_, week in seats:
        found[class_] = (*found.get(class_, ()), week)
    return tuple(ClassWeeks(class_, weeks) for class_, weeks in found.items())
