"""Dealing a pool out: nobody is lost, seats are kept, and it is no worse than dealing in turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits, Request, Stop
from scheduler.solver.goals import Goal
from scheduler.solver.levels import solve_levels
from scheduler.solver.placement import splitting
from scheduler.solver.placement.build import Task, build
from scheduler.solver.placement.pooling import pooled
from scheduler.solver.placement.reading import plan_of
from scheduler.solver.placement.settling import Seats
from scheduler.solver.placement.splitting import split
from tests.seasons import season

LIMITS = Limits(seconds=20, workers=1, reproducible=True)
WEEKS = [{"date": f"2024-07-{8 + 7 * number:02}", "week": str(number + 1)} for number in range(3)]
SHIFTS = [{"id": "AM", "start": "08:00", "end": "12:00"}]
VENUES = [{"id": "V1", "name": "North", "mode": "community"}, {"id": "V2", "name": "South", "mode": "joint"}]


def given(children: list[dict[str, Any]], seats: dict[str, int], weeks: int = 1) -> Scenario:
    """Classes of so many seats at V1, and one class B at V2."""
    classes = [{"id": id, "name": id, "venue": "V1", "capacity": number} for id, number in seats.items()]
    classes.append({"id": "B", "name": "B", "venue": "V2", "capacity": 3})
    return season(
        days=WEEKS[:weeks],
        shifts=SHIFTS,
        venues=VENUES,
        classes=classes,
        children=[_row(c) for c in children],
    )


def _row(child: dict[str, Any]) -> dict[str, Any]:
    id = child["id"]
    return {"name": id.upper(), "birth_date": "2016-01-01", "choices": ["V1", "V2"], **child}


def request(scenario: Scenario, limits: Limits = LIMITS) -> Request:
    return Request(scenario, Rulebook(scenario.settings), Plan(), limits)


def dealt(scenario: Scenario, seats: Seats, limits: Limits = LIMITS) -> Seats:
    asked = request(scenario, limits)
    pools = pooled(asked, frozenset()).pools
    assert pools
    return split(asked, pools, seats, Clock(limits))


def cost(scenario: Scenario, seats: Seats) -> float:
    """The weighted soft rules, by their own checks."""
    found, book = plan_of(Task(request(scenario), frozenset()), seats), Rulebook(scenario.settings)
    return sum(
        book.weight(rule) * sum(broken.amount for broken in rule.check(scenario, found))
        for rule in book.of_stage("placement", hard=False)
    )


def changes(scenario: Scenario, seats: Seats) -> int:
    """How often a child's class changes from one placed week to the next."""
    weeks = defaultdict(list)
    for (child, _), class_ in sorted(seats.items()):
        weeks[child].append(class_)
    return sum(one != other for found in weeks.values() for one, other in pairwise(found))


def random_pool(seed: int) -> tuple[Scenario, Seats]:
    """A full pool of two or three classes over one to three weeks, with friends, girls, ages and aides."""
    dice = Random(seed)
    weeks, names = dice.choice([1, 2, 3]), "abcdefghi"[: dice.choice([4, 6, 9])]
    children = [
        {
            "id": id,
            "gender": dice.choice(["girl", "boy", None]),
            "birth_date": dice.choice(["2015-01-01", "2016-01-01", "2017-01-01"]),
            "needs": ["aide"] if dice.random() < 0.2 else [],
            "friends": [other for other in names if other != id and dice.random() < 0.4],
            "family": dice.choice(["", "F"]),
            "siblings": dice.choice(["must", "prefer"]),
        }
        for id in names
    ]
    sizes = {"A1": dice.choice([1, 2, 3]), "A2": dice.choice([2, 3]), "A3": dice.choice([1, 2, 4])}
    sizes = dict(list(sizes.items())[: dice.choice([2, 3, 3])])
    scenario = given(children, sizes, weeks)
    seats: Seats = {}
    for number in range(weeks):
        week, room = str(number + 1), Counter({"A1": sum(sizes.values()), "B": 3})
        for id in dice.sample(names, len(names)):
            class_ = dice.choice(["A1", "A1", "A1", "B", ""])
            if class_ and room[class_]:
                room[class_] -= 1
                seats[id, week] = class_
    return scenario, seats


def sound(scenario: Scenario, before: Seats, after: Seats) -> bool:
    """Everybody has a class of the pool they were in, with seats for all."""
    heads = Counter((class_, week) for (_, week), class_ in after.items())
    same = all((class_ == "B") == (before[key] == "B") for key, class_ in after.items())
    fits = all(number <= scenario.seats(class_) for (class_, _), number in heads.items())
    return after.keys() == before.keys() and same and fits


