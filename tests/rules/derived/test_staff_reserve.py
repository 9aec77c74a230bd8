"""Nothing is withheld for want of adults without ground."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.tables import Settings
from scheduler.rules import problems_in
from tests.rules.placement_halves import checked
from tests.seasons import placed, plan, tiny

LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}


def withholding(*classes: str, as_of: str | None = None) -> Plan:
    return plan(placements=placed(), withheld=[{"class": c, "week": "1"} for c in classes], as_of=as_of)


def test_adults_are_reckoned_with() -> None:
    # both classes ask for a homeroom teacher in four shifts: that they are too few is the solver's word
    assert checked("staff_reserve", tiny(), withholding("C1", "C2")) == 0
    assert checked("staff_reserve", tiny(), withholding()) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"staff": []},
        {"needs": []},
        {"needs": [{**LEAD, "strength": "soft"}]},
        {"needs": [{**LEAD, "role": "life"}]},  # nobody on the list is one
        {"needs": [{**LEAD, "max_age": 5}]},  # nobody so young could come
        # one day with one shift: a single gap closes no class
        {"days": [{"date": "2024-07-15", "week": "1"}], "needs": [{**LEAD, "shifts": ["AM"]}]},
    ],
)
def test_no_ground_to_withhold(changed: dict[str, Any]) -> None:
    assert checked("staff_reserve", tiny(**changed), withholding("C1", "C2")) == 2


def test_nothing_is_withheld_where_the_settings_say_so() -> None:
    off = tiny({"season": "tiny", "staff_reserve": False})
    assert checked("staff_reserve", off, withholding("C1", "C2")) == 2


def test_what_locks_promise_is_not_withheld() -> None:
    locks = [
        {"id": "L1", "kind": "open", "class_": "C1"},
        {"id": "L2", "kind": "place", "child": "b", "class_": "C2", "week": "1"},
    ]
    assert checked("staff_reserve", tiny(locks=locks), withholding("C1", "C2")) == 2
    assert checked("staff_reserve", tiny(locks=locks[1:]), withholding("C1", "C2")) == 1


def test_a_week_begun_is_history() -> None:
    off = tiny({"season": "tiny", "staff_reserve": False})
    assert checked("staff_reserve", off, withholding("C1", as_of="2024-07-16")) == 0


def test_the_share_is_set_in_the_settings() -> None:
    half = Settings(parameters={"staff_reserve": {"share": "0.5"}})
    assert list(problems_in(half)) == []
    assert list(problems_in(Settings(parameters={"staff_reserve": {"share": "75"}})))
    # half of four adult-shifts may be missing all the more, all of two but one
    assert checked("staff_reserve", tiny({"parameters": half.parameters}), withholding("C1")) == 0
    none = {"staff_reserve": {"share": "0"}}
    assert checked("staff_reserve", tiny({"parameters": none}), withholding("C1")) == 1
