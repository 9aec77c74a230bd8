"""The limit that keeps a class from a course, on hand-written plans of the tiny season."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules.base import Phrase
from scheduler.rules.shortage import Shortages
from scheduler.rules.wording import Wording
from tests.rules.timetable_cases import COLLEAGUE
from tests.rules.timetable_halves import day_plan, zoo
from tests.seasons import rows, tiny


def why(*sessions: str, away: tuple[str, ...] = (), course: str = "opera", **tables: Any) -> Phrase:  # noqa: ANN401
    """What keeps C1 from opera (once a week wanted unless said otherwise)."""
    tables.setdefault("courses", wanted())
    scenario = tiny(**tables)
    found = Shortages(scenario, day_plan(*sessions, away=away)).why("C1", "1", course)
    for language in LANGUAGES:
        assert Wording(catalogue(language), named=scenario).phrase(found)
    return found


def wanted(**opera: object) -> list[dict[str, Any]]:
    return rows("courses", opera={"min_per_week": 1, "max_per_week": 2, **opera})


def staff(**s1: object) -> list[dict[str, Any]]:
    return rows("staff", s1=s1)


@pytest.mark.parametrize(
    ("reason", "sessions", "tables"),
    [
        ("weekly_limit", (), {"courses": wanted(max_per_week=0)}),
        (
            "season_limit",
            ("C1 15 P1 opera s1",),
            {"courses": wanted(min_per_week=2, max_per_season=1)},
        ),
        ("nobody", (), {"staff": staff(courses=["ball"])}),
        ("no_kit", (), {"courses": wanted(kits=0)}),
        ("no_room", (), {"courses": wanted(room_feature="stage")}),  # only V2 has a stage
        ("no_block", (), {"courses": wanted(length=3)}),
        ("few_days", (), {"courses": wanted(min_per_week=3, max_per_week=3)}),  # two days, once a day
        ("not_before", (), {"courses": wanted(after="ball")}),
        ("away", (), {"staff": staff(venues=["V2"])}),
        ("away", (), {"staff": staff(cleared_until=None)}),
        # one session a week was offered, and C2 has it
        ("limits", ("C2 15 P1 opera s1",), {"staff": staff(max_sessions_per_week=1)}),
        # Monday's only and Tuesday's only session are C2's
        ("limits", ("C2 15 P1 opera s1", "C2 16 P1 opera s1"), {"staff": staff(max_sessions_per_day=1)}),
        # C2 has P1 of both days with s1; the other periods are closed: V1 is 27 minutes away
        (
            "busy",
            ("C2 15 P1 opera s1", "C2 16 P1 opera s1"),
            {"periods": [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}]},
        ),
        # the one kit is in V2 whenever there is a period
        (
            "kits",
            ("C2 15 P1 opera s2", "C2 16 P1 opera s2"),
            {
                "courses": wanted(kits=1),
                "staff": rows("staff", s2=COLLEAGUE),
                "periods": [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}],
            },
        ),
        ("locked", (), {"locks": [{"id": "L1", "kind": "no_session", "course": "opera"}]}),
        ("preferred", (), {}),  # s1 is free all week
        ("preferred", ("C1 15 P1 ball", "C1 15 P2 ball"), {}),  # the class's own sessions are no obstacle
    ],
)
def test_the_binding_limit(reason: str, sessions: tuple[str, ...], tables: dict[str, Any]) -> None:
    assert why(*sessions, **tables).id == f"shortage.{reason}"


def test_a_minor_who_could_teach_is_no_obstacle() -> None:
    assert why(staff=staff(birth_date="2010-01-01")).id == "shortage.preferred"


def test_one_room_with_the_feature_is_taken() -> None:
    # both classes at V1, the stage is in H alone, and C2 is there in the only period
    found = why(
        "C2 15 P1 opera s2 H",
        "C2 16 P1 opera s2 H",
        courses=wanted(room_feature="stage"),
        rooms=[{"id": "R1", "venue": "V1"}, {"id": "H", "venue": "V1", "features": ["stage"]}],
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        staff=rows("staff", s2=COLLEAGUE),
        periods=[{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}],
    )
    assert found == Phrase("shortage.rooms", {"feature": "stage"})


def test_a_class_away_on_both_mornings_has_too_few_days() -> None:
    morning = [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}]
    found = why(
        away=("C1 15 zoo",),
        courses=wanted(min_per_week=2),
        periods=morning,
        trips=zoo(),
    )
    assert found == Phrase("shortage.few_days", {"days": 1, "least": 2})


def test_a_later_day_may_follow_the_course_before() -> None:
    assert why("C1 15 P1 ball", courses=wanted(after="ball")).id == "shortage.preferred"


def test_a_free_teacher_is_told_before_a_busy_one() -> None:
    taken = ("C2 15 P1 opera s1", "C2 16 P1 opera s1")
    morning = [{"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"}]
    assert why(*taken, periods=morning).id == "shortage.busy"
    assert why(*taken, periods=morning, staff=rows("staff", s2=COLLEAGUE)).id == "shortage.preferred"
