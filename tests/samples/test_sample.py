"""The synthetic season: its size, its repeatability, its consistency."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from scheduler.domain.choices import options
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import families, sibling_wish
from scheduler.exporters.tables import book_of, folder_files
from scheduler.readers import read_scenario
from scheduler.samples import sample

DIGEST = "361e330654005fd11bd769dfdf3b7356f4a652f48daf097cca0fe35929acd76b"


@pytest.fixture(scope="module")
def season() -> Scenario:
    return sample(300, 6, 4, 1)


def test_has_the_numbers_asked_for(season: Scenario) -> None:
    # the sizes the brief names for 300 children, 6 venues and 4 weeks
    kinds = Counter("volunteer" if p.kind == "volunteer" else p.roles[0] for p in season.staff)
    assert (len(season.children), len(season.venues), len(season.weeks)) == (300, 6, 4)
    assert 10 <= len(season.classes) <= 12
    assert len(season.courses) == 12
    assert kinds["specialist"] == 15
    assert 25 <= kinds["specialist"] + kinds["homeroom"] <= 30
    assert 65 <= kinds["volunteer"] <= 75


def test_asks_for_a_little_more_than_there_is(season: Scenario) -> None:
    seats = sum(row.capacity for row in season.classes) * len(season.weeks)
    wanted = sum(len(season.wanted_weeks(row.id)) for row in season.processed)
    assert 1.0 < wanted / seats < 1.12


def test_is_the_same_every_time_and_another_with_another_seed() -> None:
    assert sample(80, 2, 2, 7).sha256 == sample(80, 2, 2, 7).sha256
    assert sample(80, 2, 2, 7).sha256 != sample(80, 2, 2, 8).sha256


def test_is_the_same_on_every_machine() -> None:
    # Python promises `random()` alone; whoever changes the generator on purpose updates this digest
    files = folder_files(book_of(sample(40, 2, 1, 3), "en"))
    assert sha256(b"".join(content for _, content in sorted(files.items()))).hexdigest() == DIGEST


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_reads_back_without_a_blocking_problem(tmp_path: Path, seed: int) -> None:
    given = sample(200, 5, 3, seed)
    for name, content in folder_files(book_of(given, "en")).items():
        (tmp_path / name).write_bytes(content)
    reading = read_scenario(tmp_path)
    assert [problem.id for problem in reading.problems if problem.blocking] == []
    assert reading.scenario is not None
    assert reading.scenario.sha256 == given.sha256


def test_choices_are_open_and_mostly_near(season: Scenario) -> None:
    named = [row for row in season.processed if row.choices]
    # a family only names venues that take its children, whatever their age
    assert all(options(season, row) for row in named)
    first = [
        season.venue.get(row.choices[0]) or season.venue[season.class_[row.choices[0]].venue] for row in named
    ]
    ways = [season.distance_km(row, venue) or 0 for row, venue in zip(named, first, strict=True)]
    everywhere = [season.distance_km(row, venue) or 0 for row in named for venue in season.venues]
    assert sum(ways) / len(ways) < 0.75 * sum(everywhere) / len(everywhere)


def test_a_season_of_several_districts_is_one_city() -> None:
    # 600 children at 24 venues are three districts; one family in ten names a venue of a neighbouring one
    city = sample(600, 24, 1, 2)
    at = {row.id: row.district for row in city.venues}
    at |= {row.id: at[row.venue] for row in city.classes}
    named = [{at[choice] for choice in row.choices} for row in city.children if row.choices]
    joined = next(iter(named))
    while grown := [places for places in named if places & joined and not places <= joined]:
        joined = joined.union(*grown)
    assert joined == {row.district for row in city.venues}
    assert len(joined) == 3
    assert 0.06 < sum(len(places) > 1 for places in named) / len(named) < 0.14


def test_has_something_of_everything(season: Scenario) -> None:
    big = sample(1000, None, 4, 0)
    assert any(row.siblings == "must" for row in season.children)
    assert season.friendships
    assert big.foes
    assert big.locks
    assert {row.stay for row in season.children} == {"steady", "whole", "weeks"}
    assert {row.mode for row in season.venues} == {"employer", "community", "joint"}
    assert any(not row.consent for row in big.children)
    assert any("aide" in row.needs for row in big.children)
    assert any(row.optional for row in big.classes)


def test_no_two_promises_contradict() -> None:
    # a lock's child is processed, of the class's age, allowed at its venue, and no two share a class
    big = sample(2000, None, 4, 5)
    assert len(big.locks) > 3
    for lock in big.locks:
        child, class_ = big.child[lock.child or ""], big.class_[lock.class_ or ""]
        assert child in big.processed
        assert class_ in [found for found, _ in options(big, child)]
        assert not class_.optional
    assert len({lock.class_ for lock in big.locks}) == len(big.locks)
    bound = {k.id for rows in families(big).values() if sibling_wish(big, rows) == "must" for k in rows}
    assert not bound & {lock.child for lock in big.locks}


@pytest.mark.parametrize(
    ("children", "venues", "weeks"), [(1, None, None), (5, 4, 1), (60, 1, 8), (120, 30, 2)]
)
def test_any_size_will_do(children: int, venues: int | None, weeks: int | None) -> None:
    given = sample(children, venues, weeks, 0)
    assert len(given.children) == children
    assert {row.venue for row in given.classes} == set(given.venue)


def test_grows_with_the_number_of_children() -> None:
    small, large = sample(500, None, 1, 0), sample(1000, None, 1, 0)
    assert len(large.staff) == pytest.approx(2 * len(small.staff), rel=0.15)
    assert len(large.classes) == pytest.approx(2 * len(small.classes), rel=0.1)
