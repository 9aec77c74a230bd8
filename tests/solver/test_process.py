"""Work done by a process of its own: what it tells, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.solver.process import Process

Tell = Callable[[object], None]


def halves(number: int, tell: Tell) -> None:
    """Tell a number and what half of it is, with a word on the standard output between."""
    tell(number)
    os.write(1, b"half of it is")
    tell(number / 2)


def gives_up(number: int, tell: Tell) -> None:
    """Tell a number, then come to no end."""
    tell(number)
    raise ValueError(number)


def reads_on(number: int, tell: Tell) -> None:
    """Tell a number and wait for ever."""
    tell(number)
    while True:
        os.read(os.pipe()[0], 1)


def is_killed(number: int, tell: Tell) -> None:
    """Tell a number and be ended by the system."""
    tell(number)
    os.kill(os.getpid(), 9)


def test_what_is_found_is_told_whatever_is_printed() -> None:
    apart = Process(halves, 5)
    assert list(apart.told()) == [5, 2.5]
    assert apart.went_well()


def test_nothing_that_lies_in_the_folder_is_taken_for_the_programs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "scheduler"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit")
    # entries that mean the folder of before
    monkeypatch.setattr(sys, "path", [str(Path(entry).resolve()) for entry in sys.path])
    monkeypatch.chdir(tmp_path)
    apart = Process(halves, 5)
    assert list(apart.told()) == [5, 2.5]
    assert apart.went_well()


@pytest.mark.parametrize("entry", ["", "."])
def test_what_is_imported_from_the_folder_is_found_there(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # as in `python -c` in a checkout, where the first entry is empty
    here = Path(__file__).parents[2]
    others = [other for other in sys.path if Path(other).resolve() != here]
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys, "path", [entry, *others])
    apart = Process(halves, 5)
    assert list(apart.told()) == [5, 2.5]
    assert apart.went_well()


def test_work_that_comes_to_no_end_did_not_go_well() -> None:
    apart = Process(gives_up, 5)
    assert list(apart.told()) == [5]
    assert not apart.went_well()


def test_work_that_was_ended_went_well() -> None:
    apart = Process(reads_on, 5)
    told = apart.told()
    assert next(told) == 5
    apart.end()
    assert not list(told)
    assert apart.went_well()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nothing tells who ended a process")
def test_work_that_the_system_ended_is_not_to_be_done_again() -> None:
    apart = Process(is_killed, 5)
    assert list(apart.told()) == [5]
    assert apart.went_well()


def test_where_no_process_can_be_begun_that_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "nowhere/to/be/found")
    with pytest.raises(OSError, match="nowhere"):
        Process(halves, 5)
