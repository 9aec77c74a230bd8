"""A course: sessions by class and week, teachers, kits, and what binds."""

from __future__ import annotations

from typing import Any

from scheduler.explainer import explain
from scheduler.explainer.lines import Thing, Word
from tests.explainer.told import ids, in_all_languages
from tests.seasons import placed, plan, rows, tiny

BOTH = {"placements": placed("a@C1", "b@C2")}


def session(
    class_: str, period: str = "P1", day: str = "2024-07-15", course: str = "opera"
) -> dict[str, Any]:
    teacher = "s1" if course == "opera" else None
    return {"class": class_, "date": day, "period": period, "course": course, "teacher": teacher}


def test_sessions_are_counted_by_class_and_week() -> None:
    found = explain(tiny(), plan(**BOTH, sessions=[session("C1")]), "course:opera")
    held = {
        line.parameters["class"]: line.parameters["n"] for line in found.lines if line.id == "course.held"
    }
    assert held == {Thing("class", "C1"): 1, Thing("class", "C2"): 0}
    teacher = next(line for line in found.lines if line.id == "course.teacher_share")
    assert teacher.parameters == {"person": Thing("person", "s1"), "n": 1, "all": 1, "offered": 8}


def test_what_stands_against_the_slots_of_a_class_that_lacks_it() -> None:
    season = tiny(
        courses=rows("courses", opera={"min_per_week": 1}),
        availability=[{"person": "s1", "from_": "2024-07-16", "to": "2024-07-16", "status": "no"}],
    )
    given = plan(**BOTH, sessions=[session("C1")])
    found = explain(season, given, "course:opera")
    short = next(line for line in found.lines if line.id == "course.short")
    assert short.parameters["class"] == Thing("class", "C2")
    # eight slots: four on Tuesday, when the teacher cannot; on Monday P1 clashes with C1's session, P2
    # leaves 15 minutes for a way of 27, P3 and P4 are free
    slots = next(line for line in found.lines if line.id == "course.slots").parameters
    assert (slots["n"], slots["free"]) == (8, 2)
    rules = {line.parameters["rule"]: line.parameters["n"] for line in found.lines if line.id == "by_rule"}
    assert rules[Word("rule", "teacher_available")] == 4
    travel = rules[Word("rule", "teacher_travel")]
    assert isinstance(travel, int)
    assert travel >= 1
    in_all_languages(season, given, "course:opera")


def test_classes_it_does_not_fit() -> None:
    # a and b are 8 on 15 July 2024
    season = tiny(courses=rows("courses", opera={"min_age": 9, "min_per_week": 1}))
    found = ids(explain(season, plan(**BOTH), "course:opera"))
    assert found.count("course.unfit") == 2
    assert "course.slots" not in found


def test_kits_in_use_at_once() -> None:
    season = tiny(courses=rows("courses", ball={"kits": 2}))
    one = explain(season, plan(**BOTH, sessions=[session("C1", course="ball")]), "course:ball")
    assert next(line for line in one.lines if line.id == "course.kits").parameters["n"] == 1
    both = [session("C1", course="ball"), session("C2", course="ball")]
    assert "course.kits_used_up" in ids(explain(season, plan(**BOTH, sessions=both), "course:ball"))


def test_a_joint_session_takes_one_kit() -> None:
    classes = rows("classes", C3={"name": "Cat", "venue": "V1", "capacity": 2})
    season = tiny(classes=classes, courses=rows("courses", ball={"kits": 2, "joint": 10}))
    shared = [{**session(c, course="ball"), "room": "R1"} for c in ("C1", "C3")]
    given = plan(placements=placed("a@C1", "b@C3"), sessions=shared)
    found = explain(season, given, "course:ball")
    assert next(line for line in found.lines if line.id == "course.kits").parameters["n"] == 1


def test_a_course_nobody_teaches() -> None:
    season = tiny(staff=rows("staff", s1={"courses": ["ball"]}))
    found = ids(explain(season, plan(**BOTH), "course:opera"))
    assert "course.nobody" in found
    in_all_languages(season, plan(**BOTH), "course:opera")
