"""What posts ask for: C1 has two children (8 years), C2 one (9 years)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.domain.demand import (
    AIDE,
    Ask,
    adults_asked,
    adults_away,
    asks_around,
    class_asks,
    gaps,
    missing,
    most_useful,
    posts,
    venue_asks,
)
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import DUTY_ROLES, Role
from tests.rules.staffing_halves import CLEARED, people, roster, staffed
from tests.rules.timetable_halves import zoo
from tests.seasons import placed, rows

MONDAY = date(2024, 7, 15)


def need(id: str = "n", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - a need's fields
    return {"id": id, **fields}


def asked(*needs: dict[str, Any], class_: str = "C1", **tables: Any) -> dict[str, tuple[int, int]]:  # noqa: ANN401
    """Number and `beyond` by need, of a class on Monday morning."""
    scenario = staffed(needs=needs, **tables)
    found = class_asks(scenario, roster(), class_, MONDAY, "AM")
    return {ask.need: (ask.number, ask.beyond) for ask in found}


@pytest.mark.parametrize(
    ("changes", "away"),
    [
        ({}, 0),
        ({"each": 8}, 1),
        ({"each": 1}, 2),
        ({"needs": [need(role="volunteer", per_class=3)]}, 0),  # asked for here, not on trips
        ({"needs": [need(role="volunteer", per_class=3, setting="trip")]}, 3),
        ({"needs": [need(role="volunteer", per_class=3, setting="trip")], "each": 1}, 3),  # two of the three
        (
            {"needs": [need(role="life", per_class=1, setting="trip", shifts=["PM"])]},
            1,
        ),  # in one shift of two
        ({"needs": [need(role="life", per_class=1, setting="trip", max_age=7)]}, 0),  # the youngest is 8
        (
            {"children": rows("children", a={"needs": [AIDE]}), "each": 8},
            2,
        ),  # the aide beside the other adult
    ],
)
def test_a_class_away_asks_for_the_adults_of_its_trip(changes: dict[str, Any], away: int) -> None:
    given = {"needs": (), **changes}
    trips = zoo(children_per_adult=given.pop("each", None), shifts=["AM", "PM"])
    scenario = staffed(trips=trips, **given)
    assert adults_away(scenario, roster(), "C1", "1", scenario.trip["zoo"]) == away


def test_the_largest_ask_of_a_role_is_asked() -> None:
    one, two = need("one", role="volunteer", per_class=1), need("two", role="volunteer", per_class=2)
    assert asked(one, two) == {"two": (2, 0)}
    assert asked(one, need("lead", role="homeroom", per_class=1)) == {"one": (1, 0), "lead": (1, 0)}


def test_of_equal_asks_the_first_by_id_names_it() -> None:
    assert asked(need("b", role="life", per_class=1), need("a", role="life", per_class=1)) == {"a": (1, 0)}


@pytest.mark.parametrize(("each", "adults"), [(2, 1), (1.9, 2), (1, 2), (0.7, 3), (0.1, 20)])
def test_a_ratio_is_rounded_up(each: float, adults: int) -> None:
    assert asked(need(children_per_adult=each)) == {"n": (adults, 0)}  # two children


def test_a_ratio_of_all_roles_and_a_number_of_any_role_ask_the_same_people() -> None:
    every = [*DUTY_ROLES, "specialist"]
    ratio = need("ratio", children_per_adult=1, counts=every)
    assert asked(ratio, need("any", per_class=1)) == {"ratio": (2, 0)}


def test_a_must_stands_beside_a_larger_soft_ask_which_asks_for_the_rest() -> None:
    must = need("must", role="volunteer", per_class=1, strength="must")
    assert asked(must, need("soft", role="volunteer", per_class=3)) == {"must": (1, 0), "soft": (2, 1)}
    assert asked(must, need("soft", role="volunteer", per_class=1)) == {"must": (1, 0)}


def test_a_need_applies_by_the_youngest_child() -> None:
    young = need(role="life", per_class=1, max_age=8)
    assert asked(young) == {"n": (1, 0)}
    assert asked(young, class_="C2") == {}
    assert asked(need(role="life", per_class=1, min_age=9), class_="C2") == {"n": (1, 0)}


def test_a_need_applies_in_its_shifts() -> None:
    assert asked(need(role="life", per_class=1, shifts=["PM"])) == {}


def test_a_class_with_nobody_placed_asks_for_nobody() -> None:
    scenario = staffed(needs=[need(per_class=2)])
    idle = roster(placements=placed("c@C2"), open_classes=[{"class": "C1", "week": "1"}])
    assert class_asks(scenario, idle, "C1", MONDAY, "AM") == ()
    assert list(posts(scenario, idle)) == []  # C2 has children, and is not said to run


# ---- aides ------------------------------------------------------------------------------------------

AIDED = rows("children", a={"needs": ["aide"]})


def test_an_aide_is_beyond_all_other_needs() -> None:
    lead = need("lead", role="homeroom", per_class=1)
    assert asked(lead, children=AIDED) == {"lead": (1, 0), AIDE: (1, 1)}
    pair = need("pair", role="volunteer", per_class=2)
    assert asked(lead, pair, children=AIDED)[AIDE] == (1, 3)
    # a ratio of two over all roles is met by the three
    ratio = need("ratio", children_per_adult=1)
    assert asked(lead, pair, ratio, children=AIDED)[AIDE] == (1, 3)


def test_two_aides_without_other_needs() -> None:
    both = rows("children", a={"needs": ["aide"]}, b={"needs": ["aide", "glasses"]})
    assert asked(children=both) == {AIDE: (2, 0)}


def ask(number: int, *roles: Role) -> Ask:
    return Ask("n", number, roles or DUTY_ROLES, "", "must")


@pytest.mark.parametrize(
    ("asks", "adults"),
    [
        ([], 0),
        ([ask(1, "homeroom"), ask(2, "volunteer")], 3),
        ([ask(1, "homeroom"), ask(2, "volunteer"), ask(2)], 3),
        ([ask(1, "homeroom"), ask(2, "volunteer"), ask(5)], 5),
        # two of homeroom or life, and two volunteers: four; one homeroom teacher is among the two
        ([ask(2, "homeroom", "life"), ask(2, "volunteer"), ask(1, "homeroom")], 4),
    ],
)
def test_adults_asked_together(asks: list[Ask], adults: int) -> None:
    assert adults_asked(asks) == adults


def test_most_useful_of_a_role() -> None:
    asks = [ask(1, "homeroom"), ask(3), Ask(AIDE, 1, DUTY_ROLES, "", "must", beyond=3)]
    assert most_useful(asks[:1], "volunteer") == 0
    assert most_useful(asks[:2], "homeroom") == 3
    assert most_useful(asks, "homeroom") == 4


@pytest.mark.parametrize(
    ("number", "beyond", "present", "short"),
    [(2, 0, 0, 2), (2, 0, 1, 1), (2, 0, 3, 0), (1, 3, 4, 0), (1, 3, 3, 1), (1, 3, 0, 1)],
)
def test_missing(number: int, beyond: int, present: int, short: int) -> None:
    assert missing(Ask("n", number, DUTY_ROLES, "", "must", beyond), present) == short


# ---- trips ------------------------------------------------------------------------------------------

TRIP = {"id": "zoo", "name": "Zoo", "dates": ["2024-07-15"], "shifts": ["AM"], "children_per_adult": 1}
AWAY = [{"trip": "zoo", "date": "2024-07-15", "class": "C1"}]


def test_on_a_trip_the_needs_of_trips_replace_those_of_classes() -> None:
    scenario = staffed(
        trips=[TRIP],
        needs=[
            need("here", role="volunteer", per_class=1),
            need("away", role="homeroom", per_class=1, setting="trip"),
        ],
    )
    plan = roster(trips=AWAY)
    assert {ask.need for ask in class_asks(scenario, plan, "C1", MONDAY, "AM")} == {"away", "trip:zoo"}
    assert {ask.need for ask in class_asks(scenario, plan, "C1", MONDAY, "PM")} == {"here"}
    assert {ask.need for ask in class_asks(scenario, plan, "C2", MONDAY, "AM")} == {"here"}


def test_a_trips_own_ratio_is_a_must() -> None:
    found = class_asks(staffed(trips=[TRIP], needs=[]), roster(trips=AWAY), "C1", MONDAY, "AM")
    assert found == (Ask("trip:zoo", 2, DUTY_ROLES, "", "must"),)


# ---- venues -----------------------------------------------------------------------------------------

SITE = need("site", role="site", setting="venue", per_class=1)


def venue_season(*needs: dict[str, Any]) -> Scenario:
    warden = {"name": "W", "kind": "teacher", "roles": ["site"], **CLEARED}
    return staffed(needs=needs, staff=people(w1=warden, v1={"qualifications": ["first_aid"]}))


def test_a_venue_asks_where_a_class_runs() -> None:
    only_c1 = roster(placements=placed("a@C1"))
    assert [ask.need for ask in venue_asks(venue_season(SITE), only_c1, "V1", MONDAY, "AM")] == ["site"]
    assert venue_asks(venue_season(SITE), only_c1, "V2", MONDAY, "AM") == ()


def test_a_class_need_of_role_site_is_its_venues() -> None:
    scenario = venue_season(need("site", role="site", per_class=1))
    assert class_asks(scenario, roster(), "C1", MONDAY, "AM") == ()
    assert [ask.need for ask in venue_asks(scenario, roster(), "V1", MONDAY, "AM")] == ["site"]


def test_a_qualification_at_a_venue_may_be_a_classs_adult() -> None:
    scenario = venue_season(need("aid", setting="venue", qualification="first_aid", shifts=["AM"]))
    # two venues, two mornings
    assert len(gaps(scenario, roster())) == 4
    assert len(gaps(scenario, roster("v1 C1 15 AM"))) == 3
    assert len(gaps(scenario, roster("v2 C1 15 AM"))) == 4
    assert [ask.need for ask in asks_around(scenario, roster(), "C1", MONDAY, "AM")] == ["aid"]


def test_who_is_away_with_a_class_is_not_at_the_venue() -> None:
    aid = need("aid", setting="venue", qualification="first_aid", shifts=["AM"])
    scenario = venue_season(aid)
    away = scenario.with_(trips=staffed(trips=[{**TRIP, "children_per_adult": None}]).trips)
    plan = roster("v1 C1 15 AM", trips=AWAY)
    assert {(gap.venue, gap.date.day) for gap in gaps(away, plan)} == {
        ("V1", 15),
        ("V2", 15),
        ("V1", 16),
        ("V2", 16),
    }


# ---- gaps -------------------------------------------------------------------------------------------


def test_every_post_of_every_day_and_shift() -> None:
    scenario = staffed()  # each class needs a homeroom teacher, in two shifts of two days
    assert len(list(posts(scenario, roster()))) == 8
    assert sum(gap.missing for gap in gaps(scenario, roster())) == 8
    left = gaps(scenario, roster("t1 C1 15 AM", "t2 C2 15 AM", "v1 C1 15 PM"))
    assert len(left) == 6  # a volunteer is no homeroom teacher
    assert {(gap.need, gap.missing) for gap in left} == {("lead", 1)}


def test_minors_do_not_count_until_they_are_18() -> None:
    birthday = staffed(staff=people(t1={"birth_date": "2006-07-16"}))
    left = gaps(birthday, roster("t1 C1 15 AM", "t1 C1 16 AM", placements=placed("a@C1")))
    assert {(gap.date.day, gap.shift) for gap in left} == {(15, "AM"), (15, "PM"), (16, "PM")}


def test_one_person_counts_once() -> None:
    scenario = staffed(
        needs=[need(per_class=2, shifts=["AM"])], staff=people(t1={"roles": ["homeroom", "life"]})
    )
    plan = roster("t1 C1 15 AM", "t1 C1 15 AM life", placements=placed("a@C1"))
    assert [gap.missing for gap in gaps(scenario, plan)] == [1, 2]
