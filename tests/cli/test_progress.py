"""What a long run says of itself."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from scheduler import checker, solver, workflow
from scheduler.cli import progress
from scheduler.cli.progress import clock, sentence
from scheduler.exporters import KINDS
from scheduler.locale import catalogue
from scheduler.solver import Progress, Step
from tests.seasons import tiny


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (59.9, "0:59"), (425, "7:05"), (4025, "1:07:05")])
def test_the_time_that_has_gone(seconds: float, told: str) -> None:
    assert clock(seconds) == told


def test_a_level_is_told_with_its_bound_and_a_step_with_what_is_done() -> None:
    words = catalogue("en")
    assert sentence(words, Progress("placement", "placed", 90.0, 100.0)).endswith(
        "90 · bound 100 · gap 11.11%"
    )
    assert sentence(words, Progress("placement", "placed", 90.0, None)).endswith("90 · bound – · gap –")
    assert sentence(words, Step("write", 1200)).endswith("files: 1200")


@pytest.mark.parametrize("width", range(38, 44))
def test_no_figure_is_lost_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    rich = Console(file=StringIO(), width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(progress, "Rich", lambda **given: rich)
    with progress.shown(catalogue("zh"), quiet=False) as told:
        told(Step("write", 48))
    assert isinstance(rich.file, StringIO)
    assert "48" in rich.file.getvalue()


def test_a_run_tells_its_steps_in_their_order(tmp_path: Path) -> None:
    season, steps = tiny(), list[str]()
    options = solver.Options(
        seconds=5, report=lambda told: steps.append(told.name) if isinstance(told, Step) else None
    )
    made = workflow.run(tmp_path / "season", season, options, None, tmp_path / "out", "en", KINDS)
    assert list(dict.fromkeys(steps)) == ["adults", "verify", "outlook", "write"]
    assert steps.count("write") == len(
        made.written.paths
    )  # once before the first; the manifest is not counted
    assert not checker.verify(season, made.plan).broken


def test_a_run_tells_of_no_step_that_it_leaves_out(tmp_path: Path) -> None:
    steps = list[str]()
    options = solver.Options(
        seconds=5,
        reproducible=True,  # nothing is looked ahead then
        report=lambda told: steps.append(told.name) if isinstance(told, Step) else None,
    )
    workflow.run(tmp_path / "season", tiny(), options, None, tmp_path / "out", "en", KINDS)
    assert list(dict.fromkeys(steps)) == ["adults", "verify", "write"]
