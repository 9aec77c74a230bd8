from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain import consistency
from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules.wording import Wording
from tests.seasons import TINY, rows, tiny

Changes = dict[str, Any]


def found(scenario: Scenario) -> list[Problem]:
    """The problems of a season; each is worded in both languages."""
    problems = list(consistency.problems(scenario))
    for language in LANGUAGES:
        wording = Wording(catalogue(language))
        assert all(wording.problem(problem) and wording.fix(problem) for problem in problems)
    return problems


def ids(scenario: Scenario) -> list[str]:
    return [problem.id for problem in found(scenario)]


def changed(table: str, **changes: Changes) -> Scenario:
    return tiny(**{table: rows(table, **changes)})


def test_the_tiny_season_is_sound() -> None:
    assert ids(tiny()) == []


def test_an_empty_season_is_no_crash() -> None:
    assert list(consistency.problems(Scenario())) == []


# ---- blocking -----------------------------------------------------------------------------------

BLOCKING: list[tuple[str, str, Changes]] = [
    ("id_twice", "rooms", {"r1": {"venue": "V1"}}),  # beside R1: they differ in case only
    ("class_shares_venue_id", "classes", {"V1": {"name": "V", "venue": "V2", "capacity": 1}}),
    ("end_before_start", "shifts", {"PM": {"end": "14:00"}}),
    ("end_before_start", "periods", {"P1": {"end": "08:00"}}),
    ("period_outside_shift", "periods", {"P1": {"start": "07:59"}}),
    ("period_outside_shift", "periods", {"P4": {"end": "17:01"}}),
    ("periods_overlap", "periods", {"P2": {"start": "09:29"}}),
    ("periods_overlap", "periods", {"P1": {"end": "10:45"}}),  # P2 within P1
    ("shifts_overlap", "shifts", {"PM": {"start": "11:59"}}),
    ("limits_crossed", "classes", {"C1": {"min_age": 9, "max_age": 8}}),
    ("limits_crossed", "classes", {"C1": {"min_grade": 3, "max_grade": 2}}),
    ("limits_crossed", "classes", {"C1": {"min_children": 3}}),  # its capacity is 2
    ("limits_crossed", "courses", {"opera": {"min_per_week": 2}}),  # at most 1
    ("limits_crossed", "staff", {"t1": {"min_days": 3, "max_days": 2}}),
    ("room_elsewhere", "classes", {"C1": {"room": "R2"}, "C2": {"room": None}}),
    ("coordinates_half", "venues", {"V1": {"longitude": None}}),
    ("coordinates_zero", "venues", {"V1": {"latitude": 0, "longitude": 0}}),
    ("coordinates_swapped", "venues", {"V1": {"latitude": 87.6, "longitude": 43.8}}),  # Urumqi
    ("birth_in_future", "children", {"a": {"birth_date": "2024-07-16"}}),  # ages count on 15 July
    ("birth_in_future", "staff", {"t1": {"birth_date": "2081-01-01"}}),
    ("need_id_reserved", "needs", {"aide": {"per_class": 1}}),
    ("need_id_reserved", "needs", {"Trip:zoo": {"per_class": 1}}),
    ("courses_in_circle", "courses", {"opera": {"after": "opera"}}),
    ("courses_in_circle", "courses", {"opera": {"after": "ball"}, "ball": {"after": "opera"}}),
]


@pytest.mark.parametrize(("id", "table", "changes"), BLOCKING)
def test_what_cannot_be_solved_is_refused(id: str, table: str, changes: dict[str, Changes]) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems if problem.blocking]


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("periods", {"P1": {"start": "08:00"}}),  # as early as its shift
        ("periods", {"P2": {"start": "09:30"}}),  # touching ends
        ("shifts", {"PM": {"start": "12:00"}}),
        ("classes", {"C1": {"min_age": 8, "max_age": 8, "min_children": 2}}),
        ("courses", {"opera": {"after": "ball"}}),
    ],
)
def test_what_just_holds_is_no_problem(table: str, changes: dict[str, Changes]) -> None:
    assert not any(problem.blocking for problem in found(changed(table, **changes)))


def test_a_day_listed_twice() -> None:
    assert "day_twice" in ids(tiny(days=[*TINY["days"], {"date": "2024-07-16", "week": "2"}]))


