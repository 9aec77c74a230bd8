"""C1 and C2 need a homeroom teacher in four shifts: eight gaps if nobody is on duty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from scheduler.domain.demand import gaps
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.derived.gaps import Gaps
from tests.rules.staffing_halves import people, roster, staffed
from tests.seasons import rows

MOST = (
    "t1 C1 15 AM",
    "t1 C1 15 PM",
    "t1 C1 16 AM",
    "t2 C2 15 AM",
    "t2 C2 15 PM",
    "t2 C2 16 AM",
    "t2 C2 16 PM",
)
ONE_GAP = {"need": "lead", "class": "C1", "venue": "V1", "date": "2024-07-16", "shift": "PM", "missing": 1}


def differences(scenario: Scenario, plan: Plan) -> list[int]:
    return [found.amount for found in Gaps().check(scenario, plan)]


def test_all_told() -> None:
    assert differences(staffed(), roster(*MOST, gaps=[ONE_GAP])) == []
    assert differences(staffed(), roster(*MOST, "t1 C1 16 PM")) == []


def test_one_left_out() -> None:
    assert differences(staffed(), roster(*MOST)) == [1]


def test_one_invented_and_one_left_out() -> None:
    wrong = {**ONE_GAP, "shift": "AM"}
    assert differences(staffed(), roster(*MOST, gaps=[wrong])) == [1, 1]


def test_a_wrong_number() -> None:
    assert differences(staffed(), roster(*MOST, gaps=[{**ONE_GAP, "missing": 3}])) == [2]


def test_one_number_told_in_two_rows() -> None:
    # nobody on duty, and two homeroom teachers asked of each class: 8 gaps of 2
    needs = [{"id": "lead", "role": "homeroom", "per_class": 2, "strength": "must"}]
    scenario = staffed(needs=needs)
    bare = roster()
    told = gaps(scenario, bare)
    assert {row.missing for row in told} == {2}
    assert differences(scenario, bare.with_(gaps=told)) == []
    half = told[0].model_copy(update={"missing": 1})
    assert differences(scenario, bare.with_(gaps=(half, half, *told[1:]))) == [1]


def test_nobody_missing_is_no_gap() -> None:
    with pytest.raises(ValidationError):
        roster(*MOST, gaps=[ONE_GAP, {**ONE_GAP, "shift": "AM", "missing": 0}])


def test_minors_fill_no_post() -> None:
    scenario = staffed(staff=people(t1={"birth_date": "2008-01-01"}))
    assert differences(scenario, roster(*MOST, gaps=[ONE_GAP])) == [1, 1, 1]


def test_whatever_the_domain_finds_is_true() -> None:
    """The domain's own reckoning and the rule's loops say the same, with every kind of need."""
    needs = [
        {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
        {"id": "more", "role": "homeroom", "per_class": 2},
        {"id": "ratio", "children_per_adult": 0.5, "counts": ["homeroom", "volunteer"]},
        {"id": "aid", "qualification": "first_aid"},
        {"id": "site", "role": "site", "setting": "venue", "per_class": 2, "shifts": ["AM"]},
        {"id": "aid_here", "setting": "venue", "qualification": "first_aid"},
    ]
    children = [
        {"id": id, "name": id, "birth_date": "2016-01-01", "needs": ["aide"] if id == "a" else []}
        for id in "abc"
    ]
    scenario = staffed(needs=needs, children=children, staff=people(v1={"qualifications": ["first_aid"]}))
    for duties in ((), MOST, (*MOST, "v1 C1 15 AM", "v2 C1 15 AM", "v3 C2 16 PM", "v1 C2 16 AM")):
        plan = roster(*duties)
        found = gaps(scenario, plan)
        assert found
        assert differences(scenario, plan.with_(gaps=found)) == []


def test_a_class_may_be_called_as_a_venue_is() -> None:
    venues = [{**row, "id": {"V2": "C1"}.get(str(row["id"]), row["id"])} for row in rows("venues")]
    rooms = [{"id": "R1", "venue": "V1", "capacity": 30}, {"id": "R2", "venue": "C1", "capacity": 30}]
    classes = rows("classes", C2={"venue": "C1"})
    scenario = staffed(venues=venues, rooms=rooms, classes=classes)
    # t2 is with the class C2 at the venue C1: the class C1 lacks its teacher all the same
    bare = roster()
    second = tuple(replace(row, venue="C1") for row in roster(*MOST[3:]).duties)
    found = gaps(scenario, bare.with_(duties=second))
    assert {(row.class_, row.venue) for row in found} == {("C1", "V1")}
    assert len(found) == 4
    assert differences(scenario, bare.with_(duties=second, gaps=found)) == []
