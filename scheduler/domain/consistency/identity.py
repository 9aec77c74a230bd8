"""Ids are unique, and lower limits lie below upper ones."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.columns import heading
from scheduler.domain.demand import AIDE
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import TABLES, Row

LIMITS: dict[str, tuple[tuple[str, str], ...]] = {
    "classes": (("min_age", "max_age"), ("min_grade", "max_grade"), ("min_children", "capacity")),
    "courses": (("min_age", "max_age"), ("min_per_week", "max_per_week"), ("min_per_week", "max_per_season")),
    "trips": (("min_age", "max_age"),),
    "needs": (("min_age", "max_age"),),
    "staff": (("min_days", "max_days"),),
}
"""Pairs of columns of which the first may not be more than the second."""


def rows_of(scenario: Scenario, table: str) -> tuple[Row, ...]:
    """The rows of a table by its name; the settings are no rows."""
    rows: tuple[Row, ...] = getattr(scenario, table)
    return rows


def ids_unique(scenario: Scenario) -> Iterator[Problem]:
    """No id stands twice in a table, whatever its case."""
    for model in TABLES:
        if "id" not in model.model_fields:
            continue
        seen: dict[str, Row] = {}
        for row in rows_of(scenario, model.table):
            id = str(getattr(row, "id"))  # noqa: B009 - only some tables have it
            other = seen.setdefault(id.casefold(), row)
            if other is not row:
                place = other.source.row if other.source else "?"
                yield Problem.at(row.source, "id", "id_twice", id, table=model.table, other=place)


def class_and_venue_ids_differ(scenario: Scenario) -> Iterator[Problem]:
    """A choice must mean either a venue or a class."""
    venues = {row.id.casefold(): row for row in scenario.venues}
    for row in scenario.classes:
        if row.id.casefold() in venues:
            yield Problem.at(row.source, "id", "class_shares_venue_id", row.id)


def limits_in_order(scenario: Scenario) -> Iterator[Problem]:
    """A lower limit is not above its upper limit."""
    for table, pairs in LIMITS.items():
        for row in rows_of(scenario, table):
            for low, high in pairs:
                least, most = getattr(row, low), getattr(row, high)
                if least is not None and most is not None and least > most:
                    yield Problem.at(
                        row.source,
                        low,
                        "limits_crossed",
                        least,
                        low=heading(low),
                        high=heading(high),
                        most=most,
                    )


def needs_not_reserved(scenario: Scenario) -> Iterator[Problem]:
    """A need does not bear an id that the program itself gives: that of aides, or of a trip's ratio."""
    for row in scenario.needs:
        if row.id.casefold() == AIDE or row.id.casefold().startswith("trip:"):
            yield Problem.at(row.source, "id", "need_id_reserved", row.id)