def test_no_child_to_place() -> None:
    none = [
        {**row, "consent": False} if row["id"] == "a" else {**row, "status": "withdrawn"}
        for row in TINY["children"]
    ]
    told = [problem for problem in found(tiny(children=none)) if problem.id == "no_child_processed"]
    assert [problem.blocking for problem in told] == [True]
    assert "no_child_processed" not in ids(tiny(children=[*none[:2], TINY["children"][2]]))


def test_no_open_day() -> None:
    assert "no_open_day" in ids(tiny(days=[{**day, "open": False} for day in TINY["days"]]))


def test_an_unknown_time_zone() -> None:
    (problem,) = found(tiny({"season": "x", "timezone": "Asia/Peking2"}))
    assert (problem.id, problem.value) == ("timezone_unknown", "Asia/Peking2")


@pytest.mark.parametrize(
    ("second", "is_shared"),
    [
        ({"venue": "V1", "room": "R1"}, True),
        ({"venue": "V1", "room": "R1", "shifts": ["PM"]}, True),  # C1 is held in both
        ({"venue": "V1", "room": "R1", "weeks": ["1"]}, True),
        ({"venue": "V1", "room": None}, False),
    ],
)
def test_two_classes_do_not_share_a_home_room(second: Changes, is_shared: bool) -> None:
    assert ("home_room_shared" in ids(changed("classes", C2=second))) is is_shared


def test_two_classes_may_share_a_home_room_at_different_times() -> None:
    shifts = {"C1": {"shifts": ["AM"]}, "C2": {"venue": "V1", "room": "R1", "shifts": ["PM"]}}
    assert ids(changed("classes", **shifts)) == []
    days = [*TINY["days"], {"date": "2024-07-22", "week": "2"}]
    weeks = rows("classes", C1={"weeks": ["1"]}, C2={"venue": "V1", "room": "R1", "weeks": ["2"]})
    assert ids(tiny(days=days, classes=weeks)) == []


def test_ranges_that_end_before_they_begin() -> None:
    backwards = {"from_": "2024-07-16", "to": "2024-07-15"}
    assert ids(tiny(closures=[backwards])) == ["range_backwards"]
    assert ids(tiny(availability=[{"person": "t1", "status": "no", **backwards}])) == ["range_backwards"]


# ---- ages, grades and points --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("class_", "child", "expected"),
    [
        ({"min_age": 6}, {"birth_date": None}, ["birth_date_needed", "child_fits_nowhere"]),
        ({"max_grade": 6}, {}, ["grade_needed", "child_fits_nowhere"]),
        ({"min_age": 6}, {"birth_date": None, "choices": ["V2"]}, []),  # asked by a class it does not want
        (
            {"min_age": 6},
            {"birth_date": None, "choices": ["C1"]},
            ["birth_date_needed", "child_fits_nowhere"],
        ),
        (
            {"min_age": 6},
            {"birth_date": None, "consent": False},
            ["child_without_consent", "no_child_processed"],
        ),
        ({}, {"birth_date": None}, []),
    ],
)
def test_ages_and_grades_are_needed_where_a_class_asks(
    class_: Changes, child: Changes, expected: list[str]
) -> None:
    # only child a is there, with V1 as its choice; C1 is V1's only class
    children = [row for row in rows("children", a=child) if row["id"] == "a"]
    assert ids(tiny(classes=rows("classes", C1=class_), children=children)) == expected


def test_a_child_without_choices_may_go_anywhere() -> None:
    children = rows("children", a={"birth_date": None, "choices": []})
    problems = found(tiny(classes=rows("classes", C2={"min_age": 6}), children=children))
    # C1 asks for nothing, so that the child fits there; but C2 asks and is open to it
    assert [(problem.id, problem.parameters["class_"]) for problem in problems] == [
        ("birth_date_needed", "C2")
    ]


def test_a_child_that_fits_no_class_is_told_and_waits() -> None:
    # born 2016-01-01: 8 years old
    problems = found(changed("classes", C1={"min_age": 9}, C2={"min_age": 6}))
    # a wants V1 only; b has V2 left; c was born 2015-03-01 and is 9
    told = [(problem.id, problem.parameters["who"], problem.blocking) for problem in problems]
    assert told == [("child_fits_nowhere", "a", False)]


def test_a_class_closed_to_the_employer_is_no_fit() -> None:
    assert ids(changed("venues", V1={"only_for": ["Mine"]})) == ["employer_unknown", "child_fits_nowhere"]


POINTS = [{"child": "a", "venue": "V1", "points": 3}]


