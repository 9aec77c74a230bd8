"""A solve that is interrupted: the best plan so far is saved, and is a plan."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import PATIENCE, environment, program, run

pytestmark = pytest.mark.slow

LIMIT = 600
"""Seconds the solve would take if nobody stopped it: far beyond the tests' patience."""

SHORT = 40
"""The same where the second stage is waited for: the first may take its share of it."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample on which a solve is busy for long."""
    folder = tmp_path_factory.mktemp("city") / "city"
    assert run("sample", folder, "--children", 80, "--venues", 2, "--weeks", 2, "--seed", 1).code == 0
    return folder


class _Solving:
    """A running `solve` whose stderr is a terminal, where it shows its progress."""

    def __init__(self, season: Path, plan: Path, limit: int) -> None:
        self._master, slave = pty.openpty()
        words = ("solve", season, "-o", plan, "--time-limit", limit, "--lang", "en", "--json")
        self._process = subprocess.Popen(
            program(*words), stdout=subprocess.PIPE, stderr=slave, env=environment({"TERM": "xterm"})
        )
        os.close(slave)
        self.said = b""

    def wait_until_it_says(self, words: str) -> None:
        """Read its terminal up to some words."""
        while words.encode() not in self.said:
            self.said += os.read(self._master, 4096)

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def interrupt_twice(self, words: str) -> None:
        """Wish it to end once it says some words, and to end at once when it has heard that."""
        for said in (words, "Stopping"):
            self.wait_until_it_says(said)
            self.send(signal.SIGINT)

    def end(self) -> tuple[int, bytes]:
        """Its exit code and results, once it has ended."""
        with contextlib.suppress(OSError):  # the terminal ends with the process
            while part := os.read(self._master, 4096):
                self.said += part
        out, _ = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, out

    def close(self) -> None:
        """Leave nothing behind, however the test ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        os.close(self._master)


@contextlib.contextmanager
def _solving(season: Path, plan: Path, limit: int = LIMIT) -> Iterator[_Solving]:
    solving = _Solving(season, plan, limit)
    try:
        yield solving
    finally:
        solving.close()


def _saved(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_the_best_plan_so_far_is_saved(city: Path, tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "plan.json"
    with _solving(city, path) as solving:
        solving.wait_until_it_says("placement ·")
        solving.send(number)
        code, out = solving.end()
    assert code == 130, solving.said
    assert json.loads(out)["placements"] > 0  # the progress went to the terminal, the results to stdout
    assert b"Traceback" not in solving.said
    stages = _saved(path)["stages"]
    assert [stage["name"] for stage in stages] == ["placement", "timetable", "staffing"]
    # however early it was stopped, what is told to be proven can be so: a bound lies beyond its value
    for level in (level for stage in stages for level in stage["levels"]):
        most = level["name"] == "placed" or level["name"].startswith("rank_")
        assert level["bound"] >= level["value"] if most else level["bound"] <= level["value"], level
    verified = run("verify", city, path, "--json")
    told = {row["rule"] for row in verified.json["violations"] if row["hard"]}
    assert (verified.code, told) == (0, set())


def test_a_second_interruption_ends_it_at_once(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    with _solving(city, path, SHORT) as solving:
        solving.interrupt_twice("timetable ·")
        code, _ = solving.end()
    assert code == 130, solving.said
    assert b"Traceback" not in solving.said
    # what was finished is there, and is a plan, however little it holds
    assert _saved(path)["stages"][0]["name"] == "placement"
    assert run("verify", city, path, "--json").code == 0


def test_before_anything_is_finished_a_second_interruption_leaves_all_as_it_was(
    city: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"an earlier plan")
    with _solving(city, path) as solving:
        solving.interrupt_twice("placement ·")
        code, out = solving.end()
    # most often placement has no time to end; where it had, its plan is whole
    assert code == 130, solving.said
    assert b"Traceback" not in solving.said
    if b"Ended at once" in solving.said:
        assert (path.read_bytes(), out) == (b"an earlier plan", b"")
    else:
        assert run("verify", city, path, "--json").code == 0
