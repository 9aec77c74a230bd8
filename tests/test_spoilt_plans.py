"""A plan with any one thing spoilt is found out, and by exactly that rule's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scheduler import checker
from scheduler.domain.plan import Change, Duty, Envy, OpenClass, Placement, Plan, Score, Session, Stage
from scheduler.domain.scenario import Scenario
from scheduler.rules import BY_ID, RULES
from tests.spoil import season
from tests.spoil.season import duty, outing, rederived, session
from tests.test_registry import CONTRACT

Spoil = Callable[[Plan], Plan]


# ---- small changes ------------------------------------------------------------------------------


def _moved(plan: Plan, **classes: str) -> Plan:
    """Children moved, in all the weeks they have: `_moved(plan, an="A2")`."""
    rows = (replace(row, class_=classes.get(row.child, row.class_)) for row in plan.placements)
    return plan.with_(placements=tuple(rows))


def _moved_in(plan: Plan, week: str, **classes: str) -> Plan:
    """The same for one week."""
    rows = tuple(
        replace(row, class_=classes[row.child]) if row.week == week and row.child in classes else row
        for row in plan.placements
    )
    return plan.with_(placements=rows)


def _seated(plan: Plan, child: str, class_: str, week: str) -> Plan:
    return plan.with_(
        placements=(*plan.placements, Placement(child=child, class_=class_, week=week, choice=1))
    )


def _unseated(plan: Plan, child: str) -> Plan:
    return plan.with_(placements=tuple(row for row in plan.placements if row.child != child))


def _session(plan: Plan, old: Session, **changes: object) -> Plan:
    assert old in plan.sessions
    new = tuple(row.model_copy(update=changes) if row == old else row for row in plan.sessions)
    return plan.with_(sessions=new)


def _more(plan: Plan, *sessions: Session) -> Plan:
    return plan.with_(sessions=(*plan.sessions, *sessions))


def _duty(plan: Plan, old: Duty, new: Duty) -> Plan:
    assert old in plan.duties
    return plan.with_(duties=tuple(new if row == old else row for row in plan.duties))


def _open(plan: Plan, class_: str, week: str) -> Plan:
    return plan.with_(open_classes=(*plan.open_classes, OpenClass(class_=class_, week=week)))


OPERA = session("A1", 15, "P1", "opera", "s1", "R3")
PAPER = session("A1", 15, "P3", "paper", "s2")
CLAY = session("A1", 16, "P1", "clay")
BALL = session("A1", 16, "P3", "ball")
BEES_PAPER = session("B1", 16, "P1", "paper", "s1")
BEES_BALL = session("B1", 17, "P1", "ball")
BEES_SONG = session("B1", 15, "P4", "song", "s3")
APES_SONG = session("A2", 15, "P3", "song", "s4")
BATS_SONG = session("B2", 15, "P1", "song", "s4")

DECISIONS: dict[str, Spoil] = {
    # ---- placement: every seat given or left keeps the classes full that others wait for
    # the same row twice: nobody sits anywhere else, but the week is given twice
    "one_class_per_week": lambda p: p.with_(placements=(*p.placements, p.placements[0])),
    # en asks for week 1 alone, and there is room in week 2
    "wanted_weeks": lambda p: _seated(p, "en", "E1", "2"),
    # the Eels of week 2 have children and no programme, so only the children miss the class
    "class_runs": lambda p: p.with_(
        open_classes=tuple(row for row in p.open_classes if (row.class_, row.week) != ("E1", "2"))
    ),
    # the Apes begin at nine and an is eight; gu takes its seat, so that no seat is left free
    "age_range": lambda p: _moved_in(p, "2", an="A2", gu="A1"),
    # three in a class of two; as many in the venue as before
    "class_capacity": lambda p: _moved_in(p, "1", gu="A1"),
    # a third child among the Apes, who have three seats, is the fifth in a venue of four
    "venue_capacity": lambda p: _seated(p, "ho", "A2", "1"),
    # mo named the Bees, not their venue; nu, who named the venue, takes its seat
    "listed_choices": lambda p: _moved(p, mo="B2", nu="B1"),
    # pi named the mill's venue, but its guardian works at the port
    "employer_only": lambda p: _seated(p, "pi", "E1", "1"),
    # bo, who says "apart" of fu, changes places with gu
    "kept_apart": lambda p: _moved(p, bo="A2", gu="A1"),
    # qu goes to East, which it named, without its sister; ro takes its seat
    "siblings_must": lambda p: _moved(p, qu="D1", ro="B1"),
    # su, who stays at one venue, is at South in week 1 and at East in week 2; ro, who need not stay, swaps
    "stay_kept": lambda p: _moved_in(p, "2", su="D1", ro="B1"),
    # wi has withdrawn
    "consent": lambda p: _seated(p, "wi", "D1", "2"),
    # the Elks open for one child, and need two
    "minimum_to_open": lambda p: _open(_seated(p, "ti", "E2", "1"), "E2", "1"),
    # ul is locked into its seat, and whom a lock places makes no claim
    "placement_locks": lambda p: _unseated(p, "ul"),
    # vi stands first and gets its second choice, ro its first
    "no_envy": lambda p: _moved(p, vi="D1", ro="B1"),
    # ---- timetable
    # ball during paper cutting; who leads it is on duty anyway
    "one_thing_at_a_time": lambda p: _more(p, session("A1", 15, "P3", "ball")),
    # ball at lunch
    "course_periods": lambda p: _session(p, BALL, period="L"),
    # chess from nine on, and an is eight
    "course_age": lambda p: _session(p, BALL, course="chess"),
    # a second opera in a week that allows one
    "course_limits": lambda p: _more(p, session("A1", 17, "P3", "opera", "s1", "R3")),
    # two periods from the last one before lunch on
    "session_length": lambda p: _session(p, OPERA, period="P2"),
    # clay on the day of the paper cutting it builds on, not on a later one
    "course_order": lambda p: _session(p, CLAY, date=PAPER.date, period="P4"),
    # ball again in the next period; four a week are allowed
    "once_a_day": lambda p: _more(p, session("A1", 16, "P4", "ball")),
    # s3 teaches song alone
    "teacher_qualified": lambda p: _session(p, BEES_PAPER, teacher="s3"),
    # s1 said no to Tuesday afternoon
    "teacher_available": lambda p: _session(p, BEES_PAPER, period="P3"),
    # s2 sings with the Apes while it cuts paper with the Ants next door
    "teacher_clash": lambda p: _session(p, APES_SONG, teacher="s2"),
    # s2 ends at North at 15:00 and begins at South, 27 minutes away, at 15:15
    "teacher_travel": lambda p: _session(p, BEES_SONG, teacher="s2"),
    # s3 gives one session a day, and has one that afternoon
    "teacher_limits": lambda p: _session(p, BATS_SONG, teacher="s3"),
    # opera without a stage
    "room_fit": lambda p: _session(p, OPERA, room=None),
    # clay in the Apes' room, where the Apes are
    "room_clash": lambda p: _session(p, CLAY, room="R2"),
    # the one kit is with the Ants at that time
    "kits": lambda p: _session(p, BEES_PAPER, date=PAPER.date, period="P3"),
    # the Apes join the Ants' opera, which is not for sharing
    "joint_sessions": lambda p: _more(p, OPERA.model_copy(update={"class_": "A2"})),
    # the museum is not on offer on Monday
    "trip_dates": lambda p: p.with_(trips=(outing(22, children=2),)),
    # twice to the museum, where each class goes once
    "trip_places": lambda p: p.with_(trips=(*p.trips, outing(23, children=2))),
    # one of two children has no seat
    "bus_seats": lambda p: p.with_(trips=(outing(24, children=1),)),
    # ball in the morning that the class is at the museum
    "trip_absence": lambda p: _session(p, session("A1", 24, "P3", "ball"), period="P1"),
    # South is closed on Wednesday afternoon
    "closures": lambda p: _session(p, BEES_BALL, period="P3"),
    # ball is locked on Wednesday
    "timetable_locks": lambda p: p.with_(sessions=tuple(row for row in p.sessions if row != BEES_BALL)),
    # ---- staffing
    # t1 is no life teacher
    "duty_role": lambda p: _duty(
        p, duty("t1", "homeroom", "A1", 15, "AM"), duty("t1", "life", "A1", 15, "AM")
    ),
    # w1 offers mornings
    "duty_available": lambda p: _duty(
        p, duty("w1", "volunteer", "A1", 15, "AM"), duty("w1", "volunteer", "A1", 15, "PM")
    ),
    # t4 is cleared until Tuesday
    "clearance": lambda p: _duty(
        p, duty("t4", "homeroom", "B2", 16, "AM"), duty("t4", "homeroom", "B2", 17, "AM")
    ),
    # w1 works at North
    "work_area": lambda p: _duty(
        p, duty("w1", "volunteer", "A1", 15, "AM"), duty("w1", "volunteer", "B1", 15, "AM")
    ),
    # t1 in two classes of one venue at once: no way to go, but two posts
    "one_post_per_shift": lambda p: p.with_(duties=(*p.duties, duty("t1", "homeroom", "A2", 15, "AM"))),
    # from North at noon to East, nearly three hours away, at two
    "duty_travel": lambda p: p.with_(duties=(*p.duties, duty("t1", "homeroom", "D1", 15, "PM"))),
    # t2 works one shift a day
    "duty_limits": lambda p: p.with_(duties=(*p.duties, duty("t2", "homeroom", "A2", 15, "PM"))),
    # pa's child an is among the Ants
    "own_child": lambda p: _duty(
        p, duty("pa", "volunteer", "A2", 16, "AM"), duty("pa", "volunteer", "A1", 16, "AM")
    ),
    # t3 is locked into this duty
    "staffing_locks": lambda p: p.with_(duties=tuple(row for row in p.duties if row.person != "t3")),
    # ---- what runs: derived from the placements, and the score from it
    # the Elks are said to run, and nobody is there
    "open_classes": lambda p: _open(p, "E2", "1"),
}
"""Decisions spoilt; what follows from them is reckoned anew, honestly."""

DERIVED: dict[str, Spoil] = {
    # an's first choice is called its second
    "choice": lambda p: p.with_(
        placements=tuple(replace(row, choice=2) if row.child == "an" else row for row in p.placements)
    ),
    # somebody who waits is left out
    "waitlist": lambda p: p.with_(waitlist=p.waitlist[1:]),
    # a post that nobody fills is not told
    "gaps": lambda p: p.with_(gaps=p.gaps[1:]),
    # a soft rule is said to have cost less
    "score": lambda p: p.with_(score={**p.score, "empty_periods": Score(amount=0, cost=0.0)}),
    # a class is said to be withheld, and runs
    "withheld": lambda p: p.with_(withheld=(OpenClass(class_="A1", week="1"),)),
    # a class that did not open is said to be withheld, though adults are not reckoned with
    "staff_reserve": lambda p: p.with_(withheld=(OpenClass(class_="E2", week="1"),)),
    # a plan that replaces none speaks of weeks that had begun
    "revision": lambda p: p.with_(as_of="2024-07-15"),
    # a plan that replaces none tells of a change
    "changes": lambda p: p.with_(changes=(Change(kind="placement", ref="child:an/1", to="A1"),)),
    # somebody is said to be away on a day of duty
    "absences": lambda p: p.with_(
        absences=({"person": p.duties[0].person, "from": p.duties[0].date, "to": p.duties[0].date},)
    ),
    # a stage is told twice
    "stages": lambda p: p.with_(stages=(Stage(name="placement", status="feasible", seconds=1.0),) * 2),
    # the draw is said to have had another seed
    "draw_settings": lambda p: p.with_(lottery_seed="another"),
    # a claim that nobody has
    "envy": lambda p: p.with_(envy=(Envy(child="an", week="1", class_="A2", reason="bound_unit"),)),
}
"""Values spoilt that follow from the decisions."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return season.scenario()