def test_points_for_some_applicants_only() -> None:
    # a has points at V1; b (V1, V2) and c (C1, C2) want it too
    (problem,) = found(tiny(points=POINTS))
    assert (problem.id, problem.blocking) == ("points_missing", True)
    assert (problem.parameters["number"], problem.parameters["ids"]) == (2, "b, c")


@pytest.mark.parametrize(
    "settings", [{"points_missing": "rank"}, {"points_missing": "last"}, {"policy": "seats"}]
)
def test_points_for_some_where_the_settings_say_what_that_means(settings: Changes) -> None:
    assert ids(tiny({"season": "x", **settings}, points=POINTS)) == []


def test_points_for_all_applicants() -> None:
    everybody = [{"child": child, "venue": "V1", "points": 3} for child in "abc"]
    assert ids(tiny(points=everybody)) == []


# ---- worth a look -------------------------------------------------------------------------------

WARNINGS: list[tuple[str, str, Changes]] = [
    ("capacity_above_room", "classes", {"C1": {"capacity": 31}}),  # the room holds 30
    ("capacity_above_venue", "venues", {"V1": {"capacity": 1}}),  # the class takes 2
    ("coordinates_far", "venues", {"V1": {"latitude": 48.9, "longitude": 2.4}}),  # Paris
    ("venue_not_placed", "venues", {"V1": {"latitude": None, "longitude": None}}),
    ("age_implausible", "children", {"a": {"birth_date": "2021-01-01"}}),  # 3
    ("age_implausible", "children", {"a": {"birth_date": "2007-01-01"}}),  # 17
    ("age_implausible", "staff", {"t1": {"birth_date": "1920-01-01"}}),
    ("grade_not_age", "children", {"a": {"grade": 7}}),  # 8 years old
    ("child_withdrawn", "children", {"a": {"status": "withdrawn"}}),
    ("child_without_consent", "children", {"a": {"consent": False}}),
    ("names_itself", "children", {"a": {"friends": ["a"]}}),
    ("names_itself", "children", {"a": {"apart": ["a"]}}),
    ("names_itself", "staff", {"t1": {"partners": ["t1"]}}),
    ("friends_one_sided", "children", {"a": {"friends": ["b"]}}),
    ("siblings_missing", "children", {"a": {"family": "F1", "siblings": "must"}}),
    ("siblings_differ", "children", {"a": {"family": "F", "siblings": "must"}, "b": {"family": "F"}}),
    (
        "child_twice",
        "children",
        {"z": {"name": "An", "birth_date": "2016-01-01", "phone": "1"}, "a": {"phone": "1"}},
    ),
    ("staff_minor", "staff", {"t1": {"birth_date": "2007-01-01"}}),
    ("staff_not_cleared", "staff", {"t1": {"cleared_until": None}}),
    ("clearance_expired", "staff", {"t1": {"cleared_until": "2024-07-14"}}),
    ("specialist_without_courses", "staff", {"s1": {"courses": []}}),
    ("courses_without_specialist", "staff", {"t1": {"courses": ["opera"]}}),
    ("volunteer_never_available", "staff", {"t1": {"kind": "volunteer"}}),
    ("course_without_teacher", "staff", {"s1": {"courses": ["ball"]}}),
    ("feature_nowhere", "courses", {"opera": {"room_feature": "pool"}}),
    ("qualification_nobody", "needs", {"lead": {"qualification": "first_aid"}}),
    ("need_without_number", "needs", {"lead": {"per_class": None}}),
    # a ratio asks nothing of a venue as a whole
    (
        "need_without_number",
        "needs",
        {"lead": {"per_class": None, "setting": "venue", "children_per_adult": 8}},
    ),
    ("staff_not_placed", "staff", {"t1": {"max_distance_km": 5}}),
    ("employer_unknown", "venues", {"V1": {"reserved_for": ["Mine"]}}),  # no child has an employer
    ("course_too_long", "courses", {"ball": {"length": 3}}),  # two periods in the morning, two after
    ("need_of_specialists", "needs", {"lead": {"role": "specialist"}}),
    (
        "need_of_specialists",
        "needs",
        {"lead": {"per_class": None, "children_per_adult": 8, "counts": ["specialist"]}},
    ),
    ("class_without_seats", "classes", {"C3": {"name": "Cat", "venue": "V1", "capacity": 0}}),
]  # fmt: skip


