"""The timetable stage on seasons whose best plan is known by argument."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.door import Answer, Contradiction, Frozen, Limits, Part, Request
from scheduler.solver.timetable import solve
from scheduler.variables.model import Because
from tests.rules.timetable_halves import PLACED, day_plan, zoo
from tests.seasons import placed, plan, rows, tiny

PLACEMENTS = plan(placements=PLACED)


def asked(scenario: Scenario, so_far: Plan = PLACEMENTS, **more: Any) -> Request:  # noqa: ANN401
    limits = Limits(seconds=20, workers=1, reproducible=True)
    return Request(scenario, Rulebook(scenario.settings), so_far, limits, **more)


def verified(scenario: Scenario, answer: Answer) -> Plan:
    """The answer's plan, once the checker finds no hard rule broken and the same cost as the solver."""
    rules = Rulebook(scenario.settings)
    for rule in rules.of_stage("timetable", hard=True):
        assert list(rule.check(scenario, answer.plan)) == []
    cost = sum(
        found.amount * rules.weight(rule)
        for rule in rules.of_stage("timetable", hard=False)
        for found in rule.check(scenario, answer.plan)
    )
    level = answer.stage.levels[-1]
    assert level.name == "soft"
    assert level.value == pytest.approx(cost)
    assert level.bound <= level.value + 1e-6
    return answer.plan


def test_the_tiny_season_is_filled_and_proven() -> None:
    # opera and ball once a week for each class: four sessions fill 4 of 16 course periods
    scenario = tiny()
    answer = solve(asked(scenario))
    found = verified(scenario, answer)
    assert answer.stage.status == "optimal"
    assert len(found.sessions) == 4
    # 12 empty; s1 visits two venues (0.2 each) and gives 2 of 8 sessions, a tenth of 8 being 1 (0.05)
    assert answer.stage.levels[-1].value == pytest.approx(12 * 3.0 + 2 * 0.2 + 0.05)
    assert found.placements == PLACEMENTS.placements


@pytest.mark.parametrize("at", ["C1", "C2"])
def test_whom_a_lock_puts_on_duty_in_a_class_teaches_nowhere_else_then(at: str) -> None:
    on_duty = {"id": "L", "kind": "duty", "person": "s1", "class_": at, "date": "2024-07-15"}
    limits = rows("staff", s1={"max_sessions_per_day": 1})
    scenario = tiny(staff=limits, locks=[on_duty])  # one session a day: Monday's is where the duty is
    found = verified(scenario, solve(asked(scenario)))
    given = {(row.date.day, row.class_) for row in found.sessions if row.teacher == "s1"}
    assert given == {(15, at), (16, "C1" if at == "C2" else "C2")}


def test_nobody_placed_is_an_empty_timetable() -> None:
    answer = solve(asked(tiny(), plan()))
    assert answer.plan.sessions == ()
    assert answer.stage.levels[-1].value == 0


def test_a_trip_and_its_seats() -> None:
    # one bus of three seats takes C1 (two children and an adult) one day and C2 (one and one) the other
    scenario = tiny(trips=zoo(buses=1, seats_per_bus=3, children_per_adult=2))
    found = verified(scenario, solve(asked(scenario)))
    assert sorted(row.class_ for row in found.trips) == ["C1", "C2"]
    assert len({row.date for row in found.trips}) == 2
    seats = {row.class_: [(s.bus, s.children, s.adults) for s in row.seating] for row in found.trips}
    assert seats == {"C1": [(1, 2, 1)], "C2": [(1, 1, 1)]}


def test_joint_sessions_when_one_teacher_has_one_hour() -> None:
    # s1 may give one session a day and works on Monday only: both classes have it together in R1
    scenario = tiny(
        days=[{"date": "2024-07-15", "week": "1"}],
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=[{"id": "opera", "name": "Opera", "joint": 3, "min_per_week": 1}],
        staff=rows("staff", s1={"max_sessions_per_day": 1}),
    )
    found = verified(scenario, solve(asked(scenario)))
    assert [(row.class_, row.room) for row in found.sessions] == [("C1", "R1"), ("C2", "R1")]


