"""The soft rules on hand-written plans: a and b (both 8) in C1, c (9) in C2; two days of four periods."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import placed, rows, season, tiny

Texts = tuple[str, ...]


def case(name: str, scenario: Scenario, sessions: Texts, expected: int, away: Texts = ()) -> object:
    return pytest.param(scenario, sessions, away, expected, id=name)


def courses(**changes: dict[str, object]) -> Scenario:
    return tiny(courses=rows("courses", **changes))


def wishing(**interests: list[str]) -> Scenario:
    children = rows("children", **{child: {"interests": wishes} for child, wishes in interests.items()})
    return tiny(children=children)


# both days' mornings, once for each class
ZOO = tiny(trips=zoo())


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("both miss it", ZOO, (), 2),
        case("C2 misses it", ZOO, (), 1, ("C1 15 zoo",)),
        case("nobody misses it", ZOO, (), 0, ("C1 15 zoo", "C2 16 zoo")),
        case("C1 is too young", tiny(trips=zoo(min_age=9)), (), 1),
        case("C2 is too old, C1 old enough", tiny(trips=zoo(min_age=8, max_age=8)), (), 1),
        case("three times wanted, two days only", tiny(trips=zoo(times_per_class=3)), (), 4),
        case("not held then", tiny(trips=zoo(), classes=rows("classes", C1={"shifts": ["PM"]})), (), 1),
    ],
)
def test_trips_taken(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("trips_taken", scenario, day_plan(*sessions, away=away), expected)


TWICE = courses(ball={"min_per_week": 2, "max_per_week": 3})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("two for each class", TWICE, (), 4),
        case("one missing", TWICE, ("C1 15 P1 ball", "C1 16 P1 ball", "C2 15 P1 ball"), 1),
        case("none", courses(ball={"min_per_week": 1}), ("C1 15 P1 ball", "C2 15 P1 ball"), 0),
        case("more than the minimum", courses(ball={"max_per_week": 2}), ("C1 15 P1 ball",), 0),
        case("C1 is too young", courses(ball={"min_per_week": 1, "min_age": 9}), (), 1),
    ],
)
def test_minimum_sessions(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("minimum_sessions", scenario, day_plan(*sessions, away=away), expected)


WISHES = wishing(a=["ball", "opera"], b=["ball"], c=["opera"])


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("all four wishes", WISHES, (), 4),
        case("a's opera and c's are left", WISHES, ("C1 15 P1 ball",), 2),
        case("ball does not help C2", WISHES, ("C1 15 P1 ball", "C2 15 P1 ball"), 2),
        case("twice serves no more than once", WISHES, ("C1 15 P1 opera s1", "C1 15 P2 ball"), 1),
        case("no wishes", tiny(), (), 0),
    ],
)
def test_interests(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("interests", scenario, day_plan(*sessions, away=away), expected)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("all three", WISHES, (), 3),
        case("one wish is enough", WISHES, ("C1 15 P1 ball",), 1),
        case("b is left", WISHES, ("C1 15 P1 opera s1", "C2 15 P3 opera s1"), 1),
        case("no wishes", tiny(), (), 0),
    ],
)
def test_no_wish_served(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("no_wish_served", scenario, day_plan(*sessions, away=away), expected)


TWO_WEEKS = season(
    days=[{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}],
    **{name: rows(name) for name in ("shifts", "periods", "venues", "rooms", "classes", "courses", "staff")},
    children=rows("children", a={"interests": ["ball"]}),
)


@pytest.mark.parametrize(
    ("session", "expected"),
    [("C1 15 P1 ball", 0), ("C2 15 P1 ball", 1), ("C2 22 P1 ball", 0), ("C1 22 P1 ball", 1)],
)
def test_wishes_are_served_in_the_class_and_week_a_child_is_in(session: str, expected: int) -> None:
    # a is in C1 in the first week and in C2 in the second; c and b keep the classes running
    placements = placed("a@C1/1", "a@C2/2", "b@C1/2", "c@C2/1")
    given = day_plan(session, placements=placements)
    try_out("interests", TWO_WEEKS, given, expected)
    try_out("no_wish_served", TWO_WEEKS, given, expected)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        # two classes, two days, four course periods each
        case("all", tiny(), (), 16),
        case("one filled", tiny(), ("C1 15 P1 ball",), 15),
        case("a long one fills two", courses(ball={"length": 2}), ("C1 15 P1 ball",), 14),
        case("a trip in the morning leaves two", ZOO, (), 14, ("C1 15 zoo",)),
        case(
            "C1 is held in the afternoon only", tiny(classes=rows("classes", C1={"shifts": ["PM"]})), (), 12
        ),
    ],
)
def test_empty_periods(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("empty_periods", scenario, day_plan(*sessions, away=away), expected)


ACTIVE = courses(run={"name": "Run", "energy": "active", "teacher": False, "max_per_week": 2})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("one after the other", ACTIVE, ("C1 15 P1 ball", "C1 15 P2 run"), 1),
        case("a quiet one follows", ACTIVE, ("C1 15 P1 ball", "C1 15 P2 opera s1"), 0),
        case("care lies between P2 and P3", ACTIVE, ("C1 15 P2 ball", "C1 15 P3 run"), 0),
        case("another class", ACTIVE, ("C1 15 P1 ball", "C2 15 P2 run"), 0),
        case(
            "twice",
            ACTIVE,
            ("C1 15 P1 ball", "C1 15 P2 run", "C2 16 P3 run", "C2 16 P4 ball"),
            2,
        ),
    ],
)
def test_active_rest(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("active_rest", scenario, day_plan(*sessions, away=away), expected)


@pytest.mark.parametrize(("noon", "expected"), [("12:00", 0), ("11:59", 1)])
def test_active_rest_after_a_rest_that_ends_later_than_noon(noon: str, expected: int) -> None:
    # the care period before P3 ends at 12:00
    settings = {"parameters": {"active_rest": {"noon": noon}}}
    try_out("active_rest", tiny(), day_plan("C1 15 P3 ball"), expected, settings=settings)


TWO_A_WEEK = courses(ball={"max_per_week": 2}, opera={"max_per_week": 2})


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("two days running", TWO_A_WEEK, ("C1 15 P1 ball", "C1 16 P4 ball"), 1),
        case("two courses", TWO_A_WEEK, ("C1 15 P1 ball", "C1 16 P1 opera s1"), 0),
        case("two classes", TWO_A_WEEK, ("C1 15 P1 ball", "C2 16 P1 ball"), 0),
        case("three a week", courses(ball={"max_per_week": 3}), ("C1 15 P1 ball", "C1 16 P4 ball"), 1),
        case(
            "four a week is daily", courses(ball={"max_per_week": 4}), ("C1 15 P1 ball", "C1 16 P4 ball"), 0
        ),
        case(
            "no limit is daily", courses(ball={"max_per_week": None}), ("C1 15 P1 ball", "C1 16 P1 ball"), 0
        ),
        case(
            "twice",
            TWO_A_WEEK,
            ("C1 15 P1 ball", "C1 16 P1 ball", "C1 15 P2 opera s1", "C1 16 P2 opera s1"),
            2,
        ),
    ],
)
def test_spread(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("spread", scenario, day_plan(*sessions, away=away), expected)


NEAR = tiny(
    {"travel_fixed_minutes": 0, "travel_kmh": 30},  # 11 minutes: possible from one period to the next
    courses=rows("courses", opera={"max_per_week": 2}, ball={"max_per_week": 2, "teacher": True}),
    staff=rows("staff", s1={"courses": ["opera", "ball"]}),
)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("one venue", NEAR, ("C1 15 P1 opera s1", "C1 15 P2 ball s1"), 0),
        case("there", NEAR, ("C1 15 P1 opera s1", "C2 15 P4 ball s1"), 1),
        case("there and back", NEAR, ("C1 15 P1 opera s1", "C2 15 P2 ball s1", "C1 15 P3 ball s1"), 2),
        case("two and one", NEAR, ("C1 15 P1 opera s1", "C1 15 P2 ball s1", "C2 15 P3 ball s1"), 1),
        case("overnight does not count", NEAR, ("C1 15 P1 opera s1", "C2 16 P1 opera s1"), 0),
        case(
            "to and fro",
            NEAR,
            ("C1 15 P1 opera s1", "C2 15 P2 ball s1", "C1 15 P3 ball s1", "C2 15 P4 opera s1"),
            3,
        ),
    ],
)
def test_specialist_ways(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("specialist_ways", scenario, day_plan(*sessions, away=away), expected)


COLLEAGUE = {
    "name": "Su",
    "kind": "teacher",
    "roles": ["specialist"],
    "courses": ["opera"],
    "cleared_until": "2030-01-01",
}
TWO_TEACHERS = tiny(
    courses=rows("courses", opera={"max_per_week": 2}),
    staff=rows("staff", s1={"fee_per_session": 99.5}, s2={**COLLEAGUE, "fee_per_session": 50.4}),
)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("the same", TWO_TEACHERS, ("C1 15 P1 opera s1", "C1 16 P1 opera s1"), 0),
        case("another", TWO_TEACHERS, ("C1 15 P1 opera s1", "C1 16 P1 opera s2"), 1),
        case("each class its own", TWO_TEACHERS, ("C1 15 P1 opera s1", "C2 16 P1 opera s2"), 0),
        case(
            "twice",
            TWO_TEACHERS,
            ("C1 15 P1 opera s1", "C1 16 P1 opera s2", "C2 15 P4 opera s1", "C2 16 P4 opera s2"),
            2,
        ),
    ],
)
def test_same_specialist(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("same_specialist", scenario, day_plan(*sessions, away=away), expected)


@pytest.mark.parametrize(
    ("scenario", "sessions", "away", "expected"),
    [
        case("nothing", TWO_TEACHERS, ("C1 15 P1 ball",), 0),
        case("99.50 is 100 yuan", TWO_TEACHERS, ("C1 15 P1 opera s1",), 100),
        case("and 50.40 is 50", TWO_TEACHERS, ("C1 15 P1 opera s1", "C2 15 P1 opera s2"), 150),
    ],
)
def test_session_fees(scenario: Scenario, sessions: Texts, away: Texts, expected: int) -> None:
    try_out("session_fees", scenario, day_plan(*sessions, away=away), expected)


def test_a_joint_session_is_paid_once() -> None:
    scenario = tiny(
        classes=rows("classes", C2={"venue": "V1", "room": None}),
        courses=rows("courses", opera={"joint": 3}),
        staff=rows("staff", s1={"fee_per_session": 70}),
    )
    together = day_plan("C1 15 P1 opera s1 R1", "C2 15 P1 opera s1 R1")
    try_out("session_fees", scenario, together, 70)
