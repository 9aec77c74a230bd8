"""What a long run says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import checker, solver, workflow
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
