"""What must not change when a season is told otherwise, and what can only get better."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.solver.door import Answer, Contradiction
from tests.solver.staffing.tiny.judge import LIMITS, solved, tiny_season
from tests.solver.staffing.tiny.seasons import Tables

SEEDS = range(1000, 1014)

HELPER = {
    "id": "q",
    "name": "Q",
    "kind": "volunteer",
    "roles": ["volunteer", "homeroom", "life", "site"],
    "cleared_until": "2030-01-01",
    "qualifications": ["first_aid"],
}


def missing(answer: Answer) -> tuple[float, ...]:
    return tuple(level.value for level in answer.stage.levels if level.name in ("must_gaps", "soft_gaps"))


def values(answer: Answer) -> dict[str, float]:
    return {level.name: level.value for level in answer.stage.levels}


def answered(tables: Tables) -> Answer | None:
    """None where locks contradict one another."""
    try:
        return solved(tables)
    except Contradiction:
        return None


def helped(tables: Tables) -> Tables:
    """With one more volunteer, who can do everything at any time."""
    found = tables.copy()
    found.rows["staff"].append(HELPER)
    found.rows["availability"].append(
        {"person": "q", "from_": "2024-07-15", "to": "2024-07-22", "status": "yes"}
    )
    return found


def unlimited(tables: Tables) -> Tables:
    """Without any limit of days or shifts."""
    found = tables.copy()
    for row in found.rows["staff"]:
        row |= {"max_shifts_per_day": None, "max_days_per_week": None, "max_days": None}
    return found


def cleared(tables: Tables) -> Tables:
    """With everybody's background check valid all season."""
    found = tables.copy()
    for row in found.rows["staff"]:
        row["cleared_until"] = "2030-01-01"
    return found


@pytest.mark.parametrize("better", [helped, unlimited, cleared])
def test_more_people_or_fewer_limits_never_make_more_gaps(better: object) -> None:
    fewer = 0
    for seed in SEEDS:
        # a published roster stands before what is newly possible only in later levels: gaps come first
        tables = tiny_season(seed)
        before, after = answered(tables), answered(better(tables))  # type: ignore[operator]
        if before is not None:
            assert after is not None, seed
            assert missing(after) <= missing(before), seed
            fewer += missing(after) < missing(before)
    assert fewer >= 2  # and it did make a difference


def test_the_order_of_rows_means_nothing() -> None:
    for seed in SEEDS:
        tables, dice = tiny_season(seed), Random(seed)
        shuffled = tables.copy()
        for rows in (*shuffled.rows.values(), *shuffled.plan.values()):
            dice.shuffle(rows)
        before, after = answered(tables), answered(shuffled)
        assert (before is None) == (after is None), seed
        if before is not None and after is not None:
            assert values(after) == pytest.approx(values(before)), seed


def test_reproducible_whatever_the_rows_order() -> None:
    # the very plan, not only its levels: a scenario's rows are read in a canonical order
    for seed in list(SEEDS)[:6]:
        tables = tiny_season(seed, locks=False)
        shuffled = tables.copy()
        for name in ("staff", "availability", "needs", "children"):
            Random(seed).shuffle(shuffled.rows[name])
        limits = replace(LIMITS, seconds=5)
        assert solved(tables, limits).plan.duties == solved(shuffled, limits).plan.duties, seed


def test_nobody_new_where_nothing_is_missing() -> None:
    # one more volunteer may make the rest fairer, never dearer than what could stay as it was
    for seed in SEEDS:
        tables = tiny_season(seed, weights=False, previous=False)
        before, after = answered(tables), answered(helped(tables))
        if before is None or missing(before) > (0, 0):
            continue
        assert after is not None
        assert after.stage.levels[-1].value <= before.stage.levels[-1].value + 1e-6, seed
