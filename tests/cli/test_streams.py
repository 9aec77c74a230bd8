"""Exit codes, and what goes to which stream, whatever the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.program import copied, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "words",
    [
        ("solve", "INPUT"),
        ("solve", "INPUT", "-o", "p.json", "--as-of", "2024-07-16"),
        ("solve", "INPUT", "-o", "p.json", "--policy", "kind"),
        ("solve", "INPUT", "-o", "p.json", "--time-limit", "0"),
        ("export", "INPUT", "p.json", "-o", "out", "--only", "pdf"),
        ("dance",),
    ],
)
def test_wrong_usage(tiny: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*(tiny if word == "INPUT" else word for word in words), cwd=tmp_path)
    assert (done.code, done.out) == (2, b"")
    assert done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "solve", "run", "convert"])
def test_an_input_that_is_not_there_is_bad_input(tmp_path: Path, command: str) -> None:
    more = {"check": (), "convert": (tmp_path / "x.xlsx",)}.get(command, ("-o", tmp_path / "x"))
    done = run(command, tmp_path / "nothing", *more)
    assert done.code == 3
    assert b"nothing" in done.err + done.out
    assert b"Traceback" not in done.err


def test_help_and_version() -> None:
    for words in (("-h",), ("run", "-h"), ("--version",)):
        done = run(*words)
        assert (done.code, done.err) == (0, b"")
        assert done.out


@pytest.mark.parametrize("command", ["solve", "run"])
def test_a_contradiction_names_rows_and_writes_nothing(tmp_path: Path, command: str) -> None:
    season = copied("contradiction", tmp_path)
    done = run(command, season, "-o", tmp_path / "out", "--lang", "en")
    assert (done.code, done.out) == (4, b"")
    told = done.err.decode()
    for row in ("K1", "K2", "wrens", "L1", "L2"):
        assert re.search(rf"\b{row}\b", told), row
    assert not (tmp_path / "out").exists()
    assert run("check", season).code == 0  # each row by itself is fine


def test_no_colour(tiny: Path, plan_path: Path) -> None:
    for words in (("rules",), ("verify", tiny, plan_path), ("check", tiny)):
        assert b"\x1b" not in run(*words).out
        coloured = re.compile(rb"\x1b\[[0-9;]*(3|4|9)[0-7]")
        assert not coloured.search(run(*words, env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).out)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936"])
def test_no_encoding_of_a_terminal_is_a_failure(tiny: Path, plan_path: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LANG": "C"}
    for words in (("rules", "--lang", "zh"), ("verify", tiny, plan_path), ("check", tiny, "--lang", "zh")):
        done = run(*words, env=env)
        assert done.code == 0, done.err
        assert b"Traceback" not in done.err


def test_an_input_that_is_refused_is_told_in_its_own_language(tmp_path: Path) -> None:
    # a machine that says nothing of its language, as Windows: the headings do
    folder = copied("tiny", tmp_path)
    (folder / "days.csv").write_text("date,week\n2024-07-99,1\n", encoding="utf-8")
    done = run("check", folder)
    assert (done.code, done.text.split()[0]) == (3, "ERROR")
    done = run("solve", folder, "-o", tmp_path / "plan.json")
    assert (done.code, done.err.decode().split()[0]) == (3, "ERROR")


def test_a_line_of_a_plan_is_named_once_in_the_language_of_the_input(tmp_path: Path) -> None:
    folder, plan = copied("tiny", tmp_path), tmp_path / "plan.json"
    plan.write_text('{"season": "tiny",\n"season": "other", "placements": []}')
    done = run("verify", folder, plan)
    assert done.code == 3
    assert done.err.decode().splitlines()[0] == (
        "ERROR plan.json: Line 2: season stands in line 1 already. Keep one of the two."
    )


def test_what_is_converted_keeps_its_language(tmp_path: Path) -> None:
    # a machine that says nothing of its language: sheets are named as the headings are written
    book = tmp_path / "season.xlsx"
    done = run("convert", copied("tiny", tmp_path), book)
    assert done.text.startswith("Written:")
    assert "children" in load_workbook(book, read_only=True).sheetnames
