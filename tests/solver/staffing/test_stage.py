"""The staffing stage behind its door: levels, locks, replanning, parts, prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.derived.gaps import Gaps
from scheduler.solver import staffing
from scheduler.solver.door import Answer, Contradiction, Frozen, Limits, Part, Request, Stop
from tests.rules.staffing_halves import CLEARED, OFFERS, duty, people, roster, staffed
from tests.seasons import placed, rows

LIMITS = Limits(seconds=20, workers=1)
LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}


def solve(scenario: Scenario, so_far: Plan | None = None, **more: Any) -> Answer:  # noqa: ANN401
    """The stage's answer, checked: no hard rule broken, gaps true, levels what the rules say."""
    rulebook = Rulebook(scenario.settings)
    request = Request(scenario, rulebook, so_far or roster(), **{"limits": LIMITS, **more})
    answer = staffing.solve(request)
    for rule in (*rulebook.of_stage("staffing", hard=True), Gaps()):
        assert list(rule.check(scenario, answer.plan)) == []
    value = values(answer)
    assert value["must_gaps"] + value["soft_gaps"] == sum(gap.missing for gap in answer.plan.gaps)
    if not request.shared:
        soft = rulebook.of_stage("staffing", hard=False)
        score = rulebook.score(scenario, answer.plan)
        assert value["soft"] == pytest.approx(sum(score[rule.id()].cost for rule in soft))
    return answer


def values(answer: Answer) -> Mapping[str, float]:
    return {level.name: level.value for level in answer.stage.levels}


def on_duty(answer: Answer, person: str) -> set[str]:
    return {f"{row.class_ or row.venue} {row.date.day} {row.shift}" for row in answer.plan.duties_of(person)}


def test_everything_filled_and_nobody_called_in_vain() -> None:
    # one homeroom teacher and two volunteers in each of two classes, four shifts: but three volunteers only
    answer = solve(staffed(needs=[LEAD, PAIR]))
    assert values(answer)["must_gaps"] == 0
    assert values(answer)["soft_gaps"] == 4  # one of four posts of every shift
    assert len(answer.plan.duties) == 8 + 12
    assert answer.stage.status == "optimal"
    assert [level.name for level in answer.stage.levels] == ["must_gaps", "soft_gaps", "soft"]


def test_must_gaps_come_before_soft_ones() -> None:
    # t1 may work one shift a day: the must of C1 takes it, not the two soft posts of C2
    needs = [{**LEAD, "max_age": 8}, {"id": "wish", "role": "homeroom", "per_class": 2, "min_age": 9}]
    staff = [
        {
            "id": "t1",
            "name": "T",
            "kind": "teacher",
            "roles": ["homeroom"],
            "max_shifts_per_day": 1,
            **CLEARED,
        }
    ]
    answer = solve(staffed(needs=needs, staff=staff, availability=[]))
    assert {row.class_ for row in answer.plan.duties} == {"C1"}
    assert values(answer)["must_gaps"] == 2
    assert values(answer)["soft_gaps"] == 8


def test_an_aide_is_missing_only_beyond_the_others() -> None:
    # C1 asks for a teacher and an aide: with t1 alone the aide is missing, with v1 nobody is
    aided = rows("children", a={"needs": ["aide"]})
    so_far = roster(placements=placed("a@C1"))
    alone = solve(staffed(needs=[LEAD], children=aided, availability=[]), so_far)
    assert {gap.need for gap in alone.plan.gaps} == set()  # t2 is a teacher too and may be the aide
    only_t1 = people(t2={"cleared_until": None})
    alone = solve(staffed(needs=[LEAD], children=aided, availability=[], staff=only_t1), so_far)
    assert {(gap.need, gap.missing) for gap in alone.plan.gaps} == {("aide", 1)}
    helped = solve(staffed(needs=[LEAD], children=aided, staff=only_t1), so_far)
    assert helped.plan.gaps == ()