def test_sessions_without_teacher_at_once_name_their_rooms() -> None:
    # two rows without room would be one joint session of three children, one too many
    scenario = tiny(
        days=[{"date": "2024-07-15", "week": "1"}],
        rooms=[{"id": "R1", "venue": "V1"}, {"id": "R3", "venue": "V1"}],
        periods=[{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}],
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        courses=[{"id": "ball", "name": "Ball", "joint": 2, "teacher": False}],
    )
    found = verified(scenario, solve(asked(scenario)))
    assert [(row.class_, row.room) for row in found.sessions] == [("C1", "R1"), ("C2", "R3")]


@pytest.mark.parametrize(
    "change",
    [{"cleared_until": None}, {"own_children": ["a", "c"]}, {"venues": ["V3"]}],
)
def test_no_teacher_who_must_not_teach(change: dict[str, object]) -> None:
    # V3 is a venue without classes
    venues = rows("venues", V3={"name": "East", "mode": "community"})
    scenario = tiny(venues=venues, staff=rows("staff", s1=change))
    found = verified(scenario, solve(asked(scenario)))
    assert {row.course for row in found.sessions} == {"ball"}


def test_a_cleared_minor_teaches_like_anybody_else() -> None:
    # only duties count for needs, and sessions are none: the plan is that of the tiny season
    scenario = tiny(staff=rows("staff", s1={"birth_date": "2010-01-01"}))
    found = verified(scenario, solve(asked(scenario)))
    assert [row.teacher for row in found.sessions if row.course == "opera"] == ["s1", "s1"]


# ---- contradictions -----------------------------------------------------------------------------


