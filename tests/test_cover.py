"""An absence covered: what is proposed for all posts together, and that nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler import workflow
from scheduler.domain.absence import Absence
from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.explainer import explain_cover
from scheduler.rules import Rulebook
from scheduler.solver import Options
from scheduler.workflow import Cover
from tests.explainer.test_cover import (
    ILL,
    LESSON,
    MONDAY,
    ROSTER,
    TUESDAY,
    given,
    homeroom,
    specialist,
    teacher,
)
from tests.seasons import TINY, placed, plan, rows, tiny

AWAY = Absence("s1", MONDAY, TUESDAY)
QUICK = Options(seconds=20, workers=2, reproducible=True)


def covered(season: Scenario, before: Plan, absence: Absence = ILL) -> Cover:
    return workflow.cover(season, before, absence, QUICK)


def outcomes(found: Cover) -> list[tuple[str, str | None]]:
    return [(row.outcome, row.person) for row in found.proposal.filled]


def broken(season: Scenario, after: Plan, *rules: str) -> list[object]:
    book = Rulebook(season.settings).by_id
    return [row for rule in rules for row in book[rule].check(season, after)]


# ---- duties ------------------------------------------------------------------------------------------------


def test_one_day_a_week_is_one_day_taken_and_one_left_empty() -> None:
    # t3 could take Monday's two posts or Tuesday's two; nobody else is there
    season = tiny(staff=rows("staff", t3=teacher(max_days_per_week=1)))
    found = covered(season, given(*ROSTER), Absence("t1", MONDAY, TUESDAY))
    assert sorted(outcomes(found), key=str) == [("gap", None)] * 2 + [("taken", "t3")] * 2
    assert len({row.date for row in found.plan.duties if row.person == "t3"}) == 1
    assert (found.proposal.must_before, found.proposal.must) == (0, 2)
    assert broken(season, found.plan, "duty_limits", "gaps") == []
    assert found.proposal.proven


def test_two_who_can_come_half_a_day_each_share_it() -> None:
    season = tiny(
        staff=rows("staff", t3=teacher(), t4=teacher()),
        availability=[
            {"person": "t3", "from_": TUESDAY, "to": TUESDAY, "shifts": ["PM"], "status": "no"},
            {"person": "t4", "from_": TUESDAY, "to": TUESDAY, "shifts": ["AM"], "status": "no"},
        ],
    )
    assert outcomes(covered(season, given(*ROSTER))) == [("taken", "t3"), ("taken", "t4")]


def test_who_knows_the_class_is_proposed() -> None:
    season = tiny(staff=rows("staff", t0=teacher(), t3=teacher()))
    roster = [row for row in ROSTER if (row["person"], row["date"], row["shift"]) != ("t1", MONDAY, "AM")]
    found = covered(season, given(*roster, *homeroom("t3", "C1", MONDAY, "AM")))
    assert outcomes(found) == [("taken", "t3")] * 2


def test_a_gap_of_before_is_not_filled_by_the_way() -> None:
    # two homeroom teachers are asked for, the ants had one: t3 and t4 could come, but one post was left
    season = tiny(
        staff=rows("staff", t3=teacher(), t4=teacher()),
        needs=[{"id": "lead", "role": "homeroom", "per_class": 2, "strength": "must"}],
    )
    found = covered(season, given(*ROSTER))
    assert [row.outcome for row in found.proposal.filled] == ["taken", "taken"]
    assert len(found.plan.duties) == len(ROSTER)
    assert found.proposal.must == found.proposal.must_before


def test_where_another_role_helps_what_it_leaves_open_is_told() -> None:
    # a volunteer is one of the two adults asked for, but does not lead: that must stays open, and why
    season = tiny(
        staff=rows("staff", v1={**teacher(roles=["volunteer"]), "id": "v1"}),
        needs=[
            {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
            {"id": "adults", "children_per_adult": 1, "strength": "soft"},
        ],
    )
    found = covered(season, given(*ROSTER))
    told = [(row.person, row.role, row.missing, row.must) for row in found.proposal.filled]
    assert told == [("v1", "volunteer", 1, 1)] * 2
    (group,) = found.openings.groups
    assert group.uncovered == (1, 2)
    assert {(row.need, row.reason) for row in group.why} == {("lead", "busy")}


def test_of_two_who_cost_the_same_the_one_listed_first_is_proposed() -> None:
    season = tiny(staff=rows("staff", t7=teacher(), t5=teacher(), t6=teacher()))
    found = covered(season, given(*ROSTER))
    assert [row.person for row in found.openings.groups[0].candidates] == ["t5", "t6", "t7"]
    assert outcomes(found) == [("taken", "t5")] * 2


def test_where_nobody_is_missed_nobody_is_called() -> None:
    season = tiny(staff=rows("staff", t3=teacher(), t4=teacher()))
    extra = homeroom("t3", "C1", TUESDAY, "AM")
    found = covered(season, given(*ROSTER, *extra), Absence("t3", MONDAY, TUESDAY))
    assert outcomes(found) == [("not_needed", None)]
    assert found.proposal.cost == pytest.approx(-20 - 2 - 10)  # one duty too many, one face, one teacher


def test_without_a_post_only_the_absence_is_noted() -> None:
    before = given(*ROSTER)
    found = covered(tiny(), before, Absence("s1", MONDAY, TUESDAY))
    assert found.openings.posts == ()
    assert found.plan.duties == before.duties
    assert (found.plan.revision, found.plan.previous_sha256) == (before.revision + 1, before.sha256)
    # told once more it is known, and the plan stays as it is
    assert covered(tiny(), found.plan, Absence("s1", MONDAY, TUESDAY)).plan == found.plan


def test_a_lock_that_cannot_be_kept_is_named() -> None:
    locks = [{"id": "L1", "kind": "duty", "person": "t1", "class_": "C1", "date": TUESDAY}]
    season = tiny(staff=rows("staff", t3=teacher()), locks=locks)
    found = covered(season, given(*ROSTER))
    assert outcomes(found) == [("taken", "t3")] * 2
    assert found.openings.locks == found.proposal.broken_locks == ("L1",)


def levels(name: str, **bounds: tuple[float, float]) -> dict[str, Any]:
    """A stage that ended with these values and bounds."""
    told = [
        {"name": level, "value": value, "bound": bound, "gap": 0} for level, (value, bound) in bounds.items()
    ]
    return {"name": name, "status": "optimal", "seconds": 1.0, "levels": told}


def bounds(found: Cover, name: str) -> list[tuple[float, float]]:
    (stage,) = (stage for stage in found.plan.stages if stage.name == name)
    return [(level.value, level.bound) for level in stage.levels]


def test_a_bound_is_kept_only_where_it_still_holds() -> None:
    # two faces (2.0 each) and nobody missing; t3 is one face more, so the old bounds hold. Without t3 two
    # musts are missing: less than 4.0 might then be possible, and of that level nothing is proven any more
    stage = levels("staffing", must_gaps=(0, 0), soft_gaps=(0, 0), soft=(4, 4))
    before = given(*ROSTER).with_(stages=plan(stages=[stage]).stages)
    kept = covered(tiny(staff=rows("staff", t3=teacher())), before)
    assert bounds(kept, "staffing") == [(0, 0), (0, 0), (4 + 2 + 10, 4)]
    lost = covered(tiny(), before)
    assert bounds(lost, "staffing") == [(2, 0), (0, 0), (4, 0)]


def test_a_rosters_bound_falls_with_the_timetable_it_was_proven_beside() -> None:
    stage = levels("staffing", must_gaps=(0, 0), soft_gaps=(0, 0), soft=(4, 4))
    before = given(*ROSTER, sessions=[LESSON]).with_(stages=plan(stages=[stage]).stages)
    found = covered(tiny(staff=rows("staff", s2=specialist())), before, AWAY)
    assert bounds(found, "staffing") == [(0, 0), (0, 0), (4, 0)]


# ---- sessions ----------------------------------------------------------------------------------------------


def taught(found: Cover) -> list[Session]:
    return [row for row in found.plan.sessions if row.course == "opera"]


def test_a_session_is_given_by_another_at_the_same_time() -> None:
    season = tiny(staff=rows("staff", s2=specialist()))
    found = covered(season, given(*ROSTER, sessions=[LESSON]), AWAY)
    assert outcomes(found) == [("taken", "s2")]
    assert [row.model_dump(by_alias=True) for row in taught(found)] == [
        {**LESSON, "teacher": "s2", "room": None}
    ]
    (change,) = found.plan.changes
    assert (change.kind, change.to, change.reason) == ("session", "opera/s2/-", "absent")


def test_only_where_nobody_can_it_is_dropped() -> None:
    found = covered(tiny(), given(*ROSTER, sessions=[LESSON]), AWAY)
    assert (outcomes(found), taught(found)) == ([("dropped", None)], [])


def test_a_lock_on_a_class_that_asks_for_what_is_dropped_is_told() -> None:
    # the lock names no teacher, so another could keep it; here nobody can
    lock = {"id": "L1", "kind": "session", "class_": "C1", "date": LESSON["date"], "course": "opera"}
    alone, before = tiny(locks=[lock]), given(*ROSTER, sessions=[LESSON])
    found = covered(alone, before, AWAY)
    assert (found.openings.locks, found.proposal.broken_locks) == ((), ("L1",))
    told = explain_cover(alone, found.openings, found.proposal)
    assert [line.parameters for line in told.lines if line.id == "cover.lock_open"] == [{"lock": "L1"}]
    helped = tiny(locks=[lock], staff=rows("staff", s2=specialist()))
    assert covered(helped, before, AWAY).proposal.broken_locks == ()


def test_one_teacher_is_not_in_two_classes_at_once() -> None:
    # s1 goes from the ants (P1) to the bees (P3); another has a session with the bees at P1. Both of s1's
    # can be given by s2 alone, so the bees' own at P1 stays with s3
    sessions = [LESSON, {**LESSON, "class": "C2", "period": "P3"}, {**LESSON, "class": "C2", "teacher": "s3"}]
    season = tiny(staff=rows("staff", s2=specialist(), s3=specialist()))
    found = covered(season, given(*ROSTER, sessions=sessions), AWAY)
    assert outcomes(found)[0] == ("taken", "s2")
    assert broken(season, found.plan, "teacher_clash", "teacher_travel") == []


def test_two_sessions_at_once_and_one_candidate_leave_one_dropped() -> None:
    # the two classes are at one venue; each session by itself could go to s2
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        rooms=[*TINY["rooms"], {"id": "R3", "venue": "V1", "capacity": 30}],
        staff=rows("staff", s2=specialist(), s4=specialist()),
    )
    other = {**LESSON, "class": "C2", "teacher": "s4"}
    before = given(sessions=[LESSON, other])
    both = before.with_(sessions=tuple(row.model_copy(update={"teacher": "s1"}) for row in before.sessions))
    season_without = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        rooms=[*TINY["rooms"], {"id": "R3", "venue": "V1", "capacity": 30}],
        staff=rows("staff", s2=specialist()),
    )
    assert sorted(outcomes(covered(season_without, both, AWAY)), key=str) == [
        ("dropped", None),
        ("taken", "s2"),
    ]
    assert {person for _, person in outcomes(covered(season, both, AWAY))} == {"s2", "s4"}


def test_limits_hold_over_duties_and_sessions_together() -> None:
    # s2 is on duty among the ants in the morning and works two shifts a day: of the sessions in the
    # afternoon and in the evening one can be taken, not both. The timetable alone knows of no duty
    shifts = [*TINY["shifts"], {"id": "EVE", "start": "18:00", "end": "20:00"}]
    periods = [*TINY["periods"], {"id": "P5", "start": "18:00", "end": "19:00", "shift": "EVE"}]
    season = tiny(
        shifts=shifts,
        periods=periods,
        courses=rows("courses", opera={"max_per_week": 4}),
        staff=rows(
            "staff", s2=teacher(roles=["specialist", "life"], courses=["opera"], max_shifts_per_day=2)
        ),
    )
    on_duty = homeroom("s2", "C1", TUESDAY, "AM", role="life")
    sessions = [{**LESSON, "period": "P3"}, {**LESSON, "period": "P5"}]
    found = covered(season, given(*ROSTER, *on_duty, sessions=sessions), AWAY)
    assert sorted(outcomes(found), key=str) == [("dropped", None), ("taken", "s2")]
    assert broken(season, found.plan, "duty_limits") == []


def test_what_may_only_come_after_a_dropped_session_goes_with_it() -> None:
    # ball builds on opera; with Monday's opera gone, Tuesday's ball would come too early
    season = tiny(courses=rows("courses", ball={"after": "opera"}))
    ball = {"class": "C1", "date": TUESDAY, "period": "P2", "course": "ball"}
    found = covered(season, given(*ROSTER, sessions=[{**LESSON, "date": MONDAY}, ball]), AWAY)
    assert found.plan.sessions == ()
    assert [row.course for row in found.proposal.dropped] == ["ball"]
    assert broken(season, found.plan, "course_order") == []


def test_who_is_in_the_room_of_a_class_that_now_stays_goes_to_their_own() -> None:
    # the ants had opera in the bees' room, the bees played ball in the ants'. Without the opera the ants stay
    # at home, and so do the bees
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        rooms=[*TINY["rooms"], {"id": "R3", "venue": "V1", "capacity": 30}],
    )
    ball = {"class": "C2", "date": TUESDAY, "period": "P1", "course": "ball", "room": "R1"}
    before = given(sessions=[{**LESSON, "room": "R3"}, ball])
    assert broken(season, before, "room_clash") == []
    found = covered(season, before, AWAY)
    assert [(row.class_, row.course, row.room) for row in found.plan.sessions] == [("C2", "ball", None)]
    assert found.proposal.moved == found.plan.sessions
    assert broken(season, found.plan, "room_clash") == []


def test_a_joint_session_goes_to_one_teacher() -> None:
    season = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": "R3"}),
        rooms=[*TINY["rooms"], {"id": "R3", "venue": "V1", "capacity": 30}],
        courses=rows("courses", opera={"joint": 20}),
        staff=rows("staff", s2=specialist(), s3=specialist()),
    )
    shared = [{**LESSON, "room": "R1"}, {**LESSON, "class": "C2", "room": "R1"}]
    before = plan(placements=placed("a@C1", "c@C2"), sessions=shared)
    found = covered(season, before, AWAY)
    assert len(found.openings.posts) == 1
    assert len({row.teacher for row in taught(found)}) == 1
    assert len(taught(found)) == 2
