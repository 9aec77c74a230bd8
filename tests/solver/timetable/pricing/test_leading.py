"""What is likely in a season of little cost, and timetables that begin with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request, Stop
from scheduler.solver.timetable import start
from scheduler.solver.timetable.pricing import leading
from scheduler.solver.timetable.pricing.grid import Grid
from scheduler.solver.timetable.pricing.leading import Given, Likely, likely
from scheduler.variables.offer import Offer
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny
from tests.solver.timetable.tiny.judge import LIMITS
from tests.solver.timetable.tiny.seasons import Tables, drawn

MONDAY, TUESDAY = date(2024, 7, 15), date(2024, 7, 16)
# opera once in all: for one class on one day
ONCE = tiny(
    courses=rows("courses", opera={"max_per_week": 1}), staff=rows("staff", s1={"max_sessions_per_week": 1})
)


def asked(scenario: Scenario) -> Request:
    return Request(scenario, Rulebook(scenario.settings), day_plan(), LIMITS)


def of(tables: Tables) -> Request:
    return Request(tables.scenario, Rulebook(tables.scenario.settings), tables.placed, LIMITS)


def test_what_is_likely_is_offered_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "STEPS", 40)
    told = 0
    for seed in range(53000, 53006):
        request = of(drawn(seed))
        found = likely(request, Clock(LIMITS))
        if found is None:
            continue
        offer = Offer(request.scenario, request.so_far)
        for row in found.given:
            week = request.scenario.week_of(row.date)
            courses = {course.id for course in offer.may_give(row.teacher, row.class_, week)}
            assert row.course in courses, f"season {seed}"
            assert found.on(*row)
            assert found.in_week(row.teacher, row.class_, row.course, week)
            told += 1
        again = likely(request, Clock(LIMITS))
        assert again is not None
        assert again.given == found.given
    assert told > 5


def test_a_specialist_is_likely_where_a_wish_is() -> None:
    # one session in all, and one child with a wish: whatever the day, it is for the class of that child
    scenario = tiny(
        courses=rows("courses", opera={"max_per_week": 1}),
        staff=rows("staff", s1={"max_sessions_per_week": 1}),
        children=rows("children", c={"interests": ["opera"]}),
    )
    (class_,) = (row.class_ for row in day_plan().placements if row.child == "c")
    found = likely(asked(scenario), Clock(LIMITS))
    assert found is not None
    assert {row.class_ for row in found.given} == {class_}


def test_where_nobody_teaches_or_no_time_is_left_nothing_is_likely() -> None:
    assert likely(asked(tiny(staff=[])), Clock(LIMITS)) is None
    assert likely(asked(ONCE), Clock(Limits(seconds=0))) is None


@pytest.mark.parametrize("class_", ["C1", "C2"])
@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_what_is_likely_is_taken_first(class_: str, day: date) -> None:
    request = asked(ONCE)
    grid = Grid(Offer(request.scenario, request.so_far), request.rulebook)
    first = Likely(grid, {Given("s1", class_, "opera", day)})
    for in_haste in (True, False):
        found = start.first_plan(request, in_haste=in_haste, first=first)
        assert [(row.class_, row.date) for row in found.sessions if row.teacher == "s1"] == [(class_, day)]
        # and all else that there is after it
        assert len(found.sessions) == len(start.first_plan(request).sessions)


def test_the_better_of_two_timetables_is_begun_with(monkeypatch: pytest.MonkeyPatch) -> None:
    # two specialists with one session each for one class that wishes for opera and dance: who gives both
    # is the cheaper one for opera, which more children wish for, and then nobody is left for dance
    scenario = tiny(
        courses=rows("courses", opera={"max_per_week": 1}, dance={"name": "Dance", "max_per_week": 1}),
        staff=rows(
            "staff",
            s1={"courses": ["opera", "dance"], "max_sessions_per_week": 1},
            s2={
                "name": "Sun",
                "kind": "teacher",
                "roles": ["specialist"],
                "courses": ["opera"],
                "max_sessions_per_week": 1,
                "cleared_until": "2030-01-01",
                "fee_per_session": 100,
            },
        ),
        children=rows("children", a={"interests": ["opera"]}, b={"interests": ["opera", "dance"]}),
    )
    request = asked(scenario)
    (class_,) = {row.class_ for row in day_plan().placements if row.child in ("a", "b")}
    grid = Grid(Offer(request.scenario, request.so_far), request.rulebook)
    other = next(name for name in ("C1", "C2") if name != class_)
    good, bad = (Given("s1", where, "dance", MONDAY) for where in (class_, other))
    monkeypatch.setattr(start, "LED", 0)

    def begun(first: Given | None) -> float:
        found = None if first is None else Likely(grid, {first})
        monkeypatch.setattr(start, "likely", lambda *_: found)
        plan = start.best_first_plan(request, 1, Clock(LIMITS))
        return request.rulebook.cost(scenario, plan, "timetable")

    plain = begun(None)
    assert begun(good) < plain
    assert begun(bad) == plain


def test_who_asked_to_stop_waits_for_no_second_timetable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LED", 0)
    stop = Stop()
    stop.request()
    request = replace(asked(ONCE), limits=Limits(stop=stop))
    assert likely(request, Clock(request.limits)) is None
    assert start.best_first_plan(request, 1, Clock(request.limits)) == start.first_plan(request)
