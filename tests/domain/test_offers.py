"""Extra shifts as offers people can say yes to: they add up, and read as one would say it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from scheduler.domain.offers import offers
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Extra
from tests.seasons import tiny

DAYS = [date(2024, 7, day) for day in (15, 16, 17, 18, 19, 22, 23, 24, 25, 26)]


def two_weeks() -> Scenario:
    """Two weeks from Monday to Friday."""
    return tiny(days=[{"date": day.isoformat(), "week": "1" if day.day < 20 else "2"} for day in DAYS])


def extra(day: date, shift: str = "AM", class_: str = "C1", must: bool = False) -> Extra:
    return Extra.model_validate(
        {"venue": "V1", "class": class_, "date": day, "shift": shift, "role": "volunteer", "must": must}
    )


def test_the_same_days_of_a_week_are_one_offer_for_several() -> None:
    rows = [extra(day, class_=class_) for day in DAYS[:5] for class_ in ("C1", "C1", "C2")]
    (offer,) = offers(two_weeks(), rows)
    assert (offer.people, offer.dates, offer.shifts, offer.total) == (3, tuple(DAYS[:5]), ("AM",), 15)
    assert offer.classes == ("C1", "C2")


def test_the_second_person_comes_on_the_days_on_which_two_are_asked_for() -> None:
    rows = [extra(day) for day in DAYS[:5]] + [extra(DAYS[1], must=True), extra(DAYS[3])]
    found = offers(two_weeks(), rows)
    assert [(row.people, row.dates) for row in found] == [(1, tuple(DAYS[:5])), (1, (DAYS[1], DAYS[3]))]
    # one of the two on Tuesday is a must: the first person is counted as that one
    assert [row.must for row in found] == [1, 0]


def test_shifts_and_weeks_alike_are_one_offer() -> None:
    rows = [extra(day, shift) for day in DAYS for shift in ("AM", "PM")]
    (offer,) = offers(two_weeks(), rows)
    assert (offer.weeks, offer.shifts, offer.total) == (("1", "2"), ("AM", "PM"), 20)


def test_musts_come_first() -> None:
    rows = [extra(DAYS[0]), extra(DAYS[5], "PM", must=True)]
    assert [row.must for row in offers(two_weeks(), rows)] == [1, 0]


@pytest.mark.parametrize("seed", range(20))
def test_offers_add_up_to_the_extra_shifts(seed: int) -> None:
    dice = Random(seed)
    rows = [
        extra(dice.choice(DAYS), dice.choice(["AM", "PM"]), must=dice.random() < 0.3)
        for _ in range(dice.randint(1, 40))
    ]
    found = offers(two_weeks(), rows)
    asked = Counter((row.date, row.shift) for row in rows)
    given: Counter[tuple[date, str]] = Counter()
    for offer in found:
        given.update({(day, shift): offer.people for day in offer.dates for shift in offer.shifts})
    assert given == asked
    assert sum(offer.total for offer in found) == len(rows)
    assert sum(offer.must for offer in found) == sum(row.must for row in rows)
