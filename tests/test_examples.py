"""The examples: what their scripts write, clean to read, with the figures of their stories."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.choices import fits_age
from scheduler.domain.scenario import Scenario
from scheduler.domain.units import families, sibling_wish
from scheduler.readers import read_scenario
from scheduler.samples.examples import UnknownExample, example_names, example_path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = ("beijing-2016", "contradiction", "luoyang-2024", "tiny")


@pytest.fixture(scope="module")
def seasons() -> dict[str, Scenario]:
    found = {}
    for name in NAMES:
        reading = read_scenario(EXAMPLES / name)
        assert reading.scenario is not None, [problem.id for problem in reading.problems if problem.blocking]
        found[name] = reading.scenario
    return found


def test_all_are_found() -> None:
    assert example_names() == NAMES
    assert example_path("beijing-2016").name == "beijing-2016.xlsx"
    assert (example_path("tiny") / "children.csv").is_file()
    with pytest.raises(UnknownExample):
        example_path("peking")


@pytest.mark.parametrize("name", NAMES)
def test_each_tells_its_story(name: str) -> None:
    assert f"examples/{name}" in (EXAMPLES / name / "README.md").read_text("utf-8")


def test_they_are_what_their_scripts_write(tmp_path: Path) -> None:
    # the scripts write beside themselves, so they are copied away and compared with what is kept
    (tmp_path / "build").mkdir()
    for script in (EXAMPLES / "build").glob("*.py"):
        (tmp_path / "build" / script.name).write_bytes(script.read_bytes())
    subprocess.run([sys.executable, str(tmp_path / "build" / "all.py")], check=True, capture_output=True)
    for name in NAMES:
        written = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        kept = {
            path.name: path.read_bytes()
            for path in (EXAMPLES / name).iterdir()
            if path.suffix in (".csv", ".xlsx") and not path.name.startswith("~")
        }
        assert written == kept, f"{name} is out of step: run python examples/build/all.py"


class TestBeijing:
    def test_figures_of_the_unions(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["beijing-2016"]
        modes = {row.id: row.mode for row in season.venues}
        first = Counter(modes.get(season.class_[c].venue if c in season.class_ else c)
                        for row in season.processed for c in row.choices[:1])  # fmt: skip
        assert first["joint"] == 89
        assert first["employer"] == 35
        assert (season.open_days[0], season.open_days[-1]) == (date(2016, 7, 18), date(2016, 8, 12))
        assert len(season.open_days) == 20
        centre = next(row for row in season.venues if row.mode == "joint")
        assert [row.name for row in season.classes_at(centre.id)] == ["大象班", "海豚班", "长颈鹿班"]
        assert {"京剧", "内画鼻烟壶", "儿童心理", "手工", "建筑模型"} <= {row.name for row in season.courses}
        assert len(season.trips) == 3
        museum = [row for row in season.staff if row.kind == "volunteer" and row.employer == "北京汽车博物馆"]
        assert len(museum) == 10
        assert {"北京汽车博物馆"} == {row.provider for row in season.staff if "汽车" in row.courses}

    def test_one_class_is_too_popular(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["beijing-2016"]
        elephants = next(row for row in season.classes if row.name == "大象班")
        wishing = [
            row
            for row in season.processed
            if row.choices
            and row.choices[0] in (elephants.venue, elephants.id)
            and fits_age(season, row, elephants)
        ]
        assert len(wishing) == 33
        assert season.seats(elephants.id) == 28
        assert sum(len(row.choices) > 1 for row in wishing) == 6

    def test_one_volunteer_is_short_on_one_afternoon_and_nobody_else(
        self, seasons: dict[str, Scenario]
    ) -> None:
        # two volunteers a class and shift: six at the centre, two elsewhere
        season = seasons["beijing-2016"]
        short = []
        for venue in season.venues:
            wanted = 2 * len(season.classes_at(venue.id))
            for day in season.open_days:
                for shift in season.shift:
                    there = [
                        row
                        for row in season.staff
                        if "volunteer" in row.roles
                        and season.works_at(row.id, venue.id)
                        and season.is_cleared(row.id, day)
                        and not season.is_minor(row.id, day)
                        and season.availability_of(row.id, day, shift) != "no"
                    ]
                    short += [(venue.id, day, shift, wanted - len(there))] * (len(there) < wanted)
        assert short == [("中心", date(2016, 8, 3), "下午", 1)]

    def test_has_something_to_tell(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["beijing-2016"]
        wishes = Counter(sibling_wish(season, rows) for rows in families(season).values())
        assert wishes == {"must": 3, "prefer": 2, "indifferent": 1}
        assert len(season.friendships) == 5
        assert len(season.foes) == 4
        assert sum(not row.consent for row in season.children) == 1
        assert sum(row.status == "withdrawn" for row in season.children) == 1
        assert sum(bool(row.allergies) for row in season.children) >= 3
        assert {row.priority for row in season.children} == {"单亲", "困难", "务工", "其他"}

    def test_only_those_are_remarked_on_who_are_meant(self) -> None:
        found = {problem.id for problem in read_scenario(EXAMPLES / "beijing-2016").problems}
        assert found <= {"child_without_consent", "child_withdrawn", "staff_minor", "staff_not_cleared"}


class TestLuoyang:
    def test_three_teachers_and_three_kinds_of_volunteers(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["luoyang-2024"]
        assert {role for row in season.staff for role in row.roles} == {
            "homeroom", "specialist", "life", "volunteer"
        }  # fmt: skip
        for venue in season.venues:
            here = [row for row in season.staff if venue.id in row.venues]
            assert {row.volunteer_type for row in here} == {"student", "model_worker", "community", None}

    def test_has_everything_the_issue_asks_for(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["luoyang-2024"]
        assert 3 <= len(season.venues) <= 4
        assert 90 <= len(season.children) <= 120
        assert len({row.venue for row in season.points}) == 1
        assert "must" in {sibling_wish(season, rows) for rows in families(season).values()}
        assert any(row.stay == "whole" for row in season.children)
        assert any(row.kits for row in season.courses)
        assert any(row.after for row in season.courses)
        assert {row.kind for row in season.locks} >= {"place", "session", "no_session", "duty", "no_duty"}
        assert all(row.owner and row.reason for row in season.locks)
        assert season.closures


class TestContradiction:
    def test_the_four_rows_are_there(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["contradiction"]
        assert [(row.child, row.class_) for row in season.locks] == [("K1", "larks"), ("K3", "wrens")]
        assert sibling_wish(season, families(season)["Lu"]) == "must"
        # at the club nothing but the full class fits the brother
        club = [row.id for row in season.classes_at("CLUB") if fits_age(season, season.child["K2"], row)]
        assert club == ["wrens"]
        assert season.seats("wrens") == 1


class TestTiny:
    def test_is_small_enough_to_follow(self, seasons: dict[str, Scenario]) -> None:
        season = seasons["tiny"]
        numbers = {
            name: len(getattr(season, name)) for name in ("children", "venues", "classes", "courses", "trips")
        }
        assert numbers == {"children": 8, "venues": 2, "classes": 3, "courses": 3, "trips": 1}
        assert len(season.staff) == 6
        assert len(season.weeks) == 2

    def test_the_specialist_can_go_from_venue_to_venue_between_two_periods(
        self, seasons: dict[str, Scenario]
    ) -> None:
        # 2 km at 20 km/h and ten minutes: 16 minutes, and P2 begins 20 minutes after P1 ends
        season = seasons["tiny"]
        assert season.travel_minutes("LIB", "MILL") == pytest.approx(16, abs=0.1)
        assert not season.too_close(season.period["P1"], "LIB", season.period["P2"], "MILL")
