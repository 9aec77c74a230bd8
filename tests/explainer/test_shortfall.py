"""Why adults are missing, and which limit would help: every reason and limit, one thing changed at a time."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from scheduler.domain.demand import counts, gaps
from scheduler.domain.moments import moments
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import HURDLES, Shortfall
from scheduler.explainer import Telling, explain, explain_shortfall, shortfall
from scheduler.explainer.ground import Ground
from scheduler.explainer.shortfall.hurdles import OF_RULE, Hurdles
from scheduler.explainer.trials import try_duty
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules.staffing.work_area import WorkArea
from tests.domain.test_demand import need
from tests.explainer.told import ids
from tests.rules.staffing_halves import OFFERS, people, roster, staffed

VOLUNTEER_EACH = need("v", role="volunteer", per_class=1, max_age=8, shifts=["AM"], strength="must")
"""One volunteer for C1 (its youngest is 8; C2 has a child of 9), each morning."""
ALONE = {"v2": {"roles": ["life"]}, "v3": {"roles": ["life"]}}
"""v1 is the only volunteer."""


def season(needs: list[dict[str, Any]] | None = None, **changes: Any) -> Scenario:  # noqa: ANN401 - rows of staff
    tables = {name: changes.pop(name) for name in ("locks", "availability") if name in changes}
    return staffed(needs=needs or [VOLUNTEER_EACH], staff=people(**{**ALONE, **changes}), **tables)


def found(scenario: Scenario, plan: Plan) -> Shortfall:
    """The shortfall, put into words in every language on the way."""
    told = shortfall(scenario, plan.with_(gaps=gaps(scenario, plan)))
    for language in LANGUAGES:
        telling = Telling(catalogue(language), scenario)
        explanation = explain_shortfall(scenario, told)
        for line in (explanation.title, *explanation.lines):
            telling.line(line)
    return told


def monday(told: Shortfall) -> Any:  # noqa: ANN401 - a vacancy
    return next(row for row in told.vacancies if row.date.day == 15)


@pytest.mark.parametrize(
    ("reason", "needs", "duties", "change"),
    [
        ("role", None, (), {"v1": {"roles": ["life"]}}),
        ("here", [need("v", role="volunteer", per_class=2, max_age=8)], ("v1 C1 15 AM",), {}),
        ("qualification", [need("aid", qualification="first_aid", max_age=8)], (), {}),
        ("offered", None, (), {"availability": []}),
        ("minor", None, (), {"v1": {"birth_date": "2010-01-01"}}),
        ("cleared", None, (), {"v1": {"cleared_until": None}}),
        ("cleared", None, (), {"v1": {"cleared_until": "2024-07-14"}}),
        ("reach", None, (), {"v1": {"venues": ["V2"]}}),
        # from South to North it is 5.6 km
        ("reach", None, (), {"v1": {"latitude": 39.9, "longitude": 116.4, "max_distance_km": 5}}),
        ("parent", None, (), {"v1": {"own_children": ["a"]}}),
        ("locked", None, (), {"locks": [{"id": "L1", "kind": "no_duty", "person": "v1", "class_": "C1"}]}),
        ("limit", None, ("v1 C1 16 AM",), {"v1": {"max_days": 1}}),
        ("busy", None, ("v1 C2 15 AM",), {}),
        ("able", None, (), {}),
    ],
)
def test_the_reason_is_the_last_thing_that_anybody_fails_at(
    reason: str, needs: list[dict[str, Any]] | None, duties: tuple[str, ...], change: dict[str, Any]
) -> None:
    told = found(season(needs, **change), roster(*duties))
    assert monday(told).reason == reason
    assert (monday(told).able == ("v1",)) == (reason == "able")


def test_the_only_first_aider_is_a_parent_of_that_class() -> None:
    # v2 is no first-aider, v1 is, but a's parent; s1 is a specialist and no candidate
    aid = need("aid", qualification="first_aid", max_age=8, shifts=["AM"], strength="must")
    season_ = season([aid], v1={"qualifications": ["first_aid"], "own_children": ["a"]})
    row = monday(found(season_, roster()))
    assert (row.reason, row.tally["parent"]) == ("parent", 1)
    assert row.tally["qualification"] == 4  # t1, t2, v2, v3
    (offer,) = found(season_, roster()).offers
    assert (offer.role, offer.qualifications, offer.total) == ("volunteer", ("first_aid",), 2)


def test_everybody_is_counted_at_the_first_hurdle_only() -> None:
    # v1 offers nothing and is not cleared either; v2 is not cleared; v3 is at C2
    season_ = staffed(
        needs=[VOLUNTEER_EACH],
        staff=people(v1={"cleared_until": None}, v2={"cleared_until": None}),
        availability=[row for row in OFFERS if row["person"] != "v1"],
    )
    row = monday(found(season_, roster("v3 C2 15 AM")))
    assert row.tally == {"offered": 1, "cleared": 1, "busy": 1}
    assert [(one.person, one.hurdle) for one in row.near] == [
        ("v3", "busy"),
        ("v2", "cleared"),
        ("v1", "offered"),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_hurdles_are_what_the_rules_say(seed: int) -> None:
    # the quick way (memories, skipped rules) against every hard rule asked of every duty
    dice = Random(seed)
    staff = people(
        v1={"max_days": dice.choice([None, 1]), "venues": dice.choice([[], ["V1"]])},
        v2={"cleared_until": dice.choice(["2024-07-15", None, "2030-01-01"]), "own_children": ["a"]},
        v3={"max_shifts_per_day": 1, "roles": ["volunteer", "life"]},
        t1={"max_days_per_week": 1},
    )
    locks = [{"id": "L1", "kind": "no_duty", "person": "v3", "class_": "C2"}] if seed % 2 else []
    needs = [need("every", per_class=3)]
    scenario = staffed(needs=needs, staff=staff, locks=locks, availability=dice.sample(OFFERS, 2))
    drawn = {
        (who, day, shift): f"{who} {dice.choice(['C1', 'C2'])} {day} {shift}"
        for who in ("v1", "v3", "t1")
        for day in (15, 16)
        for shift in ("AM", "PM")
        if dice.random() < 0.4
    }
    ground = Ground(scenario, roster(*drawn.values()))
    hurdles, tried = Hurdles(ground), 0
    for moment in moments(scenario, ground.plan):
        for lack in moment.lacks(scenario, ground.plan):
            for row in scenario.staff:
                for duty in hurdles.duties(lack, row):
                    if duty in ground.plan.duties:
                        continue
                    every = {OF_RULE.get(rule, "other") for rule in try_duty(ground, duty).rules}
                    assert hurdles.first(duty) == min(every, key=HURDLES.index, default="able"), duty
                    tried += 1
    assert tried > 20


@pytest.mark.parametrize("seed", range(12))
def test_what_posts_have_in_common_is_counted_as_if_each_were_asked_alone(seed: int) -> None:
    # crowds and answers shared by several posts, against every person asked about every duty of every post
    dice = Random(100 + seed)
    staff = people(
        v1={"venues": dice.choice([[], ["V2"]]), "qualifications": ["first_aid"]},
        v2={"cleared_until": dice.choice(["2024-07-15", None]), "own_children": ["a"]},
        v3={"max_shifts_per_day": 1, "roles": ["volunteer", "life", "site"]},
        t1={"max_days_per_week": 1, "birth_date": dice.choice([None, "2010-01-01"])},
    )
    needs = [
        need("every", per_class=3),
        need("aid", qualification="first_aid", per_class=1),
        need("house", setting="venue", per_class=1),
    ]
    locks = [{"id": "L1", "kind": "no_duty", "person": "v3", "class_": "C2"}] if seed % 2 else []
    scenario = staffed(needs=needs, staff=staff, locks=locks, availability=dice.sample(OFFERS, 3))
    drawn = [
        f"{who} {dice.choice(['C1', 'C2'])} {day} {shift}"
        for who in ("v1", "v3", "t1", "t2")
        for day in (15, 16)
        for shift in ("AM", "PM")
        if dice.random() < 0.4
    ]
    plan = roster(*drawn)
    told = {
        (row.venue, row.class_, row.date, row.shift, row.need): row
        for row in shortfall(scenario, plan).vacancies
    }
    hurdles = Hurdles(Ground(scenario, plan))
    for moment in moments(scenario, plan):
        for lack in moment.lacks(scenario, plan):
            met: Counter[str] = Counter()
            for row in scenario.staff:
                duties = list(hurdles.duties(lack, row))
                if not duties:
                    continue
                here = any(
                    counts(scenario, plan, lack.post, lack.ask, duty)
                    for duty in moment.duties
                    if duty.person == row.id
                )
                lacks_it = lack.ask.qualification and lack.ask.qualification not in row.qualifications
                first = max((hurdles.first(duty) for duty in duties), key=HURDLES.index)
                met["here" if here else "qualification" if lacks_it else first] += 1
            key = (lack.post.venue, lack.post.class_, lack.post.date, lack.post.shift, lack.ask.need)
            assert told.pop(key).tally == dict(met), key
    assert not told


# ---- limits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "duties", "change", "closes"),
    [
        # v1 works on Tuesday and may work one day: one day more closes Monday
        ("days", ("v1 C1 16 AM",), {"v1": {"max_days": 1}}, 1),
        ("days_per_week", ("v1 C1 16 AM",), {"v1": {"max_days_per_week": 1}}, 1),
        ("shifts_per_day", ("v1 C1 15 PM", "v1 C1 16 AM"), {"v1": {"max_shifts_per_day": 1}}, 1),
        # both mornings at once
        ("clearance", (), {"v1": {"cleared_until": None}}, 2),
        ("venue", (), {"v1": {"venues": ["V2"]}}, 2),
        ("distance", (), {"v1": {"latitude": 39.9, "longitude": 116.4, "max_distance_km": 5}}, 2),
    ],
)
def test_one_limit_relaxed(kind: str, duties: tuple[str, ...], change: dict[str, Any], closes: int) -> None:
    told = found(season(**change), roster(*duties))
    relief = next(row for row in told.reliefs if row.person == "v1")
    assert (relief.kind, relief.closes) == (kind, closes)
    assert {duty.class_ for duty in relief.duties} == {"C1"}
    if kind == "distance":
        assert (relief.now, relief.then) == (5, 5.6)


def test_who_did_not_offer_a_day_is_told_with_all_posts_of_that_day() -> None:
    whole = need("v", role="volunteer", per_class=1, max_age=8)
    told = found(season([whole], availability=[{**OFFERS[0], "from_": "2024-07-16"}]), roster())
    relief = next(row for row in told.reliefs if row.kind == "offer")
    assert (relief.person, relief.date.day if relief.date else 0, relief.closes) == ("v1", 15, 2)


def test_several_days_of_one_person_are_told_in_one_line() -> None:
    season_ = season(availability=[])
    told = ids(explain_shortfall(season_, found(season_, roster())))
    assert told.count("shortfall.relief.offer_days") == 1
    assert "shortfall.relief.offer" not in told


def test_two_limits_at_once_are_not_told() -> None:
    assert found(season(v1={"venues": ["V2"], "cleared_until": None}), roster()).reliefs == ()


def test_a_chain_of_two_is_found() -> None:
    # v1 is at C2, in whose area v2 alone could take over; v2 has had the one day that v2 may work
    both = need("v", role="volunteer", per_class=1, shifts=["AM"])
    staff = people(v2={"venues": ["V2"], "max_days": 1}, v3={"roles": ["life"]})
    season_ = staffed(needs=[both], staff=staff)
    told = found(season_, roster("v1 C2 15 AM", "v2 C2 16 AM", "v1 C1 16 AM"))
    chain = next(row for row in told.reliefs if row.moved)
    assert (chain.person, chain.kind, chain.closes) == ("v2", "days", 1)
    assert [(duty.person, duty.class_) for duty in (*chain.duties, *chain.moved)] == [
        ("v2", "C2"),
        ("v1", "C1"),
    ]


def test_what_a_relief_promises_holds() -> None:
    # the plan with its duties added has so many adults fewer missing
    season_ = season(v1={"cleared_until": None})
    plan = roster()
    (relief,) = found(season_, plan).reliefs
    after = plan.with_(duties=(*plan.duties, *relief.duties))
    before, now = (sum(gap.missing for gap in gaps(season_, one)) for one in (plan, after))
    assert before - now == relief.closes


# ---- where it is told ----------------------------------------------------------------------------------


def test_explanations_carry_their_part() -> None:
    season_ = season(v1={"max_days": 1})
    plan = roster("v1 C1 16 AM")
    plan = plan.with_(gaps=gaps(season_, plan))
    assert "shortfall.fewest" in ids(explain(season_, plan, "all"))
    assert "shortfall.offer_must" in ids(explain(season_, plan, "venue:V1"))
    assert "shortfall.offer_must" not in ids(explain(season_, plan, "venue:V2"))
    post = ids(explain(season_, plan, "post:C1/2024-07-15/AM/volunteer"))
    assert "shortfall.reason.limit" in post
    assert "shortfall.relief.days" in ids(explain(season_, plan, "person:v1"))
    assert "shortfall.relief.days" not in ids(explain(season_, plan, "person:v2"))


def test_a_full_season_says_that_nobody_is_wanted() -> None:
    plan = roster("v1 C1 15 AM", "v1 C1 16 AM")
    assert ids(explain_shortfall(season(), found(season(), plan))) == ["shortfall.none"]


def test_a_trip_short_of_adults_may_not_depart() -> None:
    trip = {"id": "zoo", "name": "Zoo", "dates": ["2024-07-15"], "shifts": ["AM"], "children_per_adult": 1}
    season_ = staffed(needs=[], trips=[{**trip, "children_per_day": 9, "buses": 1, "seats_per_bus": 30}])
    plan = roster("v1 C1 15 AM", trips=[{"trip": "zoo", "date": "2024-07-15", "class": "C1"}])
    told = found(season_, plan)  # two children and one adult: one is missing
    assert (told.missing, told.must, monday(told).trip) == (1, 1, "zoo")
    assert "shortfall.may_not_depart" in ids(explain_shortfall(season_, told))
    assert [row.class_ for row in told.extras] == ["C1"]


def test_classes_withheld_for_want_of_adults_say_what_they_must_have() -> None:
    # nobody is cleared: C1 does not run; its homeroom teacher is a must in 2 days of 2 shifts
    season_ = staffed(
        staff=people(**{who: {"cleared_until": None} for who in ("t1", "t2", "v1", "v2", "v3")})
    )
    plan = roster(placements=[], withheld=[{"class": "C1", "week": "1"}])
    told = found(season_, plan)
    assert told.missing == 0
    assert [(row.class_, row.roles, row.shifts) for row in told.unopened] == [("C1", ("homeroom",), 4)]
    assert "shortfall.unopened_class" in ids(explain_shortfall(season_, told))


@pytest.mark.parametrize(
    "area", [{}, {"venues": ["V2"]}, {"max_distance_km": 1.0, "latitude": 39.95, "longitude": 116.4}]
)
def test_a_venue_is_reached_by_those_whom_the_rule_of_areas_admits(area: dict[str, Any]) -> None:
    scenario, plan = season(v1=area), roster()
    hurdles, rule = Hurdles(Ground(scenario, plan)), WorkArea()
    for duty in roster("v1 C1 15 AM", "v1 C2 15 AM").duties:
        admitted = rule.admits(scenario, plan, duty)
        assert (duty.person in hurdles.reaching(duty.venue)) == admitted
        assert admitted or area
