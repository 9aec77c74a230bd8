"""Kinds of classes, and the classes that could be new."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median_low

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class

COMMON_KINDS = 4
"""So many of the season's commonest kinds of class are tried at a venue that has none for their ages."""


@dataclass(frozen=True)
class Kind:
    """A kind of class: for whom, and when in the day."""

    min_age: int | None
    max_age: int | None
    min_grade: int | None
    max_grade: int | None
    shifts: tuple[str, ...]

    @staticmethod
    def of(row: Class) -> Kind:
        """The kind of a class."""
        return Kind(row.min_age, row.max_age, row.min_grade, row.max_grade, tuple(sorted(row.shifts)))

    def shares_ages_with(self, other: Kind) -> bool:
        """Whether some child may fit both."""
        ages = _meet((self.min_age, self.max_age), (other.min_age, other.max_age))
        return ages and _meet((self.min_grade, self.max_grade), (other.min_grade, other.max_grade))


def new_classes(scenario: Scenario) -> tuple[Class, ...]:
    """For every venue one more of each kind it has, and one of the common kinds for ages it has none for."""
    common = Counter(Kind.of(row) for row in scenario.classes)
    known = [kind for kind, _ in sorted(common.items(), key=lambda pair: (-pair[1], repr(pair[0])))]
    taken = {*scenario.class_, *scenario.venue}
    found = []
    for venue in scenario.venue:
        here = sorted({Kind.of(row) for row in scenario.classes_at(venue)}, key=repr)
        lacking = [kind for kind in known if not any(kind.shares_ages_with(other) for other in here)]
        for kind in [*here, *lacking[:COMMON_KINDS]]:
            row = _new_class(scenario, venue, kind, taken)
            taken.add(row.id)
            found.append(row)
    return tuple(found)


def _new_class(scenario: Scenario, venue: str, kind: Kind, taken: set[str]) -> Class:
    """A class of a kind, of the size usual for it: at this venue, else anywhere."""
    alike = [row for row in scenario.class_.values() if Kind.of(row) == kind]
    here = [row for row in alike if row.venue == venue]
    sizes = [scenario.seats(row.id) for row in here or alike]
    number = 1
    while f"{venue}+{number}" in taken:
        number += 1
    return Class(
        id=f"{venue}+{number}",
        name=f"+{number}",
        venue=venue,
        min_age=kind.min_age,
        max_age=kind.max_age,
        min_grade=kind.min_grade,
        max_grade=kind.max_grade,
        capacity=median_low(sizes),
        shifts=kind.shifts,
    )


def _meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    """Whether two ranges share a number; an open end has no limit."""
    low = max((end for end in (one[0], other[0]) if end is not None), default=0)
    high = min((end for end in (one[1], other[1]) if end is not None), default=low)
    return low <= high
