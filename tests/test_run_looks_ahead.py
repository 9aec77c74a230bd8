"""The main job tells where the next class would help, where that costs nobody anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import workflow
from scheduler.domain.plan import Plan
from scheduler.solver import Interruption, Options
from scheduler.workflow import writing
from tests.seasons import placed, plan, rows, tiny

HEADING = "Where the next class would help most"
SEASON = tiny(children=rows("children", c={"choices": ["C1"]}))
MADE = plan(season="tiny", policy="fair", placements=placed("a@C1", "b@C1"))  # c stands outside a full class


def page(folder: Path, monkeypatch: pytest.MonkeyPatch, options: Options) -> str:
    """The coordinator's page of a run whose stages have made their plan already."""
    seconds: list[float] = []

    def solve(*given: object) -> Plan:
        seconds.append(next(part.seconds for part in given if isinstance(part, Options)))
        return MADE

    monkeypatch.setattr(writing, "solve", solve)
    output = folder / "out"
    workflow.run(folder / "in", SEASON, options, None, output, "en", frozenset({"html"}))
    assert seconds[0] <= options.seconds
    return (output / "private/coordinator/index.html").read_text("utf-8")


def test_a_run_keeps_a_little_time_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert HEADING in page(tmp_path, monkeypatch, Options(seconds=600, workers=1))


def test_a_repeatable_run_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert HEADING not in page(tmp_path, monkeypatch, Options(seconds=600, workers=1, reproducible=True))


def test_who_interrupts_a_run_does_not_wait_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interruption = Interruption()
    interruption.stop.request()
    assert HEADING not in page(tmp_path, monkeypatch, Options(seconds=600, interruption=interruption))


def test_a_run_out_of_time_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert HEADING not in page(tmp_path, monkeypatch, Options(seconds=0.0))
