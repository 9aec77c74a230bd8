"""A class's weeks: who is in, who waits, adults and courses; and why it does not run."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.explainer import explain
from scheduler.explainer.lines import Thing
from tests.explainer.told import ids, in_all_languages
from tests.seasons import placed, plan, rows, tiny


def test_children_are_listed_by_standing_and_the_cut_off_is_the_last() -> None:
    found = explain(tiny(), plan(placements=placed("c@C1", "a@C1")), "class:C1")
    children = [line.parameters["child"] for line in found.lines if line.id == "class.child"]
    assert children == [Thing("child", "a"), Thing("child", "c")]  # rank 1 before rank 2
    cut_off = next(line for line in found.lines if line.id == "class.cut_off")
    assert cut_off.parameters["last"] == Thing("child", "c")


def test_equal_standings_are_listed_by_the_draw() -> None:
    season = tiny()
    found = explain(season, plan(placements=placed("b@C1", "c@C1")), "class:C1")
    first = min("bc", key=lambda child: season.draws[child])
    children = [line.parameters["child"] for line in found.lines if line.id == "class.child"]
    assert children[0] == Thing("child", first)


def test_a_class_with_free_seats_has_no_cut_off() -> None:
    found = explain(tiny(), plan(placements=placed("a@C1")), "class:C1")
    assert "class.cut_off" not in ids(found)
    week = next(line for line in found.lines if line.id == "class.week")
    assert (week.parameters["n"], week.parameters["free"]) == (1, 1)


def test_a_child_held_by_a_lock_is_marked_and_sets_no_cut_off() -> None:
    season = tiny(locks=[{"id": "L", "kind": "place", "child": "c", "class_": "C1"}])
    found = explain(season, plan(placements=placed("a@C1", "c@C1")), "class:C1")
    assert "class.child_locked" in ids(found)
    cut_off = next(line for line in found.lines if line.id == "class.cut_off")
    assert cut_off.parameters["last"] == Thing("child", "a")


def test_the_waiting_list_is_told_in_order() -> None:
    queue = [
        {"class": "C1", "week": "1", "child": "c", "position": 2},
        {"class": "C1", "week": "1", "child": "b", "position": 1},
    ]
    found = explain(tiny(), plan(placements=placed("a@C1"), waitlist=queue), "class:C1")
    waits = [line.parameters["child"] for line in found.lines if line.id == "class.waits"]
    assert waits == [Thing("child", "b"), Thing("child", "c")]


def test_needs_and_gaps_of_a_week() -> None:
    gap = {"need": "lead", "class": "C1", "venue": "V1", "date": "2024-07-15", "shift": "AM", "missing": 1}
    found = explain(tiny(), plan(placements=placed("a@C1"), gaps=[gap]), "class:C1")
    # one homeroom teacher in each of two shifts, on two days
    asks = [line.parameters for line in found.lines if line.id == "class.ask"]
    assert [(ask["shift"], ask["days"], ask["n"]) for ask in asks] == [("AM", 2, 1), ("PM", 2, 1)]
    assert next(line for line in found.lines if line.id == "class.gaps").parameters["n"] == 1
    assert "gap" in ids(found)


def test_courses_of_a_week_and_minimum_sessions_missed() -> None:
    courses = rows("courses", opera={"min_per_week": 2, "max_per_week": 2}, ball={"min_per_week": 1})
    session = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}
    season = tiny(courses=courses)
    given = plan(placements=placed("a@C1"), sessions=[session])
    found = explain(season, given, "class:C1")
    held = {
        line.parameters["course"]: line.parameters["n"] for line in found.lines if line.id == "class.course"
    }
    assert held == {Thing("course", "opera"): 1}
    short = {
        line.parameters["course"]: line.parameters["short"]
        for line in found.lines
        if line.id == "class.course_short"
    }
    assert short == {Thing("course", "opera"): 1, Thing("course", "ball"): 1}
    in_all_languages(season, given, "class:C1")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"classes": rows("classes", C1={"optional": True, "min_children": 2})}, "why.too_few"),
        ({"classes": rows("classes", C1={"optional": True, "min_children": 1})}, "why.not_opened"),
        ({"locks": [{"id": "L", "kind": "close", "class_": "C1", "week": "1"}]}, "why.locked_shut"),
        ({"closures": [{"venue": "V1", "from_": "2024-07-15", "to": "2024-07-16"}]}, "why.closed"),
        ({"classes": rows("classes", C1={"weeks": ["9"]})}, "why.not_offered"),
        ({}, "why.idle_wanted"),
    ],
)
def test_why_it_does_not_run(change: dict[str, Any], reason: str) -> None:
    # one child waits for it
    given = plan(waitlist=[{"class": "C1", "week": "1", "child": "a", "position": 1}])
    found = explain(tiny(**change), given, "class:C1")
    assert ids(found)[ids(found).index("class.not_run") + 1] == reason
    in_all_languages(tiny(**change), given, "class:C1")


def test_a_class_the_adults_cannot_carry_says_so() -> None:
    withheld = [{"class": "C1", "week": "1"}]
    queue = [{"class": "C1", "week": "1", "child": "a", "position": 1}]
    given = plan(placements=placed("b@C2"), withheld=withheld, waitlist=queue)
    for ref in ("class:C1", "child:a"):
        line = next(line for line in explain(tiny(), given, ref).lines if line.id == "why.withheld")
        assert line.parameters["coming"] == 1
        in_all_languages(tiny(), given, ref)


def test_weeks_that_are_alike_are_told_together() -> None:
    days = [{"date": f"2024-07-{day}", "week": week} for day, week in ((15, "1"), (22, "2"), (29, "3"))]
    given = plan(placements=placed("a@C1/1", "a@C1/3"))
    found = explain(tiny(days=days), given, "class:C1")
    weeks = [line.parameters["weeks"] for line in found.lines if line.id in ("class.week", "class.not_run")]
    assert weeks == [("1", "3"), ("2",)]


def test_a_class_nobody_wants_is_idle() -> None:
    assert "why.idle" in ids(explain(tiny(), plan(), "class:C1"))


def test_a_class_that_fits_no_child_says_so() -> None:
    # the oldest child of the season is 11
    found = explain(tiny(classes=rows("classes", C1={"min_age": 13, "max_age": 15})), plan(), "class:C1")
    assert "why.nobody_fits" in ids(found)


def test_gaps_are_told_in_the_order_of_the_day() -> None:
    # the morning is called Z here, the afternoon A
    shifts = [{"id": "Z", "start": "08:00", "end": "12:00"}, {"id": "A", "start": "14:00", "end": "17:00"}]
    periods = [{"id": "P", "start": "08:30", "end": "09:30", "shift": "Z"}]
    gap = {"need": "lead", "class": "C1", "venue": "V1", "date": "2024-07-15", "missing": 1}
    given = plan(placements=placed("a@C1"), gaps=[{**gap, "shift": "A"}, {**gap, "shift": "Z"}])
    found = explain(tiny(shifts=shifts, periods=periods), given, "class:C1")
    assert [line.parameters["shift"] for line in found.lines if line.id == "gap"] == ["Z", "A"]


def test_fewer_than_its_fewest_children_is_told() -> None:
    season = tiny(classes=rows("classes", C1={"min_children": 2}))
    found = explain(season, plan(placements=placed("a@C1")), "class:C1")
    assert next(line for line in found.lines if line.id == "class.below").parameters["short"] == 1


@pytest.mark.parametrize(
    ("lock", "void"),
    [
        ({"kind": "session", "course": "ball"}, ["week 1", "week 2"]),
        ({"kind": "session", "course": "ball", "date": "2024-07-22"}, ["week 2"]),
        ({"kind": "session", "course": "ball", "week": "1"}, ["week 1"]),
        ({"kind": "trip", "trip": "zoo"}, ["week 1"]),  # there is no zoo in the second week
        ({"kind": "duty", "person": "t1"}, ["week 1", "week 2"]),
        ({"kind": "no_session", "course": "ball"}, []),
        ({"kind": "session", "course": "ball", "class_": "C1"}, []),
    ],
)
def test_locks_that_come_to_nothing_are_told_of_the_weeks_a_class_does_not_run(
    lock: dict[str, Any], void: list[str]
) -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    zoo = {"id": "zoo", "name": "Zoo", "dates": ["2024-07-15"], "shifts": ["AM"]}
    season = tiny(days=days, trips=[zoo], locks=[{"id": "L", "class_": "C2", **lock}])
    given = plan(placements=placed("a@C1/1", "a@C1/2"))
    found = explain(season, given, "class:C2")
    told: list[str] = []
    weeks: tuple[str, ...] = ()
    for line in found.lines:
        if line.id == "class.not_run":
            weeks = tuple(line.parameters["weeks"])  # type: ignore[arg-type]
        elif line.id == "class.idle_lock":
            told += [f"week {week}" for week in weeks]
    assert told == void
    in_all_languages(season, given, "class:C2")