@pytest.mark.parametrize(("id", "table", "changes"), WARNINGS)
def test_what_is_worth_a_look_is_told_and_not_refused(
    id: str, table: str, changes: dict[str, Changes]
) -> None:
    problems = found(changed(table, **changes))
    assert id in [problem.id for problem in problems]
    assert not any(problem.blocking for problem in problems)


def test_a_mutual_wish_is_no_matter() -> None:
    assert ids(changed("children", a={"friends": ["b"]}, b={"friends": ["a"]})) == []


def test_siblings_who_are_found() -> None:
    family = {"family": "F", "siblings": "must"}
    assert ids(changed("children", a=family, b=family)) == []


def test_an_employer_of_a_child_is_known_and_the_nearest_is_named() -> None:
    children = rows("children", a={"employer": ["Red Star Mine"]})
    venues = rows("venues", V1={"reserved_for": ["Red Star Mine"]})
    assert ids(tiny(venues=venues, children=children)) == []
    (problem,) = found(tiny(venues=rows("venues", V1={"reserved_for": ["Red Mine"]}), children=children))
    assert (problem.id, problem.parameters["near"]) == ("employer_unknown_near", "Red Star Mine")


def test_a_course_as_long_as_the_longest_run_of_periods_fits() -> None:
    # P1 and P2 in a row; L is care
    assert ids(changed("courses", ball={"length": 2})) == []


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ({}, ["closure_everywhere"]),
        ({"venue": "V1"}, []),
        ({"venue": "V1", "room": "R1", "class_": "C1"}, []),
        ({"venue": "V1", "room": "R2"}, ["closure_room_elsewhere"]),
        ({"venue": "V1", "class_": "C2"}, ["closure_class_elsewhere"]),
        ({"room": "R2", "class_": "C1"}, ["closure_room_not_home"]),
    ],
)
def test_closures_that_shut_nothing_or_everything(closure: Changes, expected: list[str]) -> None:
    day = {"from_": "2024-07-15", "to": "2024-07-15"}
    problems = found(tiny(closures=[{**closure, **day}]))
    assert [problem.id for problem in problems] == expected
    assert not any(problem.blocking for problem in problems)


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ({"kind": "session", "course": "opera", "period": "P1", "person": "s1"}, []),
        ({"kind": "session", "course": "opera", "period": "L"}, ["lock_in_care"]),
        ({"kind": "no_session", "period": "L"}, []),
        ({"kind": "session", "course": "opera", "person": "t1"}, ["lock_person_cannot_teach"]),
        ({"kind": "session", "course": "ball", "person": "s1"}, ["lock_course_without_teacher"]),
        ({"kind": "trip", "trip": "zoo", "date": "2024-07-16"}, []),
        ({"kind": "trip", "trip": "zoo", "date": "2024-07-15"}, ["lock_no_trip_day"]),
        ({"kind": "no_trip", "trip": "zoo", "date": "2024-07-15"}, []),
        ({"kind": "duty", "person": "t1", "role": "homeroom"}, []),
        ({"kind": "duty", "person": "t1", "role": "life"}, ["lock_person_without_role"]),
        ({"kind": "duty", "person": "s1"}, ["lock_person_without_role"]),  # a specialist is never on duty
        ({"kind": "duty", "person": "s1", "role": "specialist"}, ["lock_person_without_role"]),
    ],
)
def test_locks_that_their_own_rows_rule_out(lock: Changes, expected: list[str]) -> None:
    trips = [{"id": "zoo", "name": "Zoo", "shifts": ["AM"], "dates": ["2024-07-16"]}]
    problems = found(tiny(trips=trips, locks=[{"id": "L1", **lock}]))
    assert [problem.id for problem in problems] == expected
    assert all(problem.blocking for problem in problems)


def test_homes_are_needed_where_a_distance_limits() -> None:
    children = rows("children", a={"choices": []})
    assert ids(tiny({"season": "x", "max_distance_km": 5}, children=children)) == ["homes_not_placed"]
    assert ids(tiny(children=children)) == []


def test_one_venue_needs_no_coordinates() -> None:
    season = {table: [row for row in TINY[table] if row["id"][-1] != "2"] for table in ("rooms", "classes")}
    venues = [{"id": "V1", "name": "North", "mode": "community"}]
    children = [{"id": "a", "name": "An", "choices": ["V1"]}]
    assert ids(tiny(venues=venues, children=children, **season)) == []


