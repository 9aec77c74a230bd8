"""Outputs that cannot be, or would overwrite what is read, are refused before any work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import copied, run

pytestmark = pytest.mark.slow


def test_solve_overwrites_no_input(tmp_path: Path) -> None:
    folder = copied("tiny", tmp_path)
    book = tmp_path / "season.xlsx"
    assert run("convert", folder, book).code == 0
    before = book.read_bytes(), (folder / "children.csv").read_bytes()
    for source, output in ((book, book), (folder, folder / "children.csv")):
        done = run("solve", source, "-o", output, "--lang", "en")
        assert done.code == 1
        assert "not overwritten" in done.err.decode()
    assert before == (book.read_bytes(), (folder / "children.csv").read_bytes())


def test_an_impossible_output_is_told_before_solving(tiny: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for words in (
        ("solve", tiny, "-o", tmp_path),
        ("solve", tiny, "-o", file / "plan.json"),
        ("run", tiny, "-o", file),
        ("run", tiny, "-o", file / "out"),
    ):
        done = run(*words, "--lang", "en")
        assert (done.code, done.out) == (1, b"")
        assert "Choose another" in done.err.decode()
    assert file.read_text() == "mine"


def test_mark_overwrites_nothing(tiny: Path, tmp_path: Path) -> None:
    book = tmp_path / "season.xlsx"
    assert run("convert", tiny, book).code == 0
    before = book.read_bytes()
    done = run("check", book, "--mark", book, "--lang", "en")
    assert (done.code, done.out) == (1, b"")
    assert "not overwritten" in done.err.decode()
    assert book.read_bytes() == before
    assert run("check", book, "--mark", tmp_path / "marked").code == 2


def test_no_number_is_no_time_limit(tiny: Path, tmp_path: Path) -> None:
    assert run("solve", tiny, "-o", tmp_path / "plan.json", "--time-limit", "nan").code == 2


def test_problems_are_json_where_json_is_asked_for(tmp_path: Path) -> None:
    done = run("solve", tmp_path / "none", "-o", tmp_path / "plan.json", "--json", "--lang=zh")
    assert done.code == 3
    assert done.json["problems"][0]["problem"].startswith("找不到")


def test_a_spoilt_key_is_told_before_solving(tmp_path: Path) -> None:
    folder = copied("tiny", tmp_path)
    (tmp_path / "tiny.key").write_text("spoilt")
    done = run("run", folder, "-o", tmp_path / "out", "--lang", "en")
    assert (done.code, done.out) == (1, b"")
    assert "key" in done.err.decode()
    assert "Stage" not in done.err.decode()
    assert not (tmp_path / "out").exists()


def test_the_key_never_lies_in_what_is_handed_out(tmp_path: Path) -> None:
    folder = copied("tiny", tmp_path)  # its key would be tmp_path/tiny.key
    done = run("run", folder, "-o", tmp_path, "--lang", "en", "--time-limit", "10")
    assert done.code == 1
    assert "secret key tiny.key" in done.err.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny"]


def test_a_folder_never_gets_the_name_of_a_file(tiny: Path, tmp_path: Path) -> None:
    for name in ("season.xls", "season.CSV", "season.ods"):
        assert run("convert", tiny, tmp_path / name).code == 2
    assert list(tmp_path.iterdir()) == []
    assert run("convert", tiny, tmp_path / "summer.2024").code == 0  # a dot alone makes no file


def test_a_day_after_the_season_leaves_nothing_to_decide(tiny: Path, plan_path: Path, tmp_path: Path) -> None:
    words = ("solve", tiny, "-o", tmp_path / "new.json", "--from", plan_path, "--as-of", "2024-07-25")
    done = run(*words, "--lang", "en")
    assert done.code == 2
    assert "2024-07-24" in done.err.decode()  # the last day
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_comes_to_nothing_is_told(tmp_path: Path) -> None:
    folder = copied("tiny", tmp_path)
    locks = "id,kind,person,class,week\nL1,duty,T1,bees,2\nL2,close,,bees,2\n"
    (folder / "locks.csv").write_text(locks, "utf-8")
    path = tmp_path / "plan.json"
    words = ("--time-limit", 10, "--reproducible", "--workers", 1, "--lang", "en")
    for done in (run("solve", folder, "-o", path, *words), run("verify", folder, path, "--lang", "en")):
        assert done.code == 0, done.err
        assert "Lock L1 wants T1 on duty in bees, but bees does not run then" in " ".join(done.text.split())
    told = run("verify", folder, path, "--json").json["remarks"]
    assert [(row["rule"], row["hard"], row["refs"]) for row in told] == [
        ("staffing_locks", False, ["lock:L1", "person:T1"])
    ]


def test_outputs_never_lie_among_the_lists(tmp_path: Path) -> None:
    folder = copied("tiny", tmp_path)
    before = sorted(path.name for path in folder.iterdir())
    done = run("run", folder, "-o", folder / ".", "--lang", "en")
    assert (done.code, done.out) == (2, b"")
    assert "folder of the lists" in done.err.decode()
    assert sorted(path.name for path in folder.iterdir()) == before
    plan = tmp_path / "plan.json"
    assert run("solve", folder, "-o", plan, "--time-limit", "5", "--quiet").code == 0
    done = run("export", folder, plan, "-o", folder, "--lang", "zh")
    assert (done.code, done.out) == (2, b"")
    assert "名单" in done.err.decode()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_path_that_is_too_long_is_told_before_solving(tiny: Path, tmp_path: Path) -> None:
    for command, output in (("solve", tmp_path / f"{'x' * 300}.json"), ("run", tmp_path / ("x" * 300))):
        done = run(command, tiny, "-o", output, "--lang", "en")
        assert (done.code, done.out) == (1, b"")
        assert "too long" in done.err.decode()
