"""What is past condemns no plan, whatever today's lists say of it; what comes is judged as ever."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler import checker
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from tests.seasons import TINY, Rows, placed, plan, rows, tiny

# two weeks of Monday and Tuesday; the plan was remade for the second Tuesday
DAYS = [
    {"date": "2024-07-15", "week": "1"},
    {"date": "2024-07-16", "week": "1"},
    {"date": "2024-07-22", "week": "2"},
    {"date": "2024-07-23", "week": "2"},
    {"date": "2024-07-29", "week": "3"},
    {"date": "2024-07-30", "week": "3"},
]
AS_OF = "2024-07-23"
SESSION = {"class": "C1", "period": "P1", "course": "opera", "teacher": "s1"}
DUTY = {"person": "t1", "role": "homeroom", "class": "C1", "venue": "V1", "shift": "AM"}


def season(**tables: Rows) -> Scenario:
    return tiny(days=DAYS, **tables)


def judged(scenario: Scenario, candidate: Plan) -> tuple[list[str], list[str]]:
    """The hard rules of the three stages that condemn a plan, and those that its past breaks; who else could
    be where (claims) is not the matter here."""
    report = checker.verify(scenario, candidate)
    found = (report.broken, report.past)
    broken, past = (
        sorted(
            row.violation.rule for row in rows if row.stage != "derived" and row.violation.rule != "no_envy"
        )
        for rows in found
    )
    return broken, past


def both(rule: str, scenario: Scenario, before: Plan, after: Plan) -> None:
    """`before` breaks a rule once, in its past; `after` breaks it once more, in what comes."""
    assert judged(scenario, before) == ([], [rule])
    assert judged(scenario, after)[0] == [rule]
    # without a past both are judged
    assert set(judged(scenario, before.with_(as_of=None))[0]) == {rule}


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        # a and c were in C1 when these lists still said otherwise; b waits
        ("class_capacity", {"classes": rows("classes", C1={"capacity": 1})}),
        ("venue_capacity", {"venues": rows("venues", V1={"capacity": 1})}),
        ("age_range", {"classes": rows("classes", C1={"min_age": 9})}),  # a is 8
        ("employer_only", {"venues": rows("venues", V1={"only_for": ["Mill"]}), "children": rows(
            "children", c={"employer": ["Mill"]})}),
        ("minimum_to_open", {"classes": rows("classes", C1={"optional": True, "min_children": 3})}),
        ("kept_apart", {"children": rows("children", a={"apart": ["c"]})}),
        ("listed_choices", {"children": rows("children", a={"choices": ["C2"]})}),
        ("wanted_weeks", {"children": rows("children", a={"weeks": ["3"]})}),
        ("consent", {"children": rows("children", a={"status": "withdrawn"})}),
        ("siblings_must", {"children": rows(
            "children", a={"family": "F", "siblings": "must"}, b={"family": "F", "siblings": "must"})}),
        ("placement_locks", {"locks": [
            {"id": "L", "kind": "keep_out", "child": "a", "class_": "C1", "week": "1"}]}),
    ],
)  # fmt: skip
def test_places_of_weeks_begun(rule: str, tables: dict[str, Any]) -> None:
    # week 2 has begun too on the day before its Tuesday: nobody moves in it any more
    scenario = season(**tables)
    for week in ("1", "2"):
        if rule == "placement_locks" and week == "2":
            continue  # this lock is of week 1
        before = plan(placements=placed(f"a@C1/{week}", f"c@C1/{week}"), as_of=AS_OF)
        broken, past = judged(scenario, before)
        assert (broken, set(past)) == ([], {rule}), week  # a venue is too full in each of its shifts
        assert set(judged(scenario, before.with_(as_of=None))[0]) == {rule}
    if rule not in ("placement_locks", "wanted_weeks"):
        assert set(judged(scenario, plan(placements=placed("a@C1/3", "c@C1/3"), as_of=AS_OF))[0]) == {rule}


def test_sessions_and_duties_are_judged_from_the_day_on() -> None:
    gone = season(staff=[{**row, "cleared_until": "2024-07-01"} for row in TINY["staff"]])
    seats = placed("a@C1/2", "a@C1/3")
    for day, past in (("2024-07-22", True), ("2024-07-23", False), ("2024-07-29", False)):
        candidate = plan(placements=seats, duties=[{**DUTY, "date": day}], as_of=AS_OF)
        assert judged(gone, candidate) == (([], ["clearance"]) if past else (["clearance"], [])), day


def test_a_closure_entered_since_condemns_only_what_comes() -> None:
    closed = season(closures=[{"class_": "C1", "from_": "2024-07-15", "to": "2024-07-30"}])
    seats = placed("a@C1/1")
    before = plan(placements=seats, sessions=[{**SESSION, "date": "2024-07-16"}], as_of=AS_OF)
    broken, past = judged(closed, before)
    assert broken == []
    assert "closures" in past


def test_a_limit_of_the_season_is_history_where_the_days_before_break_it_alone() -> None:
    # the limit was lowered to one day when two had been worked: one too many, and nobody can mend that
    lowered = season(staff=rows("staff", t1={"max_days": 1}))
    seats = placed("a@C1/1", "a@C1/2", "a@C1/3")
    worked = [{**DUTY, "date": day} for day in ("2024-07-15", "2024-07-16")]
    before = plan(placements=seats, duties=worked, as_of=AS_OF)
    after = plan(placements=seats, duties=[*worked, {**DUTY, "date": "2024-07-29"}], as_of=AS_OF)
    both("duty_limits", lowered, before, after)


def test_a_limit_of_a_week_begun_likewise() -> None:
    once = [{**row, "max_per_week": 1} if row["id"] == "opera" else row for row in TINY["courses"]]
    lowered = season(courses=once)
    seats = placed("a@C1/1", "a@C1/2", "a@C1/3")
    days = ("2024-07-15", "2024-07-16")
    before = plan(placements=seats, sessions=[{**SESSION, "date": day} for day in days], as_of=AS_OF)
    rest = [{**SESSION, "date": day} for day in ("2024-07-22", "2024-07-23")]  # Tuesday's is to come
    after = plan(placements=seats, sessions=rest, as_of=AS_OF)
    both("course_limits", lowered, before, after)


def test_a_lock_of_a_week_to_come_is_no_history() -> None:
    # an empty past breaks it too: that excuses nothing
    season_ = season(locks=[{"id": "L", "kind": "place", "child": "a", "class_": "C1", "week": "3"}])
    assert judged(season_, plan(placements=placed("a@C1/1"), as_of=AS_OF))[0] == ["placement_locks"]
    on_duty = season(locks=[{"id": "L", "kind": "duty", "person": "t1", "class_": "C1", "week": "3"}])
    broken, past = judged(on_duty, plan(placements=placed("a@C1/1", "a@C1/3"), as_of=AS_OF))
    assert set(broken) == {"staffing_locks"}
    assert past == []


def test_what_a_plan_says_of_itself_is_no_history() -> None:
    told = plan(placements=placed("a@C1/1", choice=2), as_of=AS_OF, revision=2, previous_sha256="x")
    assert "choice" in {row.violation.rule for row in checker.verify(season(), told).broken}
