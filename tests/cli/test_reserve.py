"""What the adults cannot carry, as `check` and the summary of a solve tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cli.console import console
from scheduler.cli.reserve import show_withheld
from scheduler.cli.solving import summary_json, summary_text
from scheduler.domain.plan import OpenClass, Plan
from tests.seasons import tiny


def test_nothing_is_said_where_all_are_carried(capsys: pytest.CaptureFixture[str]) -> None:
    show_withheld(console("en"), tiny(), frozenset())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("language", "row"), [("en", "C2 (Bee, South): week 1"), ("zh", "C2（Bee，South）：第 1 周")]
)
def test_classes_are_named_with_their_weeks(
    capsys: pytest.CaptureFixture[str], language: str, row: str
) -> None:
    show_withheld(console(language), tiny(), frozenset({("C2", "1")}))  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert row in said
    assert "staff_reserve" in said
    assert "C1" not in said


def test_the_summary_of_a_solve_names_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = Plan(withheld=(OpenClass(class_="C2", week="1"),))
    summary_text(console("en"), tiny(), plan)
    assert "C2 (Bee, South): week 1" in capsys.readouterr().out
    assert summary_json(tiny(), plan, tmp_path)["withheld"] == [{"class": "C2", "week": "1"}]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_nothing_could_be_reckoned_is_said(capsys: pytest.CaptureFixture[str], language: str) -> None:
    show_withheld(console(language), tiny(), None)  # type: ignore[arg-type]
    assert "--time-limit" in capsys.readouterr().out


def test_the_summary_of_a_solve_says_that_nothing_could_be_reckoned(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan = Plan(withheld_unknown=True)
    summary_text(console("en"), tiny(), plan)
    assert "no seat was kept back" in capsys.readouterr().out
    assert summary_json(tiny(), plan, tmp_path)["withheld_unknown"]
    assert not summary_json(tiny(), Plan(), tmp_path)["withheld_unknown"]