def test_nobody_at_all_is_gaps_not_a_contradiction() -> None:
    both = rows("children", a={"needs": ["aide"]}, b={"needs": ["aide"]})
    needs = [{**LEAD, "strength": "must"}, {"id": "more", "role": "homeroom", "per_class": 3}]
    answer = solve(
        staffed(needs=needs, children=both, staff=[], availability=[]),
        roster(placements=placed("a@C1", "b@C1")),
    )
    assert values(answer)["must_gaps"] == 4 * (1 + 2)
    assert values(answer)["soft_gaps"] == 4 * 2


def test_minors_are_on_duty_only_by_a_lock_and_fill_nothing() -> None:
    young = {"birth_date": "2008-01-01"}
    needs = [{"id": "one", "role": "volunteer", "per_class": 1}]
    base = {"needs": needs, "staff": people(v1=young, v2={"cleared_until": None}, v3={"cleared_until": None})}
    assert solve(staffed(**base)).plan.duties == ()
    lock = {"id": "L", "kind": "duty", "person": "v1", "class_": "C1", "date": "2024-07-15", "shift": "AM"}
    answer = solve(staffed(**base, locks=[lock]))
    assert on_duty(answer, "v1") == {"C1 15 AM"}
    assert values(answer)["soft_gaps"] == 8


def test_own_lessons_are_kept_and_others_respected() -> None:
    both = {"roles": ["homeroom", "specialist"], "courses": ["opera"]}
    lesson = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "t1"}
    answer = solve(staffed(staff=people(t1=both)), roster(sessions=[lesson]))
    assert "C2 15 AM" not in on_duty(answer, "t1")
    assert answer.plan.gaps == ()


def test_a_trip_is_staffed_in_the_class() -> None:
    trips = [{"id": "zoo", "name": "Zoo", "dates": ["2024-07-15"], "shifts": ["AM"], "children_per_adult": 1}]
    away = [{"trip": "zoo", "date": "2024-07-15", "class": "C1"}]
    answer = solve(staffed(trips=trips), roster(trips=away))
    assert len(answer.plan.duties_in("C1", date(2024, 7, 15), "AM")) == 2
    assert answer.plan.gaps == ()


def test_people_of_a_venue() -> None:
    warden = {"name": "W", "kind": "teacher", "roles": ["site"], "venues": ["V1"], **CLEARED}
    needs = [{"id": "site", "role": "site", "setting": "venue", "per_class": 1, "shifts": ["AM"]}]
    answer = solve(staffed(needs=needs, staff=people(w1=warden)))
    assert on_duty(answer, "w1") == {"V1 15 AM", "V1 16 AM"}
    assert {gap.venue for gap in answer.plan.gaps} == {"V2"}


# ---- contradictions ---------------------------------------------------------------------------------


def lock(id: str, **fields: object) -> dict[str, object]:
    return {"id": id, "kind": "duty", "person": "v1", "date": "2024-07-15", "shift": "AM", **fields}


def contradiction(scenario: Scenario) -> set[tuple[str, str]]:
    with pytest.raises(Contradiction) as caught:
        solve(scenario)
    assert caught.value.stage == "staffing"
    return {(row.table, row.id) for row in caught.value.rows}


def test_two_locks_want_one_person_in_two_places() -> None:
    locks = [lock("L1", class_="C1"), lock("L2", class_="C2"), lock("L3", class_="C1", person="v2")]
    assert contradiction(staffed(locks=locks)) == {("locks", "L1"), ("locks", "L2")}


def test_a_lock_against_a_lock() -> None:
    locks = [lock("L1", class_="C1"), lock("L2", kind="no_duty", person=None, class_=None)]
    assert contradiction(staffed(locks=locks)) == {("locks", "L1"), ("locks", "L2")}


def test_a_lock_against_a_limit_names_the_person() -> None:
    locks = [lock("L1", shift=None, class_="C1")]
    staff = people(v1={"max_shifts_per_day": 1})
    assert contradiction(staffed(locks=locks, staff=staff)) == {("locks", "L1"), ("staff", "v1")}