def test_nobody_is_lost_and_seats_are_kept_and_it_is_no_worse_than_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    better = several = 0
    started: list[Seats] = []
    plainly = splitting._dealt

    def dealt_in_turn(*asked: Any) -> Seats:  # noqa: ANN401 - as the function itself
        started.append(plainly(*asked))
        return started[-1]

    monkeypatch.setattr(splitting, "_dealt", dealt_in_turn)
    for seed in range(40):
        scenario, seats = random_pool(seed)
        after = dealt(scenario, seats)
        assert sound(scenario, seats, after), seed
        first = {**seats, **started.pop()}
        assert sound(scenario, seats, first), seed
        had, found = cost(scenario, first), cost(scenario, after)
        assert (found, changes(scenario, after)) <= (had + 1e-9, changes(scenario, first)), seed
        better, several = better + (found < had - 1e-9), several + (len(scenario.weeks) > 1)
    assert better > 15
    assert several > 15


def test_friends_who_fit_are_together() -> None:
    # a-b and c-d are friends, two seats each: one pair a class, though boys and girls would be dealt apart
    pairs = {"a": "b", "b": "a", "c": "d", "d": "c"}
    children = [
        {"id": id, "friends": [friend], "gender": "girl" if id in "ac" else "boy"}
        for id, friend in pairs.items()
    ]
    found = dealt(given(children, {"A1": 2, "A2": 2}), {(id, "1"): "A1" for id in pairs})
    assert found["a", "1"] == found["b", "1"] != found["c", "1"] == found["d", "1"]


def test_the_same_class_all_weeks_where_that_costs_nothing() -> None:
    # who is there in which weeks differs; three seats in each class leave all of them a class for good
    stays = {"a": "123", "b": "12", "c": "23", "d": "123", "e": "1", "f": "3"}
    seats = {(id, week): "A1" for id, weeks in stays.items() for week in weeks}
    scenario = given([{"id": id} for id in stays], {"A1": 3, "A2": 3}, weeks=3)
    found = dealt(scenario, seats)
    assert changes(scenario, found) == 0
    assert cost(scenario, found) == 0  # and each week's classes differ by one child at most


@pytest.mark.parametrize("seconds", [0.0, 1e-6])
def test_without_time_everybody_has_a_seat_all_the_same(seconds: float) -> None:
    for seed in range(8):
        scenario, seats = random_pool(seed)
        assert sound(scenario, seats, dealt(scenario, seats, replace(LIMITS, seconds=seconds))), seed


def test_who_stops_has_a_seat_for_everybody_all_the_same() -> None:
    stop = Stop()
    stop.request()
    for seed in range(20):
        scenario, seats = random_pool(seed)
        assert sound(scenario, seats, dealt(scenario, seats, Limits(workers=1, stop=stop))), seed


def test_a_pool_with_nobody_in_it_stays_empty() -> None:
    scenario = given([{"id": "a"}], {"A1": 2, "A2": 2})
    assert dealt(scenario, {}) == {}
    assert dealt(scenario, {("a", "1"): "B"}) == {("a", "1"): "B"}


# ---- what dealing out is sure to cost -------------------------------------------------------------


@pytest.mark.parametrize(
    ("seats", "children", "uneven"),
    [
        # so many seats in each class; h children at V1, all of one age, so that what their heads cost their
        # age costs too; most - least - 1 at best, by hand
        ({"A1": 2, "A2": 2}, 4, 0),  # 2 and 2
        ({"A1": 2, "A2": 4}, 5, 0),  # 2 and 3
        ({"A1": 2, "A2": 4}, 6, 1),  # 2 and 4
        ({"A1": 2, "A2": 5}, 7, 2),  # 2 and 5
        (
            {"A1": 1, "A2": 4},
            4,
            0,
        ),  # 4 and nobody, who is not compared; so 1 and 4 is not reckoned with either
        ({"A1": 2, "A2": 4, "A3": 4}, 10, 1),  # 2, 4 and 4
    ],
)
def test_what_uneven_seats_are_sure_to_cost(seats: dict[str, int], children: int, uneven: int) -> None:
    rows = [{"id": f"c{number}", "choices": ["V1"]} for number in range(children)]
    scenario = given(rows, seats)
    asked = request(scenario)
    taken = pooled(asked, frozenset())
    room = {pool: tuple(scenario.seats(one) for one in classes) for pool, classes in taken.pools.items()}
    built = build(Task(taken.request, frozenset(), room))
    for child, week in built.x.child_weeks:
        built.model.require(built.x.anywhere(child, week) == 1)
    weight = asked.rulebook.weight(asked.rulebook.by_id["balanced_classes"])
    found = solve_levels(
        built.model, [Goal("soft", built.cost, scale=SCALE)], LIMITS, Clock(LIMITS), "placement"
    )
    assert found.levels[0].value == pytest.approx(2 * weight * uneven)
    pool = next(iter(taken.pools))
    dealt_out = dealt(scenario, {(f"c{number}", "1"): pool for number in range(children)})
    assert cost(scenario, dealt_out) >= 2 * weight * uneven - 1e-9


