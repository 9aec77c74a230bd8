"""Making a failing season as small as it can be while it still fails."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pydantic import ValidationError

from scheduler.domain.consistency import problems
from tests.solver.staffing.tiny.seasons import Tables

Fails = Callable[[Tables], object]
"""Gives something that counts as true where a season fails."""

KEPT = {"id", "name", "venue", "capacity", "kind", "mode", "roles", "from_", "to", "date", "week", "status"}
"""Fields that are not taken out of a row."""


def shrunk(tables: Tables, fails: Fails) -> Tables:
    """The season with rows, fields and settings taken out, one at a time, as long as it fails."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(tables):
            if _still_fails(candidate, fails):
                tables, smaller = candidate, True
                break
    return tables


def _still_fails(tables: Tables, fails: Fails) -> bool:
    try:
        scenario = tables.scenario
        whole = _is_whole(tables) and not any(problem.blocking for problem in problems(scenario))
        return whole and bool(fails(tables))
    except ValidationError:  # a field is gone that must be there
        return False


def _is_whole(tables: Tables) -> bool:
    """Whether everything that a row names is there."""
    scenario = tables.scenario
    known: dict[str, Collection[str]] = {
        "venue": scenario.venue,
        "venues": scenario.venue,
        "class": scenario.class_,
        "class_": scenario.class_,
        "child": scenario.child,
        "own_children": scenario.child,
        "person": scenario.person,
        "partners": scenario.person,
        "teacher": scenario.person,
        "courses": scenario.course,
        "week": scenario.weeks,
        "date": {day.isoformat() for day in scenario.day},
        "dates": {day.isoformat() for day in scenario.day},
        "shift": scenario.shift,
        "shifts": scenario.shift,
        "period": scenario.period,
        "trip": scenario.trip,
    }
    rows = [row for part in (tables.rows, tables.plan) for rows in part.values() for row in rows]
    return all(
        name in known[column]
        for row in rows
        for column in known.keys() & row.keys()
        for name in (row[column] if isinstance(row[column], list) else [row[column]])
        if name is not None
    )


def _smaller(tables: Tables) -> Iterator[Tables]:
    for part in ("rows", "plan"):
        for table, rows in getattr(tables, part).items():
            for number in range(len(rows)):
                found = tables.copy()
                del getattr(found, part)[table][number]
                yield found
    for key in set(tables.settings) - {"season"}:
        found = tables.copy()
        del found.settings[key]
        yield found
    for table, rows in tables.rows.items():
        for number, row in enumerate(rows):
            for column in set(row) - KEPT:
                found = tables.copy()
                del found.rows[table][number][column]
                yield found
            for column in ("roles", "partners", "counts"):
                for place in range(len(row.get(column) or ()) if len(row.get(column) or ()) > 1 else 0):
                    found = tables.copy()
                    del found.rows[table][number][column][place]
                    yield found
