"""What a family is told: its own child, in plain words, and nothing of anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scheduler import workflow
from scheduler.domain.scenario import Scenario
from scheduler.explainer import Explanation, NotForFamilies, Telling, explain
from scheduler.explainer.family import explain_family
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Stand, Thing
from scheduler.explainer.obstacles import Obstacle
from scheduler.locale import LANGUAGES, catalogue
from tests.explainer.told import ids, in_all_languages, text
from tests.random_seats import declared, random_plan
from tests.seasons import placed, plan, rows, tiny

EXAMPLES = Path(__file__).parents[2] / "examples"

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
    assert "Ant (North), week 1: your child is number 2." in told
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
    assert "still have free places that fit your child: Bee (South) in week 1" in text(
        tiny(), given, "child:a", "family"
    )
    in_all_languages(tiny(), given, "child:a", "family")


@pytest.mark.parametrize(
    "ref", ["class:C1", "venue:V1", "person:t1", "course:opera", "all", "post:C1/2024-07-15/AM/homeroom"]
)
def test_families_are_told_of_children_only(ref: str) -> None:
    with pytest.raises(NotForFamilies):
        explain(tiny(), plan(), ref, "family")


# ---- every child of the examples ------------------------------------------------------------------------


def _values(explanation: Explanation) -> Iterator[object]:
    for line in (explanation.title, *explanation.lines):
        for value in line.parameters.values():
            yield from value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("name", ["tiny", "luoyang-2024", "beijing-2016/beijing-2016.xlsx"])
def test_no_letter_of_the_examples_holds_anything_of_another_child(name: str) -> None:
    season = workflow.scenario_of(EXAMPLES / name)
    ground = Ground(season, declared(season, random_plan(season, Random(1))))
    others = {word for row in season.children for word in (row.id, row.name, row.guardian, row.phone) if word}
    tellings = [Telling(catalogue(language), season, "family") for language in LANGUAGES]
    better = 0
    for row in season.children:
        found = explain_family(ground, row.id)
        people = {value.id for value in _values(found) if isinstance(value, Thing) and value.kind == "child"}
        assert people == {row.id}
        stands = [value for value in _values(found) if isinstance(value, Stand)]
        assert all(stand.rank == ground.standings.rank(row.id) for stand in stands)
        for telling in tellings:
            told = "\n".join(telling.line(line) for line in (found.title, *found.lines))
            for word in sorted(
                (row.name, season.draws[row.id], row.id, *_names(season)), key=len, reverse=True
            ):
                told = told.replace(word, " ")
            assert not [word for word in others - {row.id, row.name} if word in told]
        better += "family.waiting" in ids(found)
    assert better > len(season.children) / 10  # there is something to tell


def _names(season: Scenario) -> set[str]:
    """What everybody may read: names of venues and classes, and whom to ask there."""
    venues = {part for row in season.venues for part in (row.name, row.contact, row.phone)}
    return (venues | {row.name for row in season.classes} | {season.settings.season}) - {""}


def test_a_name_that_is_part_of_another_is_no_leak() -> None:
    # the other child is called as the venue, and its name begins the own child's
    others = {"a": {"name": "Bo"}, "c": {"name": "North"}, "b": {"name": "Bobby"}}
    season = tiny(children=rows("children", **others))
    found = explain(season, plan(placements=placed("a@C1", "c@C1", "b@C2", choice=2)), "child:b", "family")
    assert {v.id for v in _values(found) if isinstance(v, Thing) and v.kind == "child"} == {"b"}


def test_whom_to_call_is_the_venue_the_child_is_at() -> None:
    venues = rows("venues", V1={"contact": "Ms Qin", "phone": "0379-1"}, V2={"contact": "Mr Ma"})
    season = tiny(venues=venues)
    assert "South: Mr Ma" in text(season, plan(placements=placed("b@C2")), "child:b", "family")
    # a child without a place is told whom to ask at its first choice
    told = text(season, plan(placements=placed("a@C1", "c@C1")), "child:b", "family")
    assert "North: Ms Qin, 0379-1" in told
    assert "Mr Ma" not in told


def test_bound_siblings_are_told_of_themselves_alone() -> None:
    bound = {"family": "f", "siblings": "must", "choices": ["V1"], "birth_date": "2016-01-01"}
    sister = {"name": "Dan", **bound, "priority": "first"}
    season = tiny(children=rows("children", b=bound, d=sister))
    given = plan(placements=placed("a@C1"), open_classes=[{"class": "C1", "week": "1"}])
    told = text(season, given, "child:b", "family")
    assert "stand by the one of them who stands first" in told
    assert "rank" not in told.replace("smaller rank number", "")  # whose rank it is, is not told
    # one seat is free: alone the child could have it
    assert "if your children need not all be at one venue" in told
    assert "Dan" not in told


def test_weeks_that_have_begun_are_history() -> None:
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    given = plan(placements=placed("a@C1/1", "c@C1/1", "b@C2/1"), as_of="2024-07-18")
    season = tiny(days=days)
    for audience in ("coordinator", "family"):
        found = explain(season, given, "child:b", audience)
        begun = [line for line in found.lines if line.id.endswith(".begun")]
        assert len(begun) == 1
        in_all_languages(season, given, "child:b", audience)


def test_seats_that_somebody_holds_are_never_offered() -> None:
    # with stay by week a could take c's seat of week 2; a letter offers free seats only
    days = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]
    kids = rows("children", a={"stay": "whole", "choices": ["C1"]}, b={"priority": "first"})
    season = tiny(days=days, children=kids, classes=rows("classes", C1={"capacity": 1}))
    given = plan(placements=placed("b@C1/1", "c@C1/2"))
    changes = [row for row in explain(season, given, "child:a").lines if row.id == "change.stay"]
    assert changes
    assert "family.change.stay" not in ids(explain(season, given, "child:a", "family"))


def test_the_family_hears_that_nobody_behind_it_was_preferred_only_if_so() -> None:
    assert "family.assured" in ids(
        explain(tiny(), plan(placements=placed("a@C1", "c@C1", "b@C2")), "child:b", "family")
    )
    # c sits by a lock, and stands behind a
    season = tiny(locks=[{"id": "L1", "kind": "place", "child": "c", "class_": "C1"}])
    found = explain(season, plan(placements=placed("b@C1", "c@C1")), "child:a", "family")
    assert "family.assured" not in ids(found)
