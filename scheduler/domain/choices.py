"""Where a child may go, and how it ranks the places."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child, Class


def position(child: Child, class_: Class) -> int | None:
    """The 1-based position of a class among a child's choices; 0 without choices, None if not listed.

    Where a venue and one of its classes are both named the better position counts.
    """
    if not child.choices:
        return 0
    for place, choice in enumerate(child.choices, 1):
        if choice in (class_.id, class_.venue):
            return place
    return None


def fits_age(scenario: Scenario, child: Child, class_: Class) -> bool:
    """Whether the child's age and grade lie within the class's limits; an unknown one fits no limit."""
    return _within(scenario.age(child.id), class_.min_age, class_.max_age) and _within(
        child.grade, class_.min_grade, class_.max_grade
    )


def may_attend(scenario: Scenario, child: Child, class_: Class) -> bool:
    """Whether the venue is open to the children of this child's guardians' employers."""
    only_for = scenario.venue[class_.venue].only_for
    return not only_for or bool(set(only_for) & set(child.employer))


def in_reach(scenario: Scenario, child: Child, class_: Class) -> bool:
    """Whether a class lies within `max_distance_km` of a child without choices; named choices always do."""
    limit = scenario.settings.max_distance_km
    if child.choices or limit is None:
        return True
    distance = scenario.distance_km(child, scenario.venue[class_.venue])
    return distance is None or distance <= limit


def wished(scenario: Scenario, child: Child) -> Iterator[Class]:
    """The classes a child names, itself or by their venue, in the order of its choices; without choices, all
    within its reach. One named twice comes twice."""
    if not child.choices:
        limit = scenario.settings.max_distance_km
        venues = scenario.venue if limit is None else scenario.venues_within(child, limit)
        for venue in venues:
            yield from scenario.classes_at(venue)
    for choice in child.choices:
        if choice in scenario.class_:
            yield scenario.class_[choice]
        yield from scenario.classes_at(choice)


def options(scenario: Scenario, child: Child) -> tuple[tuple[Class, int], ...]:
    """The classes a child could be placed in by its own wishes, with their positions, best first.

    Looks at age, grade, employer, choices and distance; not at seats, weeks or other children.
    """
    found = {
        (position(child, class_) or 0, class_.id): class_
        for class_ in wished(scenario, child)
        if fits_age(scenario, child, class_) and may_attend(scenario, child, class_)
    }
    return tuple((class_, place) for (place, _), class_ in sorted(found.items()))


def _within(value: int | None, low: int | None, high: int | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)
