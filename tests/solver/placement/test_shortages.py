"""Too little of anything is an answer, not an error: who is placed, who waits, what nobody is in."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Limits, Request
from scheduler.solver.placement import solve
from tests.seasons import rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def answer(**tables: Any) -> Answer:  # noqa: ANN401 - the season's own tables
    """The answer to the tiny season, some tables replaced, under both policies alike; sound and proven."""
    found = []
    for policy in ("fair", "seats"):
        scenario = tiny({"season": "short", "policy": policy}, **tables)
        book = Rulebook(scenario.settings)
        told = solve(Request(scenario, book, Plan(), Limits(seconds=20, workers=1)))
        for rule in (*book.of_stage("placement", hard=True), book.by_id["waitlist"], book.by_id["envy"]):
            assert not list(rule.check(scenario, told.plan)), rule.id()
        assert told.stage.status == "optimal"
        assert all(level.gap == 0 and level.bound == level.value for level in told.stage.levels)
        found.append(told)
    assert len(found[0].plan.placements) == len(found[1].plan.placements)
    return found[0]


def waiting_for(told: Answer, class_: str, week: str = "1") -> list[str]:
    """The children on a class-week's waiting list, in order."""
    rows_ = [row for row in told.plan.waitlist if (row.class_, row.week) == (class_, week)]
    return [row.child for row in sorted(rows_, key=lambda row: row.position)]


def test_more_children_than_seats_wait_in_their_order() -> None:
    # four seats, six children of whom nobody minds where; two wait for both venues
    more = {id: {"name": id, "choices": ["V1", "V2"], "priority": "second"} for id in "def"}
    told = answer(children=rows("children", **more))
    assert len(told.plan.placements) == 4
    left = {row.id for row in tiny(children=rows("children", **more)).children} - {
        row.child for row in told.plan.placements
    }
    assert len(left) == 2
    assert left <= set(waiting_for(told, "C1"))
    assert "a" not in left  # the first rank has its place
    assert told.plan.envy == ()


def test_a_class_nobody_can_attend_stays_empty() -> None:
    told = answer(classes=rows("classes", C2={"min_age": 17}))
    assert {row.class_ for row in told.plan.placements} == {"C1"}
    assert {row.class_ for row in told.plan.open_classes} == {"C1"}
    assert waiting_for(told, "C2") == []


def test_a_child_that_no_class_fits_is_placed_nowhere_and_waits_for_nothing() -> None:
    young = rows("children", d={"name": "D", "birth_date": "2022-01-01", "choices": ["V1", "V2"]})
    told = answer(children=young, classes=rows("classes", C1={"min_age": 6}, C2={"min_age": 6}))
    assert {row.child for row in told.plan.placements} == {"a", "b", "c"}
    assert "d" not in {row.child for row in told.plan.waitlist}


def test_a_class_without_seats_holds_nobody_and_has_a_list() -> None:
    told = answer(classes=rows("classes", C1={"capacity": 0}))
    assert {row.class_ for row in told.plan.placements} == {"C2"}
    # a (first rank) before the others; c named the class itself, b its venue
    assert waiting_for(told, "C1")[0] == "a"
    assert set(waiting_for(told, "C1")) == {"a", "b", "c"}
    assert told.plan.envy == ()


def test_a_venue_without_room_holds_nobody() -> None:
    told = answer(venues=rows("venues", V1={"capacity": 0}, V2={"capacity": 0}))
    assert told.plan.placements == ()
    assert told.plan.envy == ()
    assert {row.child for row in told.plan.waitlist} == {"a", "b", "c"}


def test_no_class_at_all_in_one_of_the_weeks() -> None:
    weekly = {"weeks": ["1"]}
    told = answer(days=WEEKS, classes=rows("classes", C1=weekly, C2=weekly))
    assert {row.week for row in told.plan.placements} == {"1"}
    assert {row.week for row in told.plan.waitlist} <= {"1"}


def test_who_wants_all_weeks_or_none_gets_none_where_one_has_no_class() -> None:
    whole = {id: {"stay": "whole"} for id in "abc"}
    weekly = {"weeks": ["1"]}
    told = answer(
        days=WEEKS, children=rows("children", **whole), classes=rows("classes", C1=weekly, C2=weekly)
    )
    assert told.plan.placements == ()
    assert told.plan.waitlist == ()
    assert told.plan.envy == ()


def test_a_week_that_nobody_wants() -> None:
    told = answer(days=WEEKS, children=rows("children", **{id: {"weeks": ["2"]} for id in "abc"}))
    assert {row.week for row in told.plan.open_classes} == {"2"}
    assert len(told.plan.placements) == 3


def test_a_week_without_an_open_day() -> None:
    told = answer(days=[WEEKS[0], {**WEEKS[1], "open": False}])
    assert {row.week for row in told.plan.placements} == {"1"}


@pytest.mark.parametrize("change", [{"status": "withdrawn"}, {"consent": False}])
def test_everybody_withdrawn_or_without_consent(change: dict[str, Any]) -> None:
    told = answer(children=rows("children", **dict.fromkeys("abc", change)))
    assert told.plan.placements == ()
    assert told.plan.waitlist == ()
    assert told.plan.open_classes == ()


def test_an_optional_class_opens_where_just_enough_come_and_stays_closed_where_one_is_missing() -> None:
    # b and c would come to C2 (V2, their second choice); a would not
    opens = {"optional": True, "min_children": 2, "capacity": 3}
    told = answer(classes=rows("classes", C2=opens))
    # all three are placed; a seat of C1 stays free, but who took it would close C2: no claim
    assert {(row.child, row.class_) for row in told.plan.placements} == {
        ("a", "C1"),
        ("b", "C2"),
        ("c", "C2"),
    }
    assert told.plan.envy == ()
    told = answer(classes=rows("classes", C2={**opens, "min_children": 3}))
    assert {row.class_ for row in told.plan.placements} == {"C1"}
    assert len(waiting_for(told, "C2")) == 1
    assert told.plan.envy == ()


def test_siblings_bound_to_a_venue_that_cannot_hold_them_all() -> None:
    # the other class is for nobody of them; two seats, three children who come together or not at all
    bound = {id: {"family": "F", "siblings": "must", "choices": ["V1"]} for id in "abc"}
    told = answer(children=rows("children", **bound))
    assert told.plan.placements == ()
    assert told.plan.envy == ()
    assert set(waiting_for(told, "C1")) == {"a", "b", "c"}
