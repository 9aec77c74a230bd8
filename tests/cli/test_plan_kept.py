"""A plan is not lost where what comes after solving fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler import checker, exporters, workflow
from scheduler.cli import group
from scheduler.domain.plan import Plan
from scheduler.exporters import OutputError
from scheduler.workflow import writing
from tests.cli.program import copied

QUICK = ("--time-limit", "5", "--workers", "1", "--lang", "en")


def failing(*_: object) -> None:
    raise OutputError("export.error.holds_key", path="out", key="season.key")


def test_the_plan_is_saved_beside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = copied("tiny", tmp_path), tmp_path / "out"
    monkeypatch.setattr(writing, "export", failing)
    done = CliRunner().invoke(group, ["run", str(folder), "-o", str(output), *QUICK])
    assert isinstance(done.exception, OutputError)  # the command line words it
    path = tmp_path / "out.plan.json"
    assert f"the plan is saved: {path}" in done.stderr
    assert f"holiday-classes export {folder} {path} -o {output}" in done.stderr
    assert not output.exists()
    plan = Plan.model_validate(json.loads(path.read_text()))
    assert not checker.verify(workflow.scenario_of(folder), plan).broken


def test_a_plan_that_lies_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # the one published before, perhaps, from which this run began
    folder, before = copied("tiny", tmp_path), tmp_path / "out.plan.json"
    before.write_text("published")
    monkeypatch.setattr(writing, "export", failing)
    done = CliRunner().invoke(group, ["run", str(folder), "-o", str(tmp_path / "out"), *QUICK])
    assert before.read_text() == "published"
    path = tmp_path / "out.plan (2).json"
    assert f"the plan is saved: {path}" in done.stderr
    assert Plan.model_validate(json.loads(path.read_text())).placements


def test_where_nothing_can_be_saved_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path), len(content))

    monkeypatch.setattr(writing, "export", failing)
    monkeypatch.setattr(exporters, "save", full)
    done = CliRunner().invoke(
        group, ["run", str(copied("tiny", tmp_path)), "-o", str(tmp_path / "out"), *QUICK]
    )
    assert isinstance(done.exception, OutputError)
    assert "saved" not in done.stderr
