"""The timetable benchmark: its seasons hold together, FET's file says what it should, its tables print."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from benchmarks.timetabling import fet
from benchmarks.timetabling.city import season
from benchmarks.timetabling.curriculum import Activity, activities, free_periods
from benchmarks.timetabling.departures import departures
from benchmarks.timetabling.engines import Case, Result, solved
from benchmarks.timetabling.fetfile import Week
from benchmarks.timetabling.plainly import Plainly
from benchmarks.timetabling.report import TABLE, ratios, row
from benchmarks.timetabling.scored import scored
from scheduler.domain.consistency import problems
from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from tests.rules.timetable_halves import PLACED, day_plan, zoo
from tests.seasons import plan, rows, tiny


def test_an_invented_city_holds_together() -> None:
    scenario, placed = season(8)
    assert not [problem for problem in problems(scenario) if problem.blocking]
    # every class is full every week, and no rule of placement is broken
    assert {len(placed.children_in(*key)) for key in placed.running} == {35}
    assert len(placed.running) == 8 * 4
    rules = Rulebook(scenario.settings).of_stage("placement", hard=True)
    assert not [rule.id() for rule in rules if any(rule.check(scenario, placed))]
    again, same = season(8)
    assert (again.sha256, same.sha256) == (scenario.sha256, placed.sha256)
    assert season(8, seed=1)[0].sha256 != scenario.sha256


def test_a_city_has_every_feature() -> None:
    scenario, _ = season(20)
    courses = scenario.courses
    assert all(
        any(getattr(course, name) for course in courses)
        for name in ("min_per_week", "kits", "room_feature", "joint", "after", "max_per_season", "min_age")
    )
    assert {course.length for course in courses} == {1, 2}
    assert scenario.closures
    assert {lock.kind for lock in scenario.locks} == {
        "session",
        "no_session",
        "no_trip",
    }
    # what builds on what, and every taught course has a teacher
    taught = {course for person in scenario.staff for course in person.courses}
    assert taught == {course.id for course in courses if course.teacher}


SMALL = tiny(
    trips=zoo(buses=1, seats_per_bus=3, children_per_adult=2),
    courses=rows("courses", opera={"max_per_week": 2, "kits": 1, "room_feature": "stage"}, ball={"joint": 3}),
    classes=rows("classes", C1={"venue": "V2"}),
    rooms=[
        {"id": "R1", "venue": "V2"},
        {"id": "R2", "venue": "V2"},
        {"id": "H", "venue": "V2", "features": ["stage"]},
    ],
    locks=[{"id": "L", "kind": "no_session", "class_": "C1", "date": "2024-07-15", "period": "P3"}],
)


def test_the_list_for_fet_keeps_to_the_season() -> None:
    away = plan(placements=PLACED).with_(trips=departures(SMALL, plan(placements=PLACED)))
    # one bus of three: one class a day
    assert sorted((row.class_, row.date.day) for row in away.trips) == [("C1", 15), ("C2", 16)]
    # C1 is away on Monday morning, and a lock keeps P3 free
    monday = {period for day, period in free_periods(SMALL, away, "C1", "1") if day == date(2024, 7, 15)}
    assert monday == {"P4"}
    given = activities(SMALL, away)["1"]
    # ball is shared by both classes, opera is not
    assert Activity(("C1", "C2"), "ball", None) in given
    assert all(one.teacher == "s1" for one in given if one.course == "opera")


def test_the_file_for_fet_can_be_read_back(tmp_path: Path) -> None:
    given = [Activity(("C1",), "opera", "s1"), Activity(("C1", "C2"), "ball", None)]
    week = Week(SMALL, plan(placements=PLACED), "1", given)
    root = fromstring(week.xml())
    assert [row.findtext("Name") for row in root.iter("Hour") if row.find("Name") is not None] == [
        "P1",
        "P2",
        "pause P2",
        "P3",
        "P4",
    ]
    assert [row.findtext("Subject") for row in root.iter("Activity")] == ["opera", "ball"]
    kept = root.find(".//ConstraintStudentsSetNotAvailableTimes[Students='C1']/Not_Available_Time")
    assert kept is not None
    assert kept.findtext("Hour") == "P3"
    placed = """<Activities_Timetable>
        <Activity><Id>1</Id><Day>2024-07-15</Day><Hour>P1</Hour><Room>H</Room></Activity>
        <Activity><Id>2</Id><Day>2024-07-16</Day><Hour>P4</Hour><Room>H</Room></Activity>
    </Activities_Timetable>"""
    path = tmp_path / "activities.xml"
    path.write_text(placed, encoding="utf-8")
    found = list(fet.read(SMALL, week, path))
    wanted = day_plan("C1 15 P1 opera s1 H", "C1 16 P4 ball - H", "C2 16 P4 ball - H").sessions
    assert sorted(found, key=lambda row: row.class_) == sorted(wanted, key=lambda row: row.class_)
    made = plan(placements=PLACED).with_(sessions=tuple(found))
    assert scored(SMALL, made).broken == {}


def test_a_score_counts_what_is_filled_and_served() -> None:
    scenario = tiny(children=rows("children", a={"interests": ["opera"]}, c={"interests": ["ball", "opera"]}))
    score = scored(scenario, day_plan("C1 15 P1 opera s1", "C2 15 P3 ball"))
    # two of 2 classes x 2 days x 4 periods; a's wish and one of c's two
    assert score.filled == pytest.approx(2 / 16)
    assert score.served == pytest.approx(2 / 3)
    assert (score.without, score.broken) == (0, {})


def test_the_plain_model_is_the_engines() -> None:
    # opera and ball once a week for each class, 12 of 16 course periods empty, nothing else costs
    found = Plainly(tiny(), plan(placements=PLACED)).search(20, 1, lambda value, bound: None)
    assert isinstance(found.plan, Plan)
    score = scored(tiny(), found.plan)
    assert found.value == found.bound == pytest.approx(score.cost)
    assert score.filled == pytest.approx(4 / 16)


@pytest.mark.parametrize("engine", ["ours", "fet"])
def test_engines_run_and_keep_the_rules(engine: str) -> None:
    if engine == "fet" and not fet.installed():
        pytest.skip("FET is not installed")
    case = Case(1, workers=1)
    result = solved(engine, case, 3.0)
    assert result.score is not None
    assert result.score.broken == {}
    assert result.first is not None
    assert result.first <= result.seconds
    assert row(case, engine, result).count("|") == TABLE.splitlines()[0].count("|")


def test_fet_is_skipped_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = solved("fet", Case(1), 1.0)
    assert result.score is None
    assert "not installed" in row(Case(1), "fet", result)


def test_the_time_for_the_same_cost_and_gap() -> None:
    # ours cost 60 at 2 s and 36 (proven) at 4 s; the other 48 at 3 s, a quarter from its bound to the end
    score = scored(tiny(), day_plan())
    assert score.cost == 16 * 3.0
    ours = Result(4, value=36, bound=36, moments=((2, 60, None), (4, 36, 36)), score=score)
    other = Result(5, value=48, bound=36, moments=((3, 48, 36),), score=score)
    line = ratios({"ours": ours, "cpsat8": other})[2]
    assert line == "| cpsat8 | 48.0 | 4.0 | 1.33 | 0.00% | >5.0 | – |"
