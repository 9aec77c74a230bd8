"""The checks bear whatever a plan says, and `blockers` names what a move would break."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.plan import Outing, Seating, Session
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules import Rule
from scheduler.rules.moves import Departure, Lesson
from scheduler.rules.wording import Wording
from tests.rules.timetable_halves import HARD, SOFT, day_plan, zoo
from tests.seasons import placed, rows, tiny

MONDAY = date(2024, 7, 15)
SCENARIO = tiny(trips=zoo(buses=1, seats_per_bus=5), courses=rows("courses", ball={"after": "opera"}))
NONSENSE = day_plan(
    "C9 15 P1 ball",
    "C1 15 P9 ball",
    "C1 15 P1 golf",
    "C1 31 P1 ball",
    "C1 15 L opera nobody nowhere",
    "C1 15 P1 ball",
    "C1 15 P1 ball",
    away=("C9 15 zoo", "C1 15 moon 1/2/3", "C1 31 zoo 7/-1/0", "C1 15 zoo 9/9/9", "C1 15 zoo"),
    placements=placed("a@C1/1", "a@C2/1", "nobody@C1/1", "b@C9/1", "c@C2/9"),
)


@pytest.mark.parametrize("rule", [*HARD, *SOFT], ids=lambda rule: rule.id())
def test_nonsense_is_judged_and_worded(rule: Rule) -> None:
    wordings = [Wording(catalogue(language), SCENARIO) for language in LANGUAGES]
    for found in rule.check(SCENARIO, NONSENSE):
        assert found.amount >= 1
        assert all(wording.violation(found) for wording in wordings)


def blockers(move: Lesson | Departure, *given: str) -> set[str]:
    plan = day_plan(*given)
    return {rule.id() for rule in HARD if any(rule.blockers(SCENARIO, plan, move))}


@pytest.mark.parametrize(
    ("period", "course", "teacher", "broken"),
    [
        ("P2", "opera", "s1", {"course_limits", "once_a_day"}),
        ("P1", "ball", None, {"one_thing_at_a_time", "course_order"}),
        ("P3", "ball", "s1", {"course_order", "teacher_qualified", "teacher_clash"}),
    ],
)
def test_a_session_is_blocked_by_what_it_breaks(
    period: str, course: str, teacher: str | None, broken: set[str]
) -> None:
    # C1 has opera with s1 in P1, C2 has it in P3 of the same day
    lesson = Lesson(Session(class_="C1", date=MONDAY, period=period, course=course, teacher=teacher))
    found = blockers(lesson, "C1 15 P1 opera s1", "C2 15 P3 opera s1")
    assert found == broken


def test_a_second_clash_is_seen_beside_an_old_one() -> None:
    # on Monday s1 is in two classes at once already; the move does the same on Tuesday
    given = ("C1 15 P1 opera s1", "C2 15 P1 opera s1", "C1 16 P1 opera s1")
    tuesday = Session(class_="C2", date=date(2024, 7, 16), period="P1", course="opera", teacher="s1")
    assert "teacher_clash" in blockers(Lesson(tuesday), *given)


def test_a_trip_is_blocked_by_a_session() -> None:
    seating = (Seating(bus=1, children=2, adults=0),)
    outing = Outing(trip="zoo", date=MONDAY, class_="C1", seating=seating)
    assert blockers(Departure(outing), "C1 15 P1 opera s1") == {"trip_absence"}
    assert blockers(Departure(outing), "C1 15 P3 opera s1") == set()