def test_a_lock_on_somebody_who_cannot_come_names_both() -> None:
    refused = [*OFFERS, {"person": "v1", "from_": "2024-07-15", "to": "2024-07-15", "status": "no"}]
    found = contradiction(staffed(locks=[lock("L1", class_="C1")], availability=refused))
    assert found == {("locks", "L1"), ("staff", "v1")}


# ---- replanning -------------------------------------------------------------------------------------


def test_what_was_published_stays_where_it_can() -> None:
    scenario = staffed(needs=[LEAD, {**PAIR, "per_class": 1}])
    first = solve(scenario).plan
    # v1 cannot come on Tuesday after all: only v1's duties of that day change
    refused = [*OFFERS, {"person": "v1", "from_": "2024-07-16", "to": "2024-07-16", "status": "no"}]
    lost = [row for row in first.duties_of("v1") if row.date.day == 16]
    again = solve(
        staffed(needs=[LEAD, {**PAIR, "per_class": 1}], availability=refused), first, previous=first
    )
    assert values(again)["changes"] == len(lost)
    assert values(again)["soft_gaps"] == 0
    assert set(first.duties) - set(again.plan.duties) == set(lost)


def test_the_past_is_not_decided_anew() -> None:
    # t2 was in C1 on Monday, which nobody would do again; from Tuesday on all is free
    before = roster("t2 C1 15 AM", "t2 C1 15 PM", "v1 C1 15 AM")
    answer = solve(staffed(), before, previous=before, frozen=Frozen(date(2024, 7, 16)))
    monday = {row for row in answer.plan.duties if row.date.day == 15}
    assert monday == set(before.duties)
    assert {row.date.day for row in answer.plan.gaps} == {15}
    assert values(answer)["changes"] == 0


def test_the_past_counts_towards_limits() -> None:
    staff = people(t1={"max_days": 1}, t2={"cleared_until": None})
    before = roster("t1 C1 15 AM")
    answer = solve(staffed(staff=staff), before, previous=before, frozen=Frozen(date(2024, 7, 16)))
    assert on_duty(answer, "t1") == {"C1 15 AM"}


def test_a_part_leaves_the_rest_alone() -> None:
    before = roster("t1 C2 15 AM")
    answer = solve(staffed(), before, part=Part(venues=frozenset({"V1"})))
    assert {row for row in answer.plan.duties if row.venue == "V2"} == set(before.duties)
    assert {gap.venue for gap in answer.plan.gaps} == {"V2"}


def test_shared_prices_turn_to_the_cheaper_person() -> None:
    so_far = roster(placements=placed("a@C1"))
    dear = solve(staffed(), so_far, shared={"person:t1": 5.0})
    assert not on_duty(dear, "t1")
    assert values(dear)["soft"] < 5
    dear = solve(staffed(), so_far, shared={"person:t2": 5.0})
    assert not on_duty(dear, "t2")


# ---- limits -----------------------------------------------------------------------------------------


def test_reproducible_is_the_same_twice() -> None:
    scenario = staffed(needs=[LEAD, PAIR])
    limits = Limits(seconds=5, workers=2, reproducible=True)
    first, second = (solve(scenario, limits=limits) for _ in range(2))
    assert first.plan == second.plan
    assert first.stage == second.stage
    assert first.stage.seconds is None


def test_a_wish_to_stop_gives_the_best_so_far() -> None:
    stop = Stop()
    stop.request()
    answer = solve(staffed(needs=[LEAD, PAIR]), limits=replace(LIMITS, stop=stop))
    assert values(answer)["must_gaps"] <= 8


def test_an_empty_season() -> None:
    answer = solve(staffed(), Plan())
    assert answer.plan.duties == ()
    assert values(answer) == {"must_gaps": 0, "soft_gaps": 0, "soft": 0}


def test_duty_helper_reads_as_meant() -> None:
    assert duty("w1 @V2 15 AM").class_ is None
