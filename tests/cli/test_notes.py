"""What a long job notes first: a few of each kind, and where the rest is."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cli.console import EACH, Console
from scheduler.domain.problems import Problem
from scheduler.locale import catalogue

INPUT = Path("season")


def note(number: int, id: str = "staff_minor") -> Problem:
    return Problem(id, sheet="staff", cell=f"A{number}", blocking=False, parameters={"who": "T", "age": 17})


def told(capsys: pytest.CaptureFixture[str], *problems: Problem) -> list[str]:
    Console(catalogue("en")).notes(problems, INPUT)
    found = capsys.readouterr()
    assert not found.out
    return found.err.splitlines()


def test_a_few_notes_are_all_shown(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, *(note(number) for number in range(EACH)))
    assert len(lines) == EACH + 1
    assert lines[-1] == f"Errors: 0. Notes: {EACH}."


def test_of_many_a_few_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    many = [note(number) for number in range(EACH + 7)]
    lines = told(capsys, *many, note(99, "staff_not_cleared"))
    assert len(lines) == EACH + 2
    assert "A99" in lines[EACH]
    assert lines[-1].startswith("Notes of the kinds above that are not shown: 7.")
    assert lines[-1].endswith("holiday-classes check season")


def test_without_notes_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == []
