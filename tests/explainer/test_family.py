"""What a family is told: its own child, in plain words, and nothing of anybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.domain.scenario import Scenario
from scheduler.explainer import NotForFamilies, Telling, explain
from scheduler.explainer.obstacles import Obstacle
from scheduler.locale import LANGUAGES, catalogue
from tests.explainer.told import ids, in_all_languages, text
from tests.seasons import placed, plan, rows, tiny

# names and ids that occur nowhere else, so that any trace of them is a leak
OTHERS: dict[str, dict[str, Any]] = {
    "id-canary-1": {"name": "NAME-CANARY-1", "birth_date": "2016-01-01", "priority": "first"},
    "id-canary-2": {"name": "NAME-CANARY-2", "birth_date": "2016-01-01", "priority": "RANK-CANARY"},
}


def crowded(**own: object) -> Scenario:
    """b among two others, who fill C1; every free text about them is a canary too."""
    others = {
        id: {**row, "choices": ["V1"], "family": "FAMILY-CANARY", "employer": ["EMPLOYER-CANARY"],
             "medical": "MEDICAL-CANARY", "allergies": "ALLERGY-CANARY", "guardian": "GUARDIAN-CANARY"}
        for id, row in OTHERS.items()
    }  # fmt: skip
    return tiny(
        children=rows("children", b=own, **others),
        priorities=[
            {"id": "first", "name": "First", "rank": 1},
            {"id": "second", "name": "Second", "rank": 2},
            {"id": "RANK-CANARY", "name": "RANK-CANARY", "rank": 77},
        ],
        locks=[{"id": "LOCK-CANARY", "kind": "place", "child": "id-canary-2", "class_": "C1",
                "reason": "REASON-CANARY", "owner": "OWNER-CANARY"}],
    )  # fmt: skip


SEATED = placed("id-canary-1@C1", "id-canary-2@C1")
QUEUE = [
    {"class": "C1", "week": "1", "child": "id-canary-1", "position": 1},
    {"class": "C1", "week": "1", "child": "b", "position": 2},
]
ENVY = [{"child": "id-canary-1", "week": "1", "class": "C1", "reason": "bound_unit"}]


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"apart": ["id-canary-1"]},
        {"friends": ["id-canary-1"]},
        {"stay": "weeks"},
        {"stay": "whole"},
        {"family": "FAMILY-CANARY"},
        {"family": "FAMILY-CANARY", "siblings": "must"},
        {"choices": []},
        {"status": "withdrawn"},
        {"consent": False},
    ],
)
@pytest.mark.parametrize("policy", ["fair", "seats"])
@pytest.mark.parametrize("seats", [SEATED, [*SEATED, *placed("b@C2", choice=2)], []])
def test_nothing_of_another_child_is_told(own: dict[str, Any], policy: str, seats: list[Any]) -> None:
    season = crowded(**own)
    given = plan(placements=seats, waitlist=QUEUE, envy=ENVY, policy=policy)
    found = explain(season, given, "child:b", "family")
    for language in LANGUAGES:
        told = text(season, given, "child:b", "family", language)
        data = json.dumps(Telling(catalogue(language), season, "family").data(found), ensure_ascii=False)
        assert "CANARY" not in told + data
        assert "canary" not in told + data
        assert "77" not in told + data.replace(season.draws["b"], "")  # the other's rank


def test_the_canaries_would_sing() -> None:
    # the coordinator's explanation of the same child names them: the test above looks for what is there
    season, given = crowded(), plan(placements=SEATED, waitlist=QUEUE)
    assert "NAME-CANARY-2" in text(season, given, "child:b")


@pytest.mark.parametrize("reason", ["apart", "kept_out", "locked_elsewhere", "rule", "free", "no_gain"])
def test_reasons_that_lie_with_others_are_all_told_alike(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.explainer.obstacles.to_seat", lambda *_: (Obstacle(reason),))
    found = ids(explain(tiny(), plan(placements=placed("b@C2")), "child:b", "family"))
    assert "family.why.rules" in found


def test_a_letter_tells_what_was_asked_what_came_and_where_the_child_waits() -> None:
    season = crowded()
    given = plan(placements=[*SEATED, *placed("b@C2", choice=2)], waitlist=QUEUE)
    told = text(season, given, "child:b", "family")
    assert "Choice 1: North." in told
    assert "week 1: a place in Bee (South), your choice number 2." in told
    assert "All places are taken: Ant (North)." in told
    assert "waiting list of Ant (North), at position 2" in told
    assert "C1" not in told  # names, no ids


def test_no_number_of_children_is_told() -> None:
    # C1 is optional, needs three, and two would come: the letter says only that it does not run
    season = tiny(classes=rows("classes", C1={"optional": True, "min_children": 3}))
    found = explain(season, plan(placements=placed("b@C2")), "child:b", "family")
    line = next(line for line in found.lines if line.id == "family.why.not_run")
    assert set(line.parameters) == {"classes"}


def test_the_own_draw_can_be_repeated() -> None:
    season = tiny({"season": "tiny", "ties": "draw", "lottery_seed": "7"})
    told = text(season, plan(placements=placed("b@C2")), "child:b", "family")
    assert season.draws["b"] in told
    assert "7|tiny|b" in told


def test_places_left_elsewhere_are_offered() -> None:
    running = [{"class": "C1", "week": "1"}, {"class": "C2", "week": "1"}]
    given = plan(placements=placed("b@C1", "c@C1"), open_classes=running)
    assert "still have places: Bee (South)" in text(tiny(), given, "child:a", "family")
    in_all_languages(tiny(), given, "child:a", "family")


@pytest.mark.parametrize(
    "ref", ["class:C1", "venue:V1", "person:t1", "course:opera", "all", "post:C1/2024-07-15/AM/homeroom"]
)
def test_families_are_told_of_children_only(ref: str) -> None:
    with pytest.raises(NotForFamilies):
        explain(tiny(), plan(), ref, "family")