@pytest.mark.parametrize(
    ("ages", "uneven"),
    [
        # five and two seats, all taken: 2 for the heads. Of the ages, 1 apart costs nothing, 2 apart 1:
        ((7,), 2),  # 5 and 2
        ((5, 2), 1),  # 3 and 2, 2 and 0
        ((3, 3, 1), 0),  # 2 and 1, 2 and 1, 1 and 0
        ((4, 2, 1), 1),  # 2 and 2, 2 and 0, 1 and 0
    ],
)
def test_what_ages_are_sure_to_cost_in_uneven_seats(ages: tuple[int, ...], uneven: int) -> None:
    births = [f"{2014 + number}-01-01" for number, count in enumerate(ages) for _ in range(count)]
    rows = [
        {"id": f"c{n}", "choices": ["V1"], "birth_date": birth, "gender": "boy"}
        for n, birth in enumerate(births)
    ]
    told, real = sure_and_real(given(rows, {"A1": 2, "A2": 5}), {f"c{n}" for n in range(7)})
    assert told == pytest.approx(2 + uneven)
    assert real == pytest.approx(2 + uneven)


def test_no_more_is_told_than_the_best_dealing_costs() -> None:
    told_some = empty = 0
    for seed in range(60):
        dice = Random(seed)
        sizes = {f"A{n}": dice.choice([1, 2, 2, 3, 5]) for n in range(dice.choice([2, 2, 3]))}
        number = dice.choice([sum(sizes.values()), dice.randint(1, sum(sizes.values()))])
        rows = [
            {"id": f"c{n}", "choices": ["V1"], "birth_date": f"{dice.choice([2014, 2015, 2016])}-01-01"}
            for n in range(number)
        ]
        told, real = sure_and_real(given(rows, sizes), {f"c{n}" for n in range(number)})
        assert told <= real + 1e-9, seed
        told_some, empty = (
            told_some + (told > 0),
            empty + (number <= sum(sizes.values()) - min(sizes.values())),
        )
    assert told_some > 8
    assert empty > 8


def sure_and_real(scenario: Scenario, there: set[str]) -> tuple[float, float]:
    """What the pooled season says that these children at V1 cost at least, and what they do: the least of all
    ways to deal them out."""
    asked = request(scenario)
    taken = pooled(asked, frozenset())
    room = {pool: tuple(scenario.seats(one) for one in classes) for pool, classes in taken.pools.items()}
    built = build(Task(taken.request, frozenset(), room))
    for child, week in built.x.child_weeks:
        built.model.require(built.x.anywhere(child, week) == int(child in there))
    goal = Goal("soft", built.cost, scale=SCALE)
    told = solve_levels(built.model, [goal], LIMITS, Clock(LIMITS), "placement").levels[0].value
    classes = next(iter(taken.pools.values()))
    ways = product(classes, repeat=len(there))
    seats = ({(child, "1"): class_ for child, class_ in zip(sorted(there), way, strict=True)} for way in ways)
    fitting = (found for found in seats if fits(scenario, found))
    ages: dict[object, Seats] = {}
    for found in fitting:  # who is of one age is all alike
        kind = Counter((scenario.age(child), class_) for (child, _), class_ in found.items())
        ages.setdefault(frozenset(kind.items()), found)
    return told, min(cost(scenario, found) for found in ages.values())


def fits(scenario: Scenario, seats: Seats) -> bool:
    """Whether no class has more children than seats."""
    heads = Counter((class_, week) for (_, week), class_ in seats.items())
    return all(number <= scenario.seats(class_) for (class_, _), number in heads.items())