@pytest.fixture(scope="module")
def clean() -> Plan:
    return season.plan()


def _broken(scenario: Scenario, plan: Plan) -> set[str]:
    return {found.violation.rule for found in checker.verify(scenario, plan).broken}


def test_the_plan_is_clean_before_it_is_spoilt(scenario: Scenario, clean: Plan) -> None:
    assert _broken(scenario, clean) == set()
    # so that there is something to leave out
    assert clean.waitlist
    assert clean.gaps
    assert clean.score["empty_periods"].amount > 0


@pytest.mark.parametrize("id", DECISIONS)
def test_a_spoilt_decision_is_named(scenario: Scenario, clean: Plan, id: str) -> None:
    spoilt = DECISIONS[id](clean)
    assert spoilt != clean
    assert _broken(scenario, rederived(scenario, spoilt)) == {id}


@pytest.mark.parametrize("id", DERIVED)
def test_a_spoilt_value_is_named(scenario: Scenario, clean: Plan, id: str) -> None:
    spoilt = DERIVED[id](clean)
    assert spoilt != clean
    assert _broken(scenario, spoilt) == {id}


@pytest.mark.parametrize("id", sorted({id for ids in CONTRACT.values() for id in ids.split()}))
def test_every_hard_rule_of_the_contract_has_a_spoilt_plan(id: str) -> None:
    assert id in BY_ID
    assert id in DECISIONS | DERIVED


@pytest.mark.parametrize("id", sorted(rule.id() for rule in RULES if rule.hard))
def test_every_hard_rule_of_the_house_has_a_spoilt_plan(id: str) -> None:
    assert id in DECISIONS | DERIVED


def test_a_spoilt_plan_is_still_found_out_after_it_was_written_and_read(
    scenario: Scenario, clean: Plan
) -> None:
    again = Plan.model_validate_json(DECISIONS["class_capacity"](clean).to_json())
    assert "class_capacity" in _broken(scenario, again)