def test_a_class_that_can_never_be_held() -> None:
    closed = [{"class_": "C1", "from_": "2024-07-15", "to": "2024-07-16"}]
    assert ids(tiny(closures=closed)) == ["class_never_held"]


def test_a_range_outside_the_season() -> None:
    assert ids(tiny(closures=[{"from_": "2024-08-01", "to": "2024-08-02"}])) == ["range_outside_season"]


def test_trips_on_days_that_are_none() -> None:
    trip = {"id": "zoo", "name": "Zoo", "shifts": ["AM"]}
    days = [*TINY["days"], {"date": "2024-07-17", "week": "1", "open": False}]
    assert ids(tiny(days=days, trips=[{**trip, "dates": ["2024-07-16", "2024-07-17"]}])) == ["date_closed"]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16", "2024-08-01"]}])) == ["date_outside_season"]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"], "times_per_class": 2}])) == ["trip_too_often"]
    shut = [{"venue": "V1", "from_": "2024-07-16", "to": "2024-07-16", "shifts": ["AM"]}]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"]}], closures=shut)) == ["trip_date_shut"]
    # the afternoon's closure, or another day's, is no matter of a morning's trip
    other = [{**shut[0], "shifts": ["PM"]}, {**shut[0], "from_": "2024-07-15", "to": "2024-07-15"}]
    assert ids(tiny(trips=[{**trip, "dates": ["2024-07-16"]}], closures=other)) == []


# ---- locks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ({"kind": "place", "child": "a", "class_": "C1"}, []),
        ({"kind": "place", "child": "a"}, ["lock_incomplete"]),
        ({"kind": "place"}, ["lock_incomplete", "lock_incomplete"]),
        ({"kind": "keep_out", "class_": "C1"}, []),
        ({"kind": "keep_out"}, ["lock_incomplete"]),
        ({"kind": "close"}, []),  # every class in every week
        ({"kind": "open", "class_": "C1", "week": "1"}, []),
        ({"kind": "duty", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "duty", "person": "t1", "date": "2024-07-15", "shift": "AM"}, []),
        ({"kind": "no_duty"}, ["lock_incomplete"]),
        ({"kind": "session", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "no_session", "person": "s1"}, []),
        ({"kind": "trip", "class_": "C1"}, ["lock_incomplete"]),
        ({"kind": "close", "child": "a"}, ["lock_field_unused"]),
        ({"kind": "no_duty", "person": "t1", "date": "2024-08-01"}, ["lock_date_outside"]),
        ({"kind": "no_duty", "person": "t1", "date": "2024-07-17"}, ["date_closed"]),
        ({"kind": "no_session", "course": "opera", "period": "P1", "shift": "PM"}, ["lock_disagrees"]),
        ({"kind": "no_session", "date": "2024-07-15", "week": "2"}, ["lock_disagrees"]),
        ({"kind": "place", "child": "w", "class_": "C1"}, ["lock_child_not_processed"]),
    ],
)
def test_locks(lock: Changes, expected: list[str]) -> None:
    days = [
        *TINY["days"],
        {"date": "2024-07-17", "week": "1", "open": False},
        {"date": "2024-07-22", "week": "2"},
    ]
    children = rows("children", w={"name": "Wu", "status": "withdrawn"})
    problems = found(tiny(days=days, children=children, locks=[{"id": "L1", **lock}]))
    assert [problem.id for problem in problems if problem.id != "child_withdrawn"] == expected


# ---- as a whole ---------------------------------------------------------------------------------


def test_no_problem_repeats_a_childs_name() -> None:
    canary = {"name": "Canary", "guardian": "Canary", "phone": "Canary", "status": "withdrawn"}
    twice = {
        "a": {"name": "Canary", "phone": "Canary"},
        "z": {"name": "Canary", "phone": "Canary", "birth_date": "2016-01-01"},
    }
    for changes in (
        {"a": canary},
        twice,
        {"a": {**canary, "status": "enrolled", "birth_date": "2021-01-01"}},
    ):
        problems = found(changed("children", **changes))
        assert problems
        assert "Canary" not in str(problems)


def test_part_of_a_season_is_not_blamed_for_what_is_missing() -> None:
    # rows that could not be read are left out; what is left must not be called unfit for it
    part = tiny(classes=[], children=rows("children", a={"choices": []}), staff=TINY["staff"][:2])
    assert "child_fits_nowhere" in ids(part)
    assert "course_without_teacher" in ids(part)
    assert list(consistency.row_problems(part)) == []
