"""The figures a solve ends with count those who are to be placed, and no past of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cli.console import console
from scheduler.cli.solving import summary_json, summary_text
from tests.seasons import placed, plan, rows, tiny

WEEKS = [{"date": "2024-07-15", "week": "1"}, {"date": "2024-07-22", "week": "2"}]


def test_who_withdrew_after_a_week_fills_nobody_elses_gap(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # a was there in week 1 and withdrew; b has week 1 only, c both: of four wanted weeks one is missing
    season = tiny(days=WEEKS, children=rows("children", a={"status": "withdrawn"}))
    remade = plan(placements=placed("a@C1/1", "b@C1/1", "c@C2/1", "c@C2/2"), as_of="2024-07-22")
    summary_text(console("en"), season, remade)
    said = capsys.readouterr().out
    assert "2 of 2 children" in said
    assert "without a class: 1" in said
    assert summary_json(season, remade, tmp_path)["unplaced_child_weeks"] == 1
