"""Of a season that the machine's memory can hardly hold that is said before any work."""

from __future__ import annotations

import pytest

from scheduler.cli import memory
from scheduler.cli.console import console
from scheduler.cli.memory import gigabytes, machine_gigabytes, note_memory
from tests.seasons import tiny


@pytest.mark.parametrize(("language", "word"), [("en", "district by district"), ("zh", "内存")])
def test_too_little_memory_is_told_with_what_is_needed_and_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setattr(memory, "machine_gigabytes", lambda: 0.25)
    note_memory(console(language), tiny())  # type: ignore[arg-type]
    told = capsys.readouterr().err
    assert word in told
    assert "0.5 GB" in told  # what any season takes
    assert "0.2 GB" in told


@pytest.mark.parametrize("there", [8.0, None])
def test_of_enough_memory_or_none_that_is_known_nothing_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, there: float | None
) -> None:
    monkeypatch.setattr(memory, "machine_gigabytes", lambda: there)
    note_memory(console("en"), tiny())
    assert not capsys.readouterr().err


def test_a_province_fits_a_machine_of_16_gigabytes() -> None:
    assert gigabytes(119_000) < 16


def test_this_machine_has_some() -> None:
    there = machine_gigabytes()
    assert there is None or there > 0.1
