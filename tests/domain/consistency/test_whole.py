"""The season as a whole, and what messages never repeat."""

from __future__ import annotations

from scheduler.domain import consistency
from scheduler.domain.scenario import Scenario
from tests.domain.consistency.told import changed, found, ids
from tests.seasons import TINY, rows, tiny


def test_the_tiny_season_is_sound() -> None:
    assert ids(tiny()) == []


def test_an_empty_season_is_no_crash() -> None:
    assert list(consistency.problems(Scenario())) == []


def test_no_problem_repeats_a_childs_name() -> None:
    canary = {"name": "Canary", "guardian": "Canary", "phone": "Canary", "status": "withdrawn"}
    twice = {
        "a": {"name": "Canary", "phone": "Canary"},
        "z": {"name": "Canary", "phone": "Canary", "birth_date": "2016-01-01"},
    }
    for changes in (
        {"a": canary},
        twice,
        {"a": {**canary, "status": "enrolled", "birth_date": "2021-01-01"}},
    ):
        problems = found(changed("children", **changes))
        assert problems
        assert "Canary" not in str(problems)


def test_part_of_a_season_is_not_blamed_for_what_is_missing() -> None:
    # rows that could not be read are left out; what is left must not be called unfit for it
    part = tiny(classes=[], children=rows("children", a={"choices": []}), staff=TINY["staff"][:2])
    assert "child_fits_nowhere" in ids(part)
    assert "course_without_teacher" in ids(part)
    assert list(consistency.row_problems(part)) == []
