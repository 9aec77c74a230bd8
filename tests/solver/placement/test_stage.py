"""The stage behind its door: replanning, parts, contradictions, withheld classes, repeatability."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler import checker
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook, StageName
from scheduler.solver.door import Contradiction, Frozen, Limits, Part, Request, Stop
from scheduler.solver.placement import searching, solve
from tests.placement_seasons import placement_cost
from tests.seasons import placed, plan, rows, tiny

JUDGED: tuple[StageName, ...] = ("placement", "derived")
WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def request(scenario: Scenario, **more: Any) -> Request:  # noqa: ANN401 - the request's own fields
    limits = more.pop("limits", Limits(seconds=20, workers=1))
    return Request(scenario, Rulebook(scenario.settings), more.pop("so_far", Plan()), limits, **more)


def seats(found: Plan) -> set[str]:
    return {f"{row.child}@{row.class_}/{row.week}" for row in found.placements}


def test_the_tiny_season() -> None:
    # two seats at each venue: a (first) at C1, and one of b, c; the other at its second choice
    found = solve(request(tiny())).plan
    assert len(found.placements) == 3
    assert found.class_of("a", "1") == "C1"
    assert sorted(row.choice for row in found.placements) == [1, 1, 2]
    assert [row.position for row in found.waitlist] == [1]


def test_a_replan_changes_as_little_as_can_be() -> None:
    # b and c are alike: whichever the published plan has at V1 stays there
    for here, there in (("b", "c"), ("c", "b")):
        before = plan(placements=placed("a@C1", f"{here}@C1", f"{there}@C2"))
        answer = solve(request(tiny(), previous=before))
        assert seats(answer.plan) == seats(before)
        assert {level.name: level.value for level in answer.stage.levels}["changes"] == 0


def test_weeks_that_have_begun_are_frozen() -> None:
    # in week 1 the published plan has only c placed; from week 2 on all are
    before = plan(placements=placed("c@C2/1", "c@C2/2"))
    frozen = Frozen(as_of=date(2024, 7, 22))
    found = solve(request(tiny(days=WEEKS), previous=before, frozen=frozen)).plan
    assert {seat for seat in seats(found) if seat.endswith("/1")} == {"c@C2/1"}
    assert len([seat for seat in seats(found) if seat.endswith("/2")]) == 3


def test_who_withdrew_since_loses_only_the_weeks_not_begun() -> None:
    before = plan(placements=placed("a@C1/1", "b@C1/1", "c@C2/1", "a@C1/2", "b@C1/2", "c@C2/2"))
    # a withdrew; c wants only week 2 by now, and was there in week 1; "gone" is on no list any more
    children = rows("children", a={"status": "withdrawn"}, c={"weeks": ["2"]})
    season = tiny(days=WEEKS, children=children)
    frozen = Frozen(as_of=date(2024, 7, 22))
    gone = before.with_(placements=(*before.placements, *plan(placements=placed("gone@C2/1")).placements))
    found = solve(request(season, previous=gone, frozen=frozen)).plan
    assert {"a@C1/1", "b@C1/1", "c@C2/1", "b@C1/2"} <= seats(found)
    assert not found.class_of("a", "2")
    assert not found.class_of("gone", "1")
    assert found.class_of("c", "2")
    assert {("C1", "1"), ("C2", "1")} <= found.running
    broken = {row.violation.rule for row in checker.verify(season, found).broken if row.stage in JUDGED}
    assert broken - {"revision", "gaps", "score"} == set()


def test_what_is_frozen_stands_even_where_todays_rules_would_not_have_it() -> None:
    # the class has become smaller than it was in week 1
    before = plan(placements=placed("a@C1/1", "b@C1/1"))
    smaller = tiny(days=WEEKS, classes=rows("classes", C1={"capacity": 1}))
    found = solve(request(smaller, previous=before, frozen=Frozen(as_of=date(2024, 7, 22)))).plan
    assert {"a@C1/1", "b@C1/1"} <= seats(found)


def test_a_part_leaves_the_rest_as_it_is() -> None:
    so_far = plan(placements=placed("c@C2/1"))
    found = solve(request(tiny(days=WEEKS), so_far=so_far, part=Part(weeks=frozenset({"2"})))).plan
    assert {seat for seat in seats(found) if seat.endswith("/1")} == {"c@C2/1"}


def test_withheld_classes_offer_no_seat() -> None:
    found = solve(request(tiny()), withheld=frozenset({("C1", "1")})).plan
    assert {row.class_ for row in found.placements} == {"C2"}
    assert ("C1", "1") not in found.running
    # the plan says so: nobody has a claim to what was withheld
    assert found.kept_back == {("C1", "1")}
    assert not found.envy


@pytest.mark.parametrize(
    ("tables", "named"),
    [
        (
            {  # two locks want the same child in two classes
                "locks": [
                    {"id": "L1", "kind": "place", "child": "c", "class_": "C1"},
                    {"id": "L2", "kind": "place", "child": "c", "class_": "C2"},
                ]
            },
            {"locks:L1", "locks:L2"},
        ),
        (
            {  # a is too young for C1
                "classes": rows("classes", C1={"min_age": 12}),
                "locks": [{"id": "L1", "kind": "place", "child": "a", "class_": "C1"}],
            },
            {"locks:L1", "classes:C1", "children:a"},
        ),
        (
            {  # one seat, two locks
                "classes": rows("classes", C1={"capacity": 1}),
                "locks": [
                    {"id": "L1", "kind": "place", "child": "a", "class_": "C1"},
                    {"id": "L2", "kind": "place", "child": "b", "class_": "C1"},
                ],
            },
            {"locks:L1", "locks:L2", "classes:C1"},
        ),
        (
            {  # siblings bound together, locked apart
                "children": rows("children", b={"family": "F", "siblings": "must"}, c={"family": "F"}),
                "locks": [
                    {"id": "L1", "kind": "place", "child": "b", "class_": "C1"},
                    {"id": "L2", "kind": "keep_out", "child": "c", "class_": "C1"},
                ],
            },
            {"locks:L1", "locks:L2", "children:b"},
        ),
        (
            {  # open, but everybody is kept out
                "locks": [
                    {"id": "L1", "kind": "open", "class_": "C2"},
                    {"id": "L2", "kind": "keep_out", "class_": "C2"},
                ]
            },
            {"locks:L1", "locks:L2"},
        ),
    ],
)
def test_a_contradiction_names_the_rows_of_which_none_can_be_spared(
    tables: dict[str, Any], named: set[str]
) -> None:
    with pytest.raises(Contradiction) as caught:
        solve(request(tiny(**tables)))
    assert {f"{row.table}:{row.id}" for row in caught.value.rows} == named


def test_reproducible_means_the_same_plan_again() -> None:
    limits = Limits(seconds=10, workers=1, reproducible=True)
    found = [solve(request(tiny(days=WEEKS), limits=limits)) for _ in range(2)]
    assert found[0].plan.to_json() == found[1].plan.to_json()
    assert found[0].stage == found[1].stage
    assert found[0].stage.seconds is None


@pytest.mark.parametrize("tables", [{}, {"locks": [{"id": "L", "kind": "open", "class_": "C2"}]}])
@pytest.mark.parametrize("policy", ["fair", "seats"])
def test_who_stops_at_once_has_a_plan_all_the_same(policy: str, tables: dict[str, Any]) -> None:
    stop = Stop()
    stop.request()
    scenario = tiny({"season": "tiny", "policy": policy}, **tables)
    found = solve(request(scenario, limits=Limits(seconds=20, workers=1, stop=stop)))
    for rule in Rulebook(scenario.settings).of_stage("placement", hard=True):
        assert not list(rule.check(scenario, found.plan)), rule.id()
    assert all(level.gap >= 0 for level in found.stage.levels)
    soft = next(level for level in found.stage.levels if level.name == "soft")
    assert soft.value == pytest.approx(placement_cost(scenario, found.plan))


def test_where_no_plan_without_claims_turns_up_in_time_the_fewest_are_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # the first seats are no good and the search for others has no time: the claims level is told honestly
    monkeypatch.setattr(searching, "TRIAL", 0.0)
    monkeypatch.setattr(searching, "starts", lambda *_: iter([{}]))
    found = solve(request(tiny(days=WEEKS)))
    told = {level.name: (level.value, level.bound) for level in found.stage.levels}
    assert list(told["claims"]) == [0, 0]
    assert not found.plan.envy
    assert len(found.plan.placements) == 6
