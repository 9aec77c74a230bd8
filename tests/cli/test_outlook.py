"""`outlook` and `explain --outlook`, as their user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import changed, copied, run

FEW = ("--time-limit", 20, "--lang", "en")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny example with a class of one seat, and its plan."""
    folder = copied("tiny", tmp_path_factory.mktemp("short"))
    first = (folder / "classes.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    changed(folder, "classes", {first: {"capacity": "1", "min_children": "0"}})
    path = folder.parent / "plan.json"
    done = run("solve", folder, "-o", path, "--time-limit", 30)
    assert done.code == 0, done.err
    return folder, path


def test_outlook_tells_gains_and_the_price_of_fairness(short: tuple[Path, Path]) -> None:
    text = run("outlook", *short, *FEW).text
    assert "What one more would give" in text
    assert "One more class" in text
    assert "The price of fairness" in text


def test_outlook_as_json(short: tuple[Path, Path]) -> None:
    found = run("outlook", *short, *FEW, "--json").json
    assert found["wanted"] > found["placed"]
    assert {"kind", "venue", "class", "weeks", "more", "about", "most", "found", "proven"} <= set(
        found["gains"][0]
    )
    assert found["lines"][0]["text"]


def test_explain_shows_it_when_asked(short: tuple[Path, Path]) -> None:
    assert "--outlook" in run("explain", *short, "all", "--lang", "en").text
    assert "One more class" in run("explain", *short, "all", "--outlook", *FEW).text


def test_wrong_files_are_told_before_anything_is_reckoned(short: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("outlook", short[0], tmp_path / "none.json").code == 3
    assert run("explain", *short, "venue:nowhere", "--outlook").code == 2
