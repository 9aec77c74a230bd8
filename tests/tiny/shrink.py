"""Making a failing season as small as it can be while it still fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import ValidationError

from tests.tiny.judge import without
from tests.tiny.seasons import Tables

Fails = Callable[[Tables], object]
"""Gives something that counts as true where a season fails."""

BLANK = {
    "weeks": [],
    "stay": "steady",
    "choices": [],
    "employer": [],
    "needs": [],
    "friends": [],
    "apart": [],
}
"""What stands for nothing where a field must be there."""

KEPT = {
    "id",
    "name",
    "venue",
    "capacity",
    "kind",
    "mode",
    "child",
    "points",
    "rank",
    "from_",
    "to",
    "date",
    "week",
}
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
        return _is_whole(tables) and bool(fails(tables))
    except ValidationError:  # a field is gone that must be there
        return False


def _is_whole(tables: Tables) -> bool:
    """Whether everything that a row names is there."""
    ids = {name: {row.get("id") for row in rows} for name, rows in tables.rows.items()}
    weeks = {row["week"] for row in tables.rows["days"]}
    named = [("venue", "venues"), ("room", "rooms"), ("priority", "priorities"), ("class_", "classes")]
    named.append(("child", "children"))
    rows = [
        row
        for name in ("rooms", "classes", "children", "points", "closures", "locks")
        for row in tables.rows[name]
    ]
    return (
        all(row.get(column) is None or row[column] in ids[table] for row in rows for column, table in named)
        and all(weeks.issuperset(row.get("weeks", ())) for row in rows)
        and all(row.get("week") is None or row["week"] in weeks for row in rows)
        and all(
            row["from_"] in {day["date"] for day in tables.rows["days"]} for row in tables.rows["closures"]
        )
        and all(class_ in ids["classes"] and week in weeks for class_, week in tables.withheld)
    )


def _smaller(tables: Tables) -> Iterator[Tables]:
    for table in (
        "children",
        "locks",
        "points",
        "classes",
        "closures",
        "rooms",
        "days",
        "venues",
        "priorities",
    ):
        for number in range(len(tables.rows[table])):
            if table in ("children", "classes", "days", "venues") and len(tables.rows[table]) == 1:
                continue
            found = tables.copy()
            without(found, table, number)
            yield found
    for number in range(len(tables.withheld)):
        found = tables.copy()
        del found.withheld[number]
        yield found
    yield from _plainer(tables)


def _plainer(tables: Tables) -> Iterator[Tables]:
    for key in set(tables.settings) - {"season", "policy", "points_missing"}:
        found = tables.copy()
        del found.settings[key]
        yield found
    for table, rows in tables.rows.items():
        for number, row in enumerate(rows):
            for column in set(row) - KEPT:
                if row[column] != BLANK.get(column):
                    found = tables.copy()
                    del found.rows[table][number][column]
                    yield found
            for column in ("choices", "weeks", "friends", "apart", "employer"):
                for place in range(len(row.get(column) or ())):
                    if len(row[column]) > 1:
                        found = tables.copy()
                        found.rows[table][number][column] = [
                            v for i, v in enumerate(row[column]) if i != place
                        ]
                        yield found
