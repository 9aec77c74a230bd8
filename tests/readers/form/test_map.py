"""The map of a form: everything wrong with it is told, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.problems import Problem
from scheduler.domain.tables import Child, Points
from scheduler.readers.form.map import _PARTS, FormMap, read_map


def read(tmp_path: Path, text: str) -> tuple[FormMap | None, list[Problem]]:
    path = tmp_path / "map.toml"
    path.write_text(text, "utf-8")
    rules, problems = read_map(path, Child)
    return rules, list(problems)


def test_a_whole_map(tmp_path: Path) -> None:
    text = """
key = [["name", "birth_date"], ["姓名", "phone"]]
same_key = "one"
id = "K001"
family = "none"
dates = "day-month-year"
sheet = "Sheet1"
header_row = 3

[columns]
"1、孩子姓名" = "姓名"
"来自IP" = ""

[fixed]
siblings = "must"
weeks = ["1", "2"]
consent = true

[values.consent]
"是的，我同意" = "yes"
"""
    rules, problems = read(tmp_path, text)
    assert problems == []
    assert rules is not None
    assert rules.key == (("name", "birth_date"), ("name", "phone"))
    assert (rules.same_key, rules.id, rules.family, rules.dates) == ("one", "K001", "none", "day-month-year")
    assert (rules.sheet, rules.header_row) == ("Sheet1", 3)
    assert rules.fixed == {"siblings": "must", "weeks": "1;2", "consent": "yes"}
    # the number of the question, spaces and the width of the comma may differ from the form's
    assert rules.field("2、孩子姓名 *") == "name"
    assert rules.field("来自IP") == ""
    assert rules.field("another") is None
    assert rules.values["consent"] == {"是的,我同意": "yes"}


@pytest.mark.parametrize(
    ("text", "id", "line"),
    [
        ("kee = []", "map_key_unknown_near", 1),
        ("\nzzz = 1", "map_key_unknown", 2),
        ("columns = 3", "map_kind_table", 1),
        ('key = "name"', "map_kind_list", 1),
        ('header_row = "3"', "map_kind_number", 1),
        ("sheet = 3", "map_kind_text", 1),
        ('same_key = "two"', "map_word", 1),
        ('[columns]\n"姓名" = "nam"', "map_column_unknown_near", 2),
        ('[columns]\n"姓名" = "colour of the socks"', "map_column_unknown", 2),
        ('[columns]\n"姓名" = 3', "map_kind_text", 2),
        ('[fixed]\n\nxyzzy = "a"', "map_column_unknown", 3),
        ('[values.xyzzy]\n"a" = "b"', "map_column_unknown", 1),
        ('[values]\nname = "a"', "map_kind_table", 2),
        ('key = ["xyzzy"]', "map_column_unknown", 1),
        ('[columns]\n姓名 = "name"', "map_not_toml", 2),
        ('sheet = "a', "map_cut_off", 0),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, id: str, line: int) -> None:
    rules, problems = read(tmp_path, text)
    assert rules is None
    assert [problem.id for problem in problems] == [id]
    assert problems[0].cell == (str(line) if line else "")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'kee = []\nsame_key = "x"\n[columns]\n"a" = "nam"\n"b" = "phonee"\n')
    assert [problem.cell for problem in problems] == ["1", "2", "4", "5"]


def test_files_that_are_no_map(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes("同意".encode("gbk"))
    assert [p.id for p in read_map(tmp_path / "map.toml", Child)[1]] == ["map_not_text"]
    assert [p.id for p in read_map(tmp_path / "mapp.toml", Child)[1]] == ["file_missing_near"]


def test_the_moment_of_an_answer_counts_for_every_table(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('[columns]\n"when" = "submitted_at"\n', "utf-8")
    assert read_map(tmp_path / "map.toml", Points)[1] == ()


def test_the_map_in_the_how_to_is_one(tmp_path: Path) -> None:
    text = Path(__file__).parents[3].joinpath("docs/how-to.md").read_text("utf-8")
    block = text.partition("```toml\n")[2].partition("```")[0]
    rules, problems = read(tmp_path, block)
    assert problems == []
    assert rules is not None
    # it shows everything a map may hold
    assert set(_PARTS) == {name for name in _PARTS if getattr(rules, name)}
