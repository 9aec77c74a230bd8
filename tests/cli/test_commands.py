"""The commands around the main job: explain, check, convert, new, sample, rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.readers import read_scenario
from scheduler.rules import BY_ID
from tests.cli.program import EXAMPLES, changed, copied, run

pytestmark = pytest.mark.slow

PROBLEM_KEYS = {"file", "sheet", "cell", "value", "problem", "fix", "blocking"}
TOWN = ("--children", 40, "--venues", 2, "--weeks", 1, "--seed", 3)


@pytest.mark.parametrize(
    "ref",
    [
        "all",
        "child:K4",
        "class:ants",
        "person:T1",
        "venue:LIB",
        "course:opera",
        "class:ants/2024-07-15",
        "post:ants/2024-07-15/AM/homeroom",
        "K4",
        "Ants",
    ],
)
def test_explain_tells_of_everything(tiny: Path, plan_path: Path, ref: str) -> None:
    done = run("explain", tiny, plan_path, ref, "--lang", "en", env={"PYTHONIOENCODING": "cp1252"})
    assert (done.code, done.err) == (0, b"")
    assert done.out.strip()


def test_explain_for_a_family_and_as_json(tiny: Path, plan_path: Path) -> None:
    letter = run("explain", tiny, plan_path, "child:K4", "--for", "family", "--lang", "en")
    assert letter.code == 0
    assert "Chen Mo" in letter.text
    assert not [name for name in ("An Lin", "An Jia", "Deng Yu", "Hu Die") if name in letter.text]
    assert run("explain", tiny, plan_path, "child:K4", "--json").json
    assert run("explain", tiny, plan_path, "nobody").code == 2


def test_explain_tries_what_one_more_would_give(tiny: Path, plan_path: Path) -> None:
    plain = run("explain", tiny, plan_path, "course:opera", "--json").json
    tried = run("explain", tiny, plan_path, "course:opera", "--outlook", "--time-limit", "5", "--json").json
    ids = [[line["id"] for line in found["lines"]] for found in (plain, tried)]
    estimates = [id for id in ids[0] if id.startswith("gain.upper")]
    if estimates:
        assert "gain.ask" in ids[0]
        assert len([id for id in ids[1] if id.startswith(("gain.tried", "gain.no_time"))]) == len(estimates)
    else:
        assert "gain.nothing" in ids[1]


def test_check_forecasts_and_lists(tiny: Path, tmp_path: Path) -> None:
    done = run("check", tiny, "--json")
    assert done.code == 0
    assert set(done.json) == {"problems", "forecast", "withheld", "withheld_unknown"}
    assert done.json["withheld"] == []
    assert [week["seats"] for week in done.json["forecast"]["weeks"]] == [7, 7]
    bad = copied("tiny", tmp_path)
    changed(bad, "children", {"K3": {"choices": "NOWHERE"}, "K4": {"priority": "nobody"}})
    done = run("check", bad, "--json", "--mark", tmp_path / "marked.xlsx")
    assert done.code == 3
    assert all(set(row) == PROBLEM_KEYS for row in done.json["problems"])
    blocking = [row for row in done.json["problems"] if row["blocking"]]
    assert sorted(row["value"] for row in blocking) == ["NOWHERE", "nobody"]
    assert (tmp_path / "marked.xlsx").stat().st_size
    for words in (("solve", bad, "-o", tmp_path / "p.json"), ("run", bad, "-o", tmp_path / "out")):
        done = run(*words)
        assert (done.code, done.out) == (3, b"")
        assert b"NOWHERE" in done.err
        assert b"nobody" in done.err
    assert not (tmp_path / "p.json").exists()
    assert not (tmp_path / "out").exists()
    assert not bad.with_name("tiny.key").exists()


@pytest.mark.parametrize(
    ("name", "lang"), [("tiny", "zh"), ("tiny", "en"), ("luoyang-2024", "zh"), ("beijing-2016", "en")]
)
def test_convert_loses_nothing(name: str, lang: str, tmp_path: Path) -> None:
    first = copied(name, tmp_path)
    to_book, to_folder = tmp_path / "book.xlsx", tmp_path / "folder"
    for source, target in ((first, to_book), (to_book, to_folder), (to_folder, tmp_path / "again.xlsx")):
        done = run("convert", source, target, "--lang", lang)
        assert done.code == 0, done.err
    readings = [read_scenario(path) for path in (first, to_book, to_folder, tmp_path / "again.xlsx")]
    assert len({reading.scenario.sha256 for reading in readings if reading.scenario}) == 1
    assert all(reading.scenario for reading in readings)


def test_convert_overwrites_nothing(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"precious")
    assert run("convert", tiny, tmp_path / "book.xlsx").code == 1
    assert (tmp_path / "book.xlsx").read_bytes() == b"precious"


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "儿童"), ("en", "children")])
def test_new_is_a_book_to_fill_in(lang: str, sheet: str, tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    assert run("new", path, "--lang", lang).code == 0
    assert sheet in load_workbook(path, read_only=True).sheetnames
    assert run("new", path).code == 1  # it is there already
    assert run("check", path).code == 3  # and empty


def test_new_filled_with_an_example_is_that_example(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    assert run("new", path, "--example", "tiny").code == 0
    assert run("check", path).code == 0
    made, kept = read_scenario(path).scenario, read_scenario(EXAMPLES / "tiny").scenario
    assert made is not None
    assert kept is not None
    assert made.sha256 == kept.sha256
    assert run("new", tmp_path / "other.xlsx", "--example", "peking").code == 2


def test_a_sample_is_the_same_as_folder_and_as_workbook(tmp_path: Path) -> None:
    assert run("sample", tmp_path / "town", *TOWN, "--lang", "en").code == 0
    assert run("sample", tmp_path / "town.xlsx", *TOWN, "--lang", "zh").code == 0
    book = read_scenario(tmp_path / "town.xlsx").scenario
    folder = read_scenario(tmp_path / "town").scenario
    assert book is not None
    assert folder is not None
    assert len(folder.children) == 40
    assert book.sha256 == folder.sha256
    assert run("check", tmp_path / "town").code == 0


def test_a_sample_has_the_headings_of_the_environment(tmp_path: Path) -> None:
    assert run("sample", tmp_path / "town", *TOWN, env={"LANG": "zh_CN.UTF-8"}).code == 0
    assert (tmp_path / "town" / "children.csv").read_text("utf-8-sig").startswith("编号,姓名,")
    assert run("sample", tmp_path / "other", *TOWN, env={"LANG": "C.UTF-8"}).code == 0
    assert (tmp_path / "other" / "children.csv").read_text("utf-8-sig").startswith("id,name,")


def test_rules_are_listed_with_whole_ids(tmp_path: Path) -> None:
    listed = run("rules", "--lang", "en").text
    page = run(
        "rules", "--markdown", "--lang", "zh", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"}
    ).text
    for id in BY_ID:
        assert re.search(rf"\b{id}\b", listed), id
        assert f"| {id} |" in page
    assert page.count("\n") == len(BY_ID) + 2


def test_verify_tells_as_json_why_posts_are_unfilled(tiny: Path, plan_path: Path, tmp_path: Path) -> None:
    plan = json.loads(plan_path.read_bytes())
    plan["duties"] = [row for row in plan["duties"] if row["person"] != "T3"]
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(plan), "utf-8")
    ended = run("verify", tiny, bare, "--json", "--lang", "en")
    assert ended.code == 1  # the plan does not tell these gaps
    told = ended.json
    assert {"hard", "cost", "same_input", "violations", "past", "remarks", "score", "gaps"} == set(told)
    mine = [row for row in told["gaps"] if "T3" in row["able"]]
    assert mine
    assert {(row["reason"], row["message"]) for row in mine} == {("able", "somebody could come at once")}
    assert sum(row["missing"] for row in told["gaps"]) >= len(mine)
