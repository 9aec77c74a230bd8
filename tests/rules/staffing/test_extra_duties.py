"""C1 and C2 ask for a homeroom teacher; more adults are extra unless something asks for them."""

from __future__ import annotations

import pytest

from tests.rules.staffing_halves import CLEARED, people, roster, staffed, try_out

LEAD = {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"}
PAIR = {"id": "pair", "role": "volunteer", "per_class": 2}
RATIO = {"id": "ratio", "children_per_adult": 1}  # two children in C1: two adults of any role
AID = {"id": "aid", "qualification": "first_aid"}
WARDEN = {"name": "W", "kind": "teacher", "roles": ["site"], **CLEARED}


@pytest.mark.parametrize(
    ("needs", "duties", "extra"),
    [
        ([LEAD], [], 0),
        ([LEAD], ["t1 C1 15 AM"], 0),
        ([LEAD], ["t1 C1 15 AM", "t2 C1 15 AM"], 1),
        ([LEAD], ["v1 C1 15 AM"], 1),  # nobody asked for a volunteer
        ([LEAD], ["t1 C1 15 AM", "v1 C1 15 AM", "v2 C1 15 AM"], 2),
        ([LEAD, PAIR], ["t1 C1 15 AM", "v1 C1 15 AM", "v2 C1 15 AM"], 0),
        # three volunteers where two are asked for are one too many, though the teacher is missing
        ([LEAD, PAIR], ["v1 C1 15 AM", "v2 C1 15 AM", "v3 C1 15 AM"], 1),
        # the ratio has a use for two of any role, and the teacher is one of them
        ([LEAD, RATIO], ["t1 C1 15 AM", "v1 C1 15 AM"], 0),
        ([LEAD, RATIO], ["t1 C1 15 AM", "v1 C1 15 AM", "v2 C1 15 AM"], 1),
        ([LEAD, AID], ["t1 C1 15 AM"], 0),
        ([], ["t1 C1 15 AM"], 1),
        ([LEAD], ["t1 C1 15 AM", "v1 C1 15 AM", "v1 C1 15 PM", "t2 C2 16 AM", "v2 C2 16 AM"], 3),
    ],
)
def test_beyond_what_is_asked(needs: list[dict[str, object]], duties: list[str], extra: int) -> None:
    try_out("extra_duties", staffed(needs=needs), roster(*duties), extra)


def test_people_of_a_venue() -> None:
    needs = [{"id": "site", "role": "site", "setting": "venue", "per_class": 1}]
    scenario = staffed(needs=needs, staff=people(w1=WARDEN, w2=WARDEN))
    try_out("extra_duties", scenario, roster("w1 @V1 15 AM"), 0)
    try_out("extra_duties", scenario, roster("w1 @V1 15 AM", "w2 @V1 15 AM"), 1)


def test_people_of_a_venue_that_asks_for_a_qualification() -> None:
    needs = [{**AID, "setting": "venue"}]
    scenario = staffed(needs=needs, staff=people(w1=WARDEN, w2={**WARDEN, "qualifications": ["first_aid"]}))
    try_out("extra_duties", scenario, roster("w2 @V1 15 AM"), 0)
    try_out("extra_duties", scenario, roster("w1 @V1 15 AM"), 1)
    try_out("extra_duties", scenario, roster("w1 @V1 15 AM", "w2 @V1 15 AM"), 1)


def test_minors_never_count() -> None:
    young = {"birth_date": "2008-01-01"}  # 16 that summer
    scenario = staffed(staff=people(v1=young), needs=[LEAD])
    try_out("extra_duties", scenario, roster("v1 C1 15 AM"), 0)
