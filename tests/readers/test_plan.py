from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.locale import LANGUAGES, catalogue
from scheduler.readers import read_plan
from scheduler.rules.wording import Wording
from tests.seasons import placed, plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    file.write_text(plan(placements=placed("a@C1/1", "b@C2/1")).to_json())
    return file


def test_a_plan_comes_back_as_it_was_written(path: Path) -> None:
    found, problems = read_plan(path)
    assert not problems
    assert found == plan(placements=sorted(placed("a@C1/1", "b@C2/1"), key=lambda row: row["child"]))


def test_a_wrong_value_is_told_with_line_and_key(path: Path) -> None:
    lines = path.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if '"child": "b"' in line)
    lines[at] = lines[at].replace('"choice": 1', '"choice": "first"')
    path.write_text("\n".join(lines))
    found, (problem,) = read_plan(path)
    assert found is None
    assert problem.id == "plan_value_whole"
    assert problem.parameters["line"] == at + 1
    assert problem.parameters["key"] == "placements.1.choice"


def test_missing_and_unknown_keys_are_told(path: Path) -> None:
    data = json.loads(path.read_text())
    del data["placements"][0]["week"]
    data["weather"] = "sun"
    path.write_text(json.dumps(data, indent=1))
    _, problems = read_plan(path)
    assert sorted((p.id, p.parameters["key"]) for p in problems) == [
        ("plan_key_missing", "placements.0.week"),
        ("plan_key_unknown", "weather"),
    ]


def test_what_is_no_json_is_told_with_its_line(path: Path) -> None:
    path.write_text('{\n  "season": "x"\n  "seed": 1\n}')
    _, (problem,) = read_plan(path)
    assert (problem.id, problem.parameters["line"]) == ("plan_not_json", 3)


@pytest.mark.parametrize(
    ("content", "id"),
    [(b"[]", "plan_no_object"), (b'{"format": 1, "season": "x", "rule": "..."}', "plan_no_object"),
     (b'{"format": 2}', "plan_newer"), (b"\xff\xfe\x00", "plan_not_text"),
     (b"", "plan_not_json"),
     (b"[" * 100_000, "plan_not_json")],
)  # fmt: skip
def test_other_files_are_named(path: Path, content: bytes, id: str) -> None:
    path.write_bytes(content)
    found, (problem,) = read_plan(path)
    assert found is None
    assert problem.id == id


def test_a_missing_plan_is_told_with_similar_names(path: Path) -> None:
    _, (problem,) = read_plan(path.with_name("plans.json"))
    assert problem.id == "file_missing_near"
    assert problem.parameters["near"] == "plan.json"


def test_nan_is_no_number_of_a_plan(path: Path) -> None:
    path.write_text('{"score": {"spread": {"amount": NaN, "cost": Infinity}}}')
    found, problems = read_plan(path)
    assert found is None
    assert [problem.id for problem in problems] == ["plan_value_number", "plan_value_number"]


@pytest.mark.parametrize("endless", ["9" * 5000, "1e999"])  # Python reads at most 4,300 digits
def test_a_number_without_end_is_no_number_of_a_plan(path: Path, endless: str) -> None:
    path.write_text(f'{{"score": {{"spread": {{"amount": 1, "cost": {endless}}}}}}}')
    found, (problem,) = read_plan(path)
    assert (found, problem.id, problem.parameters["key"]) == (None, "plan_value_number", "score.spread.cost")


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"placements": [{"child": "a", "class": "C1", "week": "1", "choice": 1.5}]}, "plan_value_whole"),
        ({"open_classes": [{"class": "C1", "week": []}]}, "plan_value_text"),
        ({"trips": [{"trip": "zoo", "class": "C1", "date": "soon"}]}, "plan_value_date"),
        ({"stages": [{"name": "lunch", "status": "optimal", "seconds": 1}]}, "plan_value_option"),
        ({"placements": 5}, "plan_value_list"),
        ({"score": {"spread": {"amount": "x", "cost": 1}}}, "plan_value_number"),
        ({"placements": [5]}, "plan_value"),
    ],
)
def test_every_kind_of_wrong_value_has_a_sentence(path: Path, changes: dict[str, object], id: str) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    _, (problem,) = read_plan(path)
    assert problem.id == id
    for language in LANGUAGES:
        wording = Wording(catalogue(language))
        assert wording.fix(problem)
        sentence = wording.problem(problem)
        assert "Input should" not in sentence
        assert language == "en" or "一" in sentence or "第" in sentence


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    plan, (problem,) = read_plan(tmp_path)
    assert (plan, problem.id) == (None, "plan_is_folder")


def test_a_key_that_stands_twice_is_told_at_its_second_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"season": "a",\n "gaps": [],\n "season": "b", "gaps": []}', "utf-8")
    plan, problems = read_plan(path)
    assert plan is None
    assert [(row.id, row.cell, row.parameters["key"], row.parameters["first"]) for row in problems] == [
        ("plan_key_twice", "3", "season", 1),
        ("plan_key_twice", "3", "gaps", 2),
    ]
