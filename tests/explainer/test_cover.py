"""Substitutes: who is offered a post, in what order, and why nobody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain.absence import Absence, left_by, without
from scheduler.domain.covering import Candidate, OpenGroup, Openings
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.explainer import posts_left
from scheduler.rules import Rulebook
from tests.seasons import placed, plan, rows, tiny

MONDAY, TUESDAY = date(2024, 7, 15), date(2024, 7, 16)
CLEARED = "2030-01-01"
ILL = Absence("t1", TUESDAY, TUESDAY)


def homeroom(
    person: str, class_: str, day: date, *shifts: str, role: str = "homeroom"
) -> list[dict[str, Any]]:
    """Duties of a person in a class on a day."""
    venue = {"C1": "V1", "C2": "V2"}[class_]
    where = {"class": class_, "venue": venue, "date": day, "role": role}
    return [{"person": person, "shift": shift, **where} for shift in shifts]


def teacher(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - the cells of a row
    """A homeroom teacher who may come anywhere."""
    return {"kind": "teacher", "roles": ["homeroom"], "cleared_until": CLEARED, "name": "X", **changes}


# Tang has the ants, Tian the bees, all day on both days
ROSTER = [
    *homeroom("t1", "C1", MONDAY, "AM", "PM"),
    *homeroom("t1", "C1", TUESDAY, "AM", "PM"),
    *homeroom("t2", "C2", MONDAY, "AM", "PM"),
    *homeroom("t2", "C2", TUESDAY, "AM", "PM"),
]


def given(*duties: Mapping[str, Any], sessions: Any = ()) -> Plan:  # noqa: ANN401 - rows of a plan
    """One child among the ants, one among the bees, and these duties."""
    return plan(placements=placed("a@C1", "c@C2"), duties=[*duties], sessions=[*sessions])


def found(season: Scenario, roster: Plan, absence: Absence = ILL) -> Openings:
    return posts_left(season, roster, absence).openings


def only(openings: Openings) -> OpenGroup:
    (group,) = openings.groups
    return group


def price(row: Candidate) -> float:
    assert row.cost is not None
    return row.cost


def names(group: OpenGroup) -> list[str]:
    return [row.person for row in group.candidates]


# ---- who is offered, and in what order ------------------------------------------------------------------


def test_alike_posts_are_one_group_and_one_person_can_take_them_all() -> None:
    season = tiny(staff=rows("staff", t3=teacher()))
    openings = found(season, given(*ROSTER))
    group = only(openings)
    assert [(post.date, post.shift) for post in openings.posts] == [(TUESDAY, "AM"), (TUESDAY, "PM")]
    assert (group.class_, group.role, group.posts) == ("C1", "homeroom", (1, 2))
    assert [(row.person, row.takes, row.must) for row in group.candidates] == [("t3", (1, 2), 2)]
    assert openings.absence.until_end  # Tuesday is the season's last day


def test_who_knows_the_class_comes_before_a_stranger() -> None:
    # t3 had the ants on Monday morning: with t3 on Tuesday the ants see one face less that week (2.0) and
    # one homeroom teacher less in the season (10.0) than with t0, who would be first by id
    season = tiny(staff=rows("staff", t0=teacher(), t3=teacher()))
    roster = [row for row in ROSTER if (row["person"], row["date"], row["shift"]) != ("t1", MONDAY, "AM")]
    group = only(found(season, given(*roster, *homeroom("t3", "C1", MONDAY, "AM"))))
    assert names(group) == ["t3", "t0"]
    knows, stranger = group.candidates
    assert (knows.known, knows.known_in_week, stranger.known) == (1, 1, 0)
    assert price(stranger) - price(knows) == pytest.approx(2 + 10)


def test_who_can_take_more_comes_first_whatever_it_costs() -> None:
    # t3 cannot come in the afternoon; t4 is dear, but can take the whole day
    season = tiny(
        staff=rows("staff", t3=teacher(), t4=teacher(fee_per_shift=900)),
        availability=[
            {"person": "t3", "from_": TUESDAY, "to": TUESDAY, "shifts": ["PM"], "status": "no"},
            {"person": "t4", "from_": TUESDAY, "to": TUESDAY, "shifts": ["AM"], "status": "avoid"},
        ],
    )
    all_day, half = only(found(season, given(*ROSTER))).candidates
    assert (all_day.person, all_day.takes, all_day.avoids) == ("t4", (1, 2), 1)
    assert (half.person, half.takes) == ("t3", (1,))
    assert price(all_day) > price(half)


def test_a_wish_decides_between_equals() -> None:
    # both new, both free; t4 would rather avoid Tuesdays (3.0 for each of two duties)
    season = tiny(
        staff=rows("staff", t4=teacher(), t5=teacher()),
        availability=[{"person": "t4", "from_": TUESDAY, "to": TUESDAY, "status": "avoid"}],
    )
    first, second = only(found(season, given(*ROSTER))).candidates
    assert (first.person, second.person) == ("t5", "t4")
    assert price(second) - price(first) == pytest.approx(6)


@pytest.mark.parametrize(
    ("changes", "tables"),
    [
        ({"cleared_until": None}, {}),
        ({"cleared_until": "2024-07-15"}, {}),
        ({"birth_date": "2010-01-01"}, {}),
        ({"roles": ["specialist"]}, {}),
        ({"venues": ["V2"]}, {}),
        ({"max_distance_km": 1, "latitude": 39.90, "longitude": 116.4}, {}),
        ({"own_children": ["a"]}, {}),
        ({"max_days": 1}, {}),
        ({"max_days_per_week": 1}, {}),
        ({"max_shifts_per_day": 0}, {}),
        ({"kind": "volunteer"}, {}),
        ({}, {"availability": [{"person": "t3", "from_": TUESDAY, "to": TUESDAY, "status": "no"}]}),
        ({}, {"locks": [{"id": "L", "kind": "no_duty", "person": "t3"}]}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_whom_any_hard_rule_bars_is_not_offered(changes: dict[str, Any], tables: dict[str, Any]) -> None:
    # t3 helps the bees on Monday morning, so that a limit of one day is used up; the child `a` is an ant
    helps = homeroom("t3", "C2", MONDAY, "AM")
    able = tiny(staff=rows("staff", t3=teacher()))
    assert names(only(found(able, given(*ROSTER, *helps)))) == ["t3"]
    barred = tiny(staff=rows("staff", t3=teacher(**changes)), **tables)
    assert names(only(found(barred, given(*ROSTER, *helps)))) == []


def test_limits_hold_over_all_posts_together() -> None:
    # t3 may work one day a week: Monday or Tuesday, not both, though each by itself would do
    season = tiny(staff=rows("staff", t3=teacher(max_days_per_week=1)))
    group = only(found(season, given(*ROSTER), Absence("t1", MONDAY, TUESDAY)))
    assert [(row.person, row.takes) for row in group.candidates] == [("t3", (1, 2))]
    assert group.uncovered == ()


def test_the_cost_told_is_what_the_whole_score_differs_by() -> None:
    season = tiny(
        staff=[
            *rows("staff", t3=teacher(fee_per_shift=120), t4=teacher(min_days=1, partners=["t2"])),
            {**teacher(roles=["volunteer"]), "id": "v1", "volunteer_type": "student"},
        ],
        needs=[
            {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
            {"id": "two", "children_per_adult": 1, "strength": "soft"},
        ],
        availability=[{"person": "t3", "from_": TUESDAY, "to": TUESDAY, "status": "prefer"}],
    )
    roster = given(*ROSTER, *homeroom("t4", "C2", MONDAY, "AM"))
    rulebook, left = Rulebook(season.settings), left_by(season, roster, ILL)
    base = without(roster, left)
    group = only(found(season, roster))
    assert names(group)
    for row in group.candidates:
        posts = [left.duties[number - 1] for number in row.takes]
        steps = [
            replace(post, person=row.person, role=role) for post, role in zip(posts, row.roles, strict=True)
        ]
        before = rulebook.score(season, base.with_(duties=(*base.duties, *posts)))
        after = rulebook.score(season, base.with_(duties=(*base.duties, *steps)))
        total = sum(score.cost for score in after.values()) - sum(score.cost for score in before.values())
        assert row.cost == pytest.approx(total)


# ---- nobody ----------------------------------------------------------------------------------------------


def test_where_nobody_can_come_the_reason_is_told() -> None:
    # the only other homeroom teacher has the bees
    openings = found(tiny(), given(*ROSTER))
    group = only(openings)
    assert (names(group), group.uncovered) == ([], (1, 2))
    assert {(row.need, row.reason, row.must) for row in group.why} == {("lead", "busy", True)}
    assert all(near.person != "t1" for row in group.why for near in row.near)


def test_somebody_comes_over_if_another_can_take_their_place() -> None:
    # t5 works at the bees' venue alone: Tian goes to the ants, t5 to the bees
    season = tiny(staff=rows("staff", t5=teacher(venues=["V2"])))
    group = only(found(season, given(*ROSTER)))
    assert group.uncovered == (1, 2)
    switch = group.switches[0]
    assert (switch.comes.person, switch.comes.class_) == ("t2", "C1")
    assert (switch.leaves.class_, switch.instead.person) == ("C2", "t5")


def test_nobody_is_sought_where_nobody_is_missed() -> None:
    # a third homeroom teacher among the ants was more than asked for
    season = tiny(staff=rows("staff", t3=teacher(), t4=teacher()))
    extra = homeroom("t3", "C1", TUESDAY, "AM")
    openings = found(season, given(*ROSTER, *extra), Absence("t3", MONDAY, TUESDAY))
    assert [(post.missing, post.needed) for post in openings.posts] == [(0, False)]
    assert names(only(openings)) == []


def test_another_role_that_closes_something_is_offered_as_such() -> None:
    # two adults are asked for a child; a volunteer cannot lead, but is one of the two
    season = tiny(
        staff=rows("staff", v1={**teacher(roles=["volunteer"]), "id": "v1"}),
        needs=[
            {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
            {"id": "adults", "children_per_adult": 1, "strength": "soft"},
        ],
    )
    (row,) = only(found(season, given(*ROSTER))).candidates
    assert (row.person, row.roles, row.closes, row.must) == ("v1", ("volunteer", "volunteer"), 2, 0)


# ---- sessions --------------------------------------------------------------------------------------------

LESSON = {"class": "C1", "date": TUESDAY, "period": "P1", "course": "opera", "teacher": "s1"}
AWAY = Absence("s1", MONDAY, TUESDAY)


def specialist(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - the cells of a row
    """A specialist of opera."""
    return teacher(roles=["specialist"], courses=["opera"], **changes)


def test_a_session_goes_to_a_qualified_specialist_alone() -> None:
    season = tiny(
        courses=rows("courses", ball={"teacher": True}),
        staff=rows(
            "staff", s2=specialist(), s3={**specialist(), "courses": ["ball"]}, t3=teacher(courses=["opera"])
        ),
    )
    openings = found(season, given(*ROSTER, sessions=[LESSON]), AWAY)
    assert names(only(openings)) == ["s2"]
    assert openings.posts[0].missing is None


def test_a_specialist_who_teaches_or_stands_elsewhere_then_is_barred() -> None:
    # s2 gives a session to the bees at the same time; s3 has the bees on duty all morning
    season = tiny(staff=rows("staff", s2=specialist(), s3=specialist(), t2={"roles": ["homeroom", "life"]}))
    other = {**LESSON, "class": "C2", "teacher": "s2"}
    roster = given(*ROSTER, *homeroom("s3", "C2", TUESDAY, "AM", role="life"), sessions=[LESSON, other])
    group = only(found(season, roster, AWAY))
    assert (names(group), group.uncovered) == ([], (1,))
    assert {row.rule: row.people for row in group.against} == {
        "teacher_clash": ("s2",),
        "one_post_per_shift": ("s3",),
    }


def test_a_session_nobody_can_give_may_be_held_at_another_time() -> None:
    # s2 comes in the afternoon alone; opera once a week is asked for, so it is better then than never
    season = tiny(
        courses=rows("courses", opera={"min_per_week": 1}),
        staff=rows("staff", s2=specialist()),
        availability=[{"person": "s2", "from_": MONDAY, "to": TUESDAY, "shifts": ["AM"], "status": "no"}],
    )
    group = only(found(season, given(*ROSTER, sessions=[LESSON]), AWAY))
    (other,) = group.other_times
    assert (other.session.teacher, other.session.period[:1], other.instead_of) == ("s2", "P", ())
    assert other.session.period in ("P3", "P4")
    assert other.cost < 0


def test_one_person_for_everything_is_named() -> None:
    # Tang has the ants and a session of theirs; t3 could do both, t4 has no course
    season = tiny(
        staff=rows(
            "staff",
            t1={"roles": ["homeroom", "specialist"], "courses": ["opera"]},
            t3=teacher(roles=["homeroom", "specialist"], courses=["opera"]),
            t4=teacher(),
        )
    )
    lesson = {**LESSON, "teacher": "t1"}
    openings = found(season, given(*ROSTER, sessions=[lesson]))
    assert [group.kind for group in openings.groups] == ["duty", "session"]
    assert [row.person for row in openings.whole] == ["t3"]
    assert openings.whole[0].takes == (1, 2, 3)
