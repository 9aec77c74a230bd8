"""The fewest extra shifts that close every gap: hand-reasoned cases, and brute force over small ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement, count
from random import Random
from typing import Any

import pytest

from scheduler.domain.demand import gaps
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.recruiting import Short, cover, extras
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables.staff import DUTY_ROLES, Role
from tests.domain.test_demand import need
from tests.rules.staffing_halves import CLEARED, people, roster, staffed
from tests.seasons import placed

ROLES: tuple[Role, ...] = tuple(role for role in DUTY_ROLES if role != "site")


def found(scenario: Scenario, plan: Plan) -> list[tuple[str | None, str, tuple[str, ...], bool]]:
    """Class, role, qualifications and `must` of the extra shifts of Monday morning."""
    return [
        (row.class_, row.role, row.qualifications, row.must)
        for row in extras(scenario, plan)
        if (row.date.day, row.shift) == (15, "AM")
    ]


@pytest.mark.parametrize(
    ("needs", "duties", "expected"),
    [
        # nobody is there: each class wants its homeroom teacher
        (
            [need(role="homeroom", per_class=1)],
            (),
            [("C1", "homeroom", (), False), ("C2", "homeroom", (), False)],
        ),
        # t1 is in C1 already
        ([need(role="homeroom", per_class=1)], ("t1 C1 15 AM",), [("C2", "homeroom", (), False)]),
        # one volunteer with first aid is the volunteer, the adult and the first-aider of C1 (and of C2)
        (
            [
                need("v", role="volunteer", per_class=1, strength="must"),
                need("aid", qualification="first_aid"),
                need("ratio", children_per_adult=10),
            ],
            (),
            [("C1", "volunteer", ("first_aid",), True), ("C2", "volunteer", ("first_aid",), True)],
        ),
        # v1 is there without first aid: somebody with it is still to come, and nobody else
        (
            [need("v", role="volunteer", per_class=1), need("aid", qualification="first_aid")],
            ("v1 C1 15 AM", "v2 C2 15 AM"),
            [("C1", "volunteer", ("first_aid",), False), ("C2", "volunteer", ("first_aid",), False)],
        ),
        # two needs that share no role are two people
        (
            [need("h", role="homeroom", per_class=1), need("l", role="life", per_class=1, max_age=8)],
            ("t2 C2 15 AM",),
            [("C1", "homeroom", (), False), ("C1", "life", (), False)],
        ),
        # a must for one and a wish for two of any role: the second is a wish
        (
            [need("one", per_class=1, strength="must", max_age=8), need("two", per_class=2, max_age=8)],
            (),
            [("C1", "volunteer", (), True), ("C1", "volunteer", (), True)],
        ),
        # a site leader is the venue's: none of C1's adults will do
        (
            [need(role="site", per_class=1)],
            ("t1 C1 15 AM",),
            [(None, "site", (), False), (None, "site", (), False)],
        ),
        # the venue wants a first-aider, the class a volunteer: one person, in the class
        (
            [
                need("aid", setting="venue", qualification="first_aid"),
                need("v", role="volunteer", per_class=1),
            ],
            ("v1 C2 15 AM",),
            [("C1", "volunteer", ("first_aid",), False), ("C2", "volunteer", ("first_aid",), False)],
        ),
    ],
)
def test_one_adult_closes_all_that_it_can(
    needs: list[dict[str, Any]], duties: tuple[str, ...], expected: list[object]
) -> None:
    assert found(staffed(needs=needs), roster(*duties)) == expected


def test_an_aide_comes_beyond_all_others() -> None:
    # C1 asks for one adult, and a needs one besides: with t1 there one is missing, with nobody two
    children = [
        {"id": "a", "name": "An", "birth_date": "2016-01-01", "needs": ["aide"]},
        {"id": "b", "name": "Bo", "birth_date": "2016-02-01"},
        {"id": "c", "name": "Chen", "birth_date": "2015-03-01"},
    ]
    season = staffed(needs=[need(role="homeroom", per_class=1, max_age=8)], children=children)
    assert [row[:2] for row in found(season, roster("t1 C1 15 AM"))] == [("C1", "volunteer")]
    assert sorted(row[1] for row in found(season, roster())) == ["homeroom", "volunteer"]


def test_a_full_season_wants_nobody() -> None:
    season = staffed(needs=[need(role="homeroom", per_class=1)])
    full = roster(*(f"t{n} C{n} {day} {shift}" for n in (1, 2) for day in (15, 16) for shift in ("AM", "PM")))
    assert extras(season, full) == ()


@pytest.mark.parametrize("seed", range(30))
def test_the_extra_shifts_close_every_gap_of_any_plan(seed: int) -> None:
    dice = Random(seed)
    needs = [
        need("h", role="homeroom", per_class=dice.randint(0, 2), strength="must"),
        need("v", role="volunteer", per_class=dice.randint(1, 2)),
        need("ratio", children_per_adult=1, counts=["volunteer", "life"]),
        need("aid", setting=dice.choice(["class", "venue"]), qualification="first_aid"),
        need("lead", role="site", per_class=dice.randint(0, 1), shifts=["AM"]),
    ]
    staff = people(v1={"qualifications": ["first_aid"]})
    everything = [
        f"{who} {where} {day} AM" for who in ("v1", "v2", "t1") for where in ("C1", "C2") for day in (15, 16)
    ]
    season = staffed(needs=needs, staff=staff)
    plan = roster(*dice.sample(everything, 3), placements=placed("a@C1", "b@C1", "c@C2"))
    more = extras(season, plan)
    assert more  # the ratio alone asks for more than three duties can be
    newcomers = [
        {
            "id": f"n{number}",
            "name": "N",
            "kind": "teacher",
            "roles": [row.role],
            "qualifications": list(row.qualifications),
            **CLEARED,
        }
        for number, row in enumerate(more)
    ]
    duties = [
        Duty(
            person=f"n{number}",
            role=row.role,
            class_=row.class_,
            venue=row.venue,
            date=row.date,
            shift=row.shift,
        )
        for number, row in enumerate(more)
    ]
    bigger = staffed(needs=needs, staff=[*staff, *newcomers])
    assert gaps(bigger, plan.with_(duties=(*plan.duties, *duties))) == ()
    assert len(more) <= sum(gap.missing for gap in gaps(season, plan))


# ---- brute force ----------------------------------------------------------------------------------------


def random_shorts(dice: Random, most: int) -> tuple[Short, ...]:
    """Up to `most` asks of one post, each short of one or two adults."""
    rows = {
        Short(
            tuple(sorted(dice.sample(DUTY_ROLES, dice.randint(1, 4)), key=DUTY_ROLES.index)),
            dice.choice(["", "", "first_aid", "swim"]),
            dice.randint(1, 2),
            dice.random() < 0.5,
        )
        for _ in range(dice.randint(0, most))
    }
    return tuple(sorted(rows))


def fewest(classes: tuple[tuple[Short, ...], ...], wide: tuple[Short, ...]) -> int:
    """The fewest adults by trying all of each size, everybody with every qualification."""
    everything = ("first_aid", "swim")
    kinds = [(n, role) for n in range(len(classes)) for role in ROLES] + [(-1, "site")]

    def closes(adults: Iterable[tuple[int, Role]]) -> bool:
        chosen = list(adults)
        own = all(
            sum(n == at and short.takes(role, everything) for at, role in chosen) >= short.number
            for n, shorts in enumerate(classes)
            for short in shorts
        )
        everybody = [role for _, role in chosen]
        return own and all(sum(s.takes(role, everything) for role in everybody) >= s.number for s in wide)

    sizes: Iterator[int] = count()
    return next(size for size in sizes if any(map(closes, combinations_with_replacement(kinds, size))))


@pytest.mark.parametrize("seed", range(60))
def test_as_few_as_brute_force_finds(seed: int) -> None:
    dice = Random(seed)
    # an ask of a class counts no `site` people: an ask of these alone could never be met there
    classes = tuple(
        tuple(short for short in random_shorts(dice, 2) if set(short.roles) & set(ROLES)) for _ in range(2)
    )
    wide = random_shorts(dice, 1)
    recruits = cover(tuple((shorts, True) for shorts in classes), wide)
    assert sum(map(len, recruits)) == fewest(classes, wide)
    for shorts, adults in zip(classes, recruits, strict=False):
        for short in shorts:
            assert sum(short.takes(*adult) for adult in adults) >= short.number
    everybody = [adult for adults in recruits for adult in adults]
    for short in wide:
        assert sum(short.takes(*adult) for adult in everybody) >= short.number


def test_no_more_is_asked_of_them_than_is_needed() -> None:
    # two volunteers, one of them with first aid: the other needs none, and nobody has to be a teacher
    anybody = Short(DUTY_ROLES, "", 2, False)
    aid = Short(DUTY_ROLES, "first_aid", 1, False)
    assert cover((((aid, anybody), True),), ()) == ((("volunteer", ()), ("volunteer", ("first_aid",))), ())
