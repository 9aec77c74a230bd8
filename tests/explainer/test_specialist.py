"""A specialist: the share, the route, and why no more."""

from __future__ import annotations

from scheduler.explainer import explain
from scheduler.explainer.lines import Explanation
from tests.explainer.told import ids, in_all_languages, text
from tests.rules.timetable_cases import COLLEAGUE
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

SEASON = tiny(
    courses=rows("courses", opera={"max_per_week": 2}),
    staff=rows("staff", s1={"max_sessions_per_day": 2}, s2=COLLEAGUE),
)
GIVEN = day_plan("C1 15 P1 opera s1", "C2 15 P3 opera s1", "C2 16 P1 opera s1")


def told(found: Explanation, id: str) -> dict[str, object]:
    return dict(next(line.parameters for line in found.lines if line.id == id))


def test_the_share_of_what_was_offered_beside_others() -> None:
    found = explain(SEASON, GIVEN, "person:s1")
    # two a day on two days; s2 offers 8 and gives none
    assert told(found, "specialist.offered") == {"n": 4, "given": 3, "share": "75%"}
    assert told(found, "specialist.peers")["mean"] == "0%"
    alone = explain(tiny(), day_plan(), "person:s1")
    assert "specialist.no_peers" in ids(alone)


def test_the_route_with_its_ways() -> None:
    found = explain(SEASON, GIVEN, "person:s1")
    assert told(found, "specialist.visits") == {"visits": 3, "ways": 1}
    assert "way of 27 min, then 14:00" in text(SEASON, GIVEN, "person:s1")
    in_all_languages(SEASON, GIVEN, "person:s1")


def test_why_no_more() -> None:
    found = explain(SEASON, GIVEN, "person:s1")
    assert told(found, "specialist.day_limit") == {"n": 1}  # Monday: two of two
    assert told(found, "specialist.day_left") == {"n": 1}
    away = tiny(availability=[{"person": "s1", "from_": "2024-07-15", "to": "2024-07-15", "status": "no"}])
    assert told(explain(away, day_plan(), "person:s1"), "specialist.day_off") == {"n": 1}


def test_a_joint_session_is_one() -> None:
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}), courses=rows("courses", opera={"joint": 9})
    )
    shared = day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1")
    found = explain(season, shared, "person:s1")
    assert told(found, "person.work")["sessions"] == 1
    assert told(found, "specialist.offered")["given"] == 1


def test_others_are_not_told_of_teaching() -> None:
    assert not [id for id in ids(explain(tiny(), day_plan(), "person:t1")) if id.startswith("specialist.")]
