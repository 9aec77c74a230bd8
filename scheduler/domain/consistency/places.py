"""Rooms are where their classes are, and hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Class


def room_at_venue(scenario: Scenario) -> Iterator[Problem]:
    """A class's home room is at its venue."""
    for row in scenario.classes:
        room = scenario.room.get(row.room) if row.room else None
        if room and room.venue != row.venue:
            yield Problem.at(
                row.source, "room", "room_elsewhere", room.id, who=row.id, venue=row.venue, other=room.venue
            )


def home_room_own(scenario: Scenario) -> Iterator[Problem]:
    """Two classes that run in the same week and shifts do not share a home room."""
    by_room: dict[str, list[Class]] = defaultdict(list)
    for row in scenario.classes:
        if row.room:
            by_room[row.room].append(row)
    for room, rows in by_room.items():
        for first, second in combinations(rows, 2):
            if _meet(scenario, first, second):
                yield Problem.at(
                    second.source,
                    "room",
                    "home_room_shared",
                    room,
                    who=second.id,
                    other=first.id,
                    other_row=first.source.row if first.source else "?",
                )


def capacity_in_room(scenario: Scenario) -> Iterator[Problem]:
    """A class is not larger than its room or its venue; the smaller one holds."""
    for row in scenario.classes:
        room = scenario.room.get(row.room) if row.room else None
        venue = scenario.venue.get(row.venue)
        if room and room.capacity is not None and room.capacity < row.capacity:
            yield Problem.at(
                row.source,
                "capacity",
                "capacity_above_room",
                row.capacity,
                blocking=False,
                who=row.id,
                room=room.id,
                most=room.capacity,
            )
        elif venue and venue.capacity is not None and venue.capacity < row.capacity:
            yield Problem.at(
                row.source,
                "capacity",
                "capacity_above_venue",
                row.capacity,
                blocking=False,
                who=row.id,
                venue=venue.id,
                most=venue.capacity,
            )


def classes_held(scenario: Scenario) -> Iterator[Problem]:
    """A class can be held in at least one shift of one day."""
    held = {class_ for class_, _ in scenario.class_weeks}
    for row in scenario.classes:
        if row.id not in held:
            yield Problem.at(row.source, "weeks", "class_never_held", row.id, blocking=False)


def _meet(scenario: Scenario, first: Class, second: Class) -> bool:
    weeks = not first.weeks or not second.weeks or set(first.weeks) & set(second.weeks)
    return bool(weeks and set(scenario.shifts_of(first.id)) & set(scenario.shifts_of(second.id)))