def locks(*given: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": f"L{number}", "class_": "C1", **row} for number, row in enumerate(given, start=1)]


MONDAY = {"date": "2024-07-15", "period": "P1"}
ON_MONDAY: dict[str, object] = {"kind": "session", "course": "opera", **MONDAY}


@pytest.mark.parametrize(
    "lock", [{"kind": "session", "course": "ball"}, {"kind": "session"}, {"kind": "trip"}]
)
def test_a_lock_on_a_class_that_does_not_run_contradicts_nothing(lock: dict[str, object]) -> None:
    given = [{"id": "L", "class_": "C2", "date": "2024-07-15", **lock}]
    for scenario in (tiny(locks=given, trips=zoo()), tiny(locks=[*given, *locks(ON_MONDAY)], trips=zoo())):
        found = verified(scenario, solve(asked(scenario, plan(placements=placed("a@C1")))))
        assert {row.class_ for row in found.sessions} == {"C1"}


def test_two_courses_locked_into_one_period_contradict_each_other() -> None:
    scenario = tiny(
        locks=locks(
            {"kind": "session", "course": "opera", **MONDAY},
            {"kind": "session", "course": "ball", **MONDAY},
            {"kind": "no_session", "course": "ball", "date": "2024-07-16"},  # has nothing to do with it
        )
    )
    with pytest.raises(Contradiction) as told:
        solve(asked(scenario))
    assert told.value.rows == (Because("locks", "L1"), Because("locks", "L2"))


def test_a_lock_beyond_a_course_limit_names_both() -> None:
    scenario = tiny(locks=locks({"kind": "session", "course": "ball"}))  # every day, but once a week
    with pytest.raises(Contradiction) as told:
        solve(asked(scenario))
    assert told.value.rows == (Because("courses", "ball"), Because("locks", "L1"))


def test_locks_are_kept() -> None:
    scenario = tiny(
        trips=zoo(),
        locks=locks(
            {"kind": "session", "course": "opera", "date": "2024-07-16", "period": "P4"},
            {"kind": "no_trip", "trip": "zoo"},
        ),
    )
    found = verified(scenario, solve(asked(scenario)))
    opera = [row for row in found.sessions if (row.class_, row.course) == ("C1", "opera")]
    assert [(row.date, row.period) for row in opera] == [(date(2024, 7, 16), "P4")]
    assert [row.class_ for row in found.trips] == ["C2"]


# ---- through the door ---------------------------------------------------------------------------

BEFORE = day_plan(
    "C1 15 P2 opera s1",
    "C1 15 P4 ball",
    "C2 15 P4 opera s1",
    "C2 15 P2 ball",
)


def test_a_previous_plan_is_kept_where_it_can_be() -> None:
    # s1 falls ill on Monday afternoon: of the four sessions only C2's opera must move
    ill = {"person": "s1", "from_": "2024-07-15", "to": "2024-07-15", "shifts": ["PM"], "status": "no"}
    scenario = tiny(availability=[ill])
    answer = solve(asked(scenario, previous=BEFORE))
    verified(scenario, answer)
    assert (answer.stage.levels[0].name, answer.stage.levels[0].value) == ("changes", 1)
    assert len(set(answer.plan.sessions) & set(BEFORE.sessions)) == 3


def test_what_lies_before_as_of_stands_even_if_it_breaks_a_rule_now() -> None:
    # Monday is past, and s1 taught though the list now says that s1 was not there
    ill = {"person": "s1", "from_": "2024-07-15", "to": "2024-07-15", "status": "no"}
    scenario = tiny(availability=[ill])
    answer = solve(asked(scenario, previous=BEFORE, frozen=Frozen(date(2024, 7, 16))))
    monday = [row for row in answer.plan.sessions if row.date == date(2024, 7, 15)]
    assert sorted(monday, key=repr) == sorted(BEFORE.sessions, key=repr)
    assert answer.stage.levels[0].value == 0
    # and opera and ball count for the week: nothing may be added
    assert len(answer.plan.sessions) == 4


def test_only_the_part_asked_for_is_decided() -> None:
    # C2 at V2 keeps its two sessions; s1 is with it in P1 on Monday
    scenario = tiny(days=[{"date": "2024-07-15", "week": "1"}])
    so_far = PLACEMENTS.with_(sessions=day_plan("C2 15 P1 opera s1").sessions)
    answer = solve(asked(scenario, so_far, part=Part(venues=frozenset({"V1"}))))
    found = verified(scenario, answer)
    assert [row.course for row in found.sessions if row.class_ == "C2"] == ["opera"]
    at_v1 = {row.course: row.period for row in found.sessions if row.class_ == "C1"}
    assert set(at_v1) == {"opera", "ball"}
    # from P1 to P2 s1 cannot come over in a quarter of an hour
    assert at_v1["opera"] in ("P3", "P4")


def test_shared_prices_make_a_session_dear() -> None:
    # an opera session is worth what an empty period costs, 3.0
    scenario = tiny()
    dear = solve(asked(scenario, shared={"person:s1": 3.5}))
    assert {row.course for row in dear.plan.sessions} == {"ball"}
    cheap = solve(asked(scenario, shared={"person:s1": 2.5}))
    assert {row.course for row in cheap.plan.sessions} == {"ball", "opera"}


def test_the_same_request_gives_the_same_plan() -> None:
    scenario = tiny(trips=zoo(), courses=rows("courses", ball={"max_per_week": 2}))
    one, other = solve(asked(scenario)), solve(asked(scenario))
    assert one == other
    assert one.stage.seconds is None


def test_an_unproven_plan_costs_what_its_decisions_cost() -> None:
    # hardly any time, so that the first solution found is likely to stand
    children = rows("children", a={"interests": ["opera"]}, c={"interests": ["ball"]})
    scenario = tiny(
        children=children, courses=rows("courses", ball={"max_per_week": 2}, opera={"max_per_week": 2})
    )
    request = asked(scenario)
    hasty = replace(request, limits=replace(request.limits, seconds=0.001))
    verified(scenario, solve(hasty))


def test_children_of_a_class_change_by_week() -> None:
    # in week 1 C1 holds the 9-year-old, for whom ball is meant; in week 2 an 8-year-old
    scenario = tiny(
        days=[{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}],
        courses=rows("courses", ball={"min_age": 9}),
    )
    found = verified(scenario, solve(asked(scenario, plan(placements=placed("c@C1/1", "a@C1/2")))))
    assert [row.date for row in found.sessions if row.course == "ball"] == [date(2024, 7, 15)]
