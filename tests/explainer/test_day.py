"""A class's day: what it does and why, and what stands against everything else."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.explainer import explain
from scheduler.explainer.lines import Line, Thing
from scheduler.explainer.refs import UnknownRef, resolve
from scheduler.rules import Violation
from tests.explainer.told import ids, in_all_languages
from tests.rules.timetable_halves import day_plan, zoo
from tests.seasons import rows, tiny

REF = "class:C1/2024-07-15"


def lines(found: Any, id: str) -> list[Line]:  # noqa: ANN401
    return [line for line in found.lines if line.id == id]


@pytest.mark.parametrize("ref", [REF, "C1/2024-07-15", "Ant/2024-07-15", "class:Ant/2024-07-15"])
def test_a_day_is_named_by_class_and_date(ref: str) -> None:
    assert str(resolve(tiny(), ref)) == REF


@pytest.mark.parametrize(("ref", "part"), [("class:C9/2024-07-15", "C9"), ("C1/2024-08-15", "2024-08-15")])
def test_an_unknown_class_or_day(ref: str, part: str) -> None:
    with pytest.raises(UnknownRef) as caught:
        resolve(tiny(), ref)
    assert caught.value.part == part


def test_a_session_comes_with_what_speaks_for_it() -> None:
    season = tiny(
        children=rows("children", a={"interests": ["opera"]}),
        courses=rows("courses", opera={"min_per_week": 1}),
    )
    given = day_plan("C1 15 P1 opera s1")
    found = explain(season, given, REF)
    (session,) = lines(found, "day.session")
    assert (session.parameters["course"], session.parameters["start"]) == (Thing("course", "opera"), "08:30")
    (wished,) = lines(found, "day.wished")
    assert (wished.parameters["n"], wished.parameters["all"]) == (1, 2)
    assert len(lines(found, "day.minimum")) == 1
    # P2, P3 and P4 are homeroom time
    assert len(lines(found, "day.homeroom")) == 3
    in_all_languages(season, given, REF)


def test_what_another_course_would_cost() -> None:
    # ball in an empty period: 3 less for the period, 2 less for a's wish, 10 less for a child with nothing
    season = tiny(children=rows("children", a={"interests": ["ball"]}))
    found = explain(season, day_plan("C1 15 P1 opera s1"), REF)
    (could,) = lines(found, "day.could_fill_cheaper")
    assert could.parameters["course"] == Thing("course", "ball")
    assert could.parameters["cost"] == "15"


def test_a_course_that_would_displace_another() -> None:
    # ball in the only period displaces opera: b's wish (2) and b with nothing (10) against a's
    season = tiny(
        periods=[{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}],
        children=rows("children", b={"interests": ["opera"]}),
    )
    found = explain(season, day_plan("C1 15 P1 opera s1"), REF)
    (could,) = lines(found, "day.could_dearer")
    assert could.parameters["displaced"] == (Thing("course", "opera"),)
    assert float(str(could.parameters["cost"])) == pytest.approx(12 - 0.2)  # and one visit less


def test_what_bars_a_course_in_every_period() -> None:
    season = tiny(availability=[{"person": "s1", "from_": "2024-07-15", "to": "2024-07-15", "status": "no"}])
    given = day_plan("C1 15 P1 ball")
    found = explain(season, given, REF)
    (barred,) = lines(found, "day.barred")
    assert (barred.parameters["course"], barred.parameters["n"]) == (Thing("course", "opera"), 4)
    against = [line.parameters["violation"] for line in lines(found, "day.barred_by")]
    assert {row.rule for row in against if isinstance(row, Violation)} == {"teacher_available"}
    assert all(isinstance(row, Violation) for row in against)
    in_all_languages(season, given, REF)


def test_courses_that_do_not_fit() -> None:
    season = tiny(courses=rows("courses", opera={"min_age": 9}, ball={"length": 3}))
    found = ids(explain(season, day_plan(), REF))
    assert "day.unfit" in found
    assert "day.no_block" in found
    in_all_languages(season, day_plan(), REF)


def test_a_joint_session_names_the_other_class() -> None:
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}), courses=rows("courses", ball={"joint": 9})
    )
    given = day_plan("C1 15 P1 ball - R1", "C2 15 P1 ball - R1")
    (joint,) = lines(explain(season, given, REF), "day.joint")
    assert joint.parameters["classes"] == (Thing("class", "C2"),)
    in_all_languages(season, given, REF)


def test_a_day_on_a_trip_and_one_that_was_called_off() -> None:
    season = tiny(trips=zoo(buses=1, seats_per_bus=5))
    away = day_plan(away=("C1 15 zoo 1/2/0",))
    assert "day.trip_bus" in ids(explain(season, away, REF))
    storm = {"id": "L", "kind": "no_trip", "date": "2024-07-15"}
    off = tiny(trips=zoo(), locks=[storm])
    instead = day_plan(away=("C1 16 zoo",))
    found = explain(off, instead, REF)
    assert {"day.trip_off", "day.trip_instead"} <= set(ids(found))
    for one, given in ((season, away), (off, instead)):
        in_all_languages(one, given, REF)


def test_closed_days_shifts_and_classes_that_do_not_run() -> None:
    days: list[dict[str, Any]] = [
        {"date": "2024-07-15", "week": "1", "open": False},
        {"date": "2024-07-16", "week": "1"},
    ]
    assert ids(explain(tiny(days=days), day_plan(), REF)) == ["day.closed"]
    nobody = day_plan(placements=[{"child": "c", "week": "1", "class": "C2", "choice": 1}])
    assert ids(explain(tiny(), nobody, REF)) == ["day.not_run", "why.idle"]
    closure = [{"venue": "V1", "from_": "2024-07-15", "to": "2024-07-15", "shifts": ["AM"]}]
    found = ids(explain(tiny(closures=closure), day_plan(), REF))
    assert (found[0], found.count("day.homeroom")) == ("day.shift_closed", 2)
