"""The greedy start is a plan that keeps the rules, so that the search can take it."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.timetable.build import build
from scheduler.solver.timetable.filling.ledger import Ledger
from scheduler.solver.timetable.filling.worth import Worth
from scheduler.solver.timetable.start import first_plan, start
from scheduler.variables.lessons import Lesson
from tests.rules.timetable_halves import day_plan, zoo
from tests.seasons import rows, tiny
from tests.solver.timetable.test_brute_force import random_season

BUSY = tiny(
    trips=zoo(buses=1, seats_per_bus=3, children_per_adult=2),
    courses=rows(
        "courses", opera={"max_per_week": 2, "kits": 1}, ball={"after": "opera", "length": 2, "joint": 3}
    ),
    staff=rows("staff", s1={"max_sessions_per_day": 1, "max_days": 1}),
)
SEASONS = [pytest.param(BUSY, id="busy"), *(random_season(Random(seed)) for seed in range(40, 60))]


@pytest.mark.parametrize("scenario", SEASONS)
def test_the_start_is_complete_and_feasible(scenario: Scenario) -> None:
    request = Request(scenario, Rulebook(scenario.settings), day_plan(), Limits())
    built = build(request)
    known = start(built, first_plan(request)).known
    assert known is not None
    assert any(known[held] for held in built.decisions)


def test_it_takes_what_there_is() -> None:
    found = first_plan(Request(BUSY, Rulebook(BUSY.settings), day_plan(), Limits()))
    # one bus a day, so one class a day; s1 gives one opera in all, after which that class may have ball
    assert len(found.trips) == 2
    assert [row.course for row in found.sessions if row.teacher] == ["opera"]


@pytest.mark.parametrize(
    "limit",
    ["max_shifts_per_day", "max_days_per_week", "max_days", "max_sessions_per_day", "max_sessions_per_week"],
)
def test_who_may_give_nothing_gives_nothing(limit: str) -> None:
    scenario = tiny(courses=rows("courses", opera={"max_per_week": 2}), staff=rows("staff", s1={limit: 0}))
    found = first_plan(Request(scenario, Rulebook(scenario.settings), day_plan(), Limits()))
    assert found.sessions
    assert not any(row.teacher == "s1" for row in found.sessions)


def test_sessions_that_differ_in_room_and_periods_are_worth_the_same_asked_together() -> None:
    together = 0
    for scenario in (BUSY, *(random_season(Random(seed)) for seed in range(40, 60))):
        x = build(Request(scenario, Rulebook(scenario.settings), day_plan(), Limits())).x
        ledger = Ledger(x)
        worth = Worth(ledger, Rulebook(scenario.settings))
        alike: dict[tuple[object, ...], list[Lesson]] = defaultdict(list)
        for class_, day in x.class_days:
            for lesson in x.offer.lessons(class_, day):
                alike[class_, day, lesson.course.id, lesson.teacher].append(lesson)
        for lessons in alike.values():
            assert worth.of_alike(lessons) == [worth.of(lesson) for lesson in lessons]
            together += len(lessons) > 1
            if ledger.fits(lessons[0]):  # what is taken makes the next worth less
                ledger.take(lessons[0])
                worth.take(lessons[0])
    assert together > 20
