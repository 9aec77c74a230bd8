"""The program as its user runs it: another process, its two streams, its exit code."""

from __future__ import annotations

import atexit
import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.forks import Forks

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PATIENCE = 240
"""Seconds after which a program that hangs fails its test; nothing is measured."""


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it said."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """Its results, as UTF-8."""
        return self.out.decode("utf-8")

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command tells
        """Its whole stdout as JSON: a stray word there would not parse."""
        return json.loads(self.out)


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with no wish about language or colour but those given."""
    wishes = ("LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR", "TZ", "PYTHONIOENCODING", "COLUMNS")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in wishes and not name.startswith("HOLIDAY_CLASSES")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(changes or {})}


def program(*words: object) -> list[str]:
    """The command line that runs the program."""
    return [sys.executable, "-m", "scheduler", *map(str, words)]


def run(*words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """Run the program to its end: in a fork of a process that has it loaded, unless Python itself is told
    something by its environment."""
    if not any(name.startswith("PYTHON") for name in env or ()):
        given = [str(word) for word in words]
        return Ended(*_forks().run(given, environment(env), cwd or Path.cwd(), PATIENCE))
    done = subprocess.run(
        program(*words), capture_output=True, env=environment(env), cwd=cwd, timeout=PATIENCE, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@cache
def _forks() -> Forks:
    """The process that has the program loaded."""
    forks = Forks(environment(), ROOT)
    atexit.register(forks.close)
    return forks


def copied(name: str, to: Path) -> Path:
    """A copy of an example (so that its key does not come to lie in the checkout), as its INPUT."""
    for path in (EXAMPLES / name).iterdir():
        if path.suffix in (".csv", ".xlsx"):
            (to / name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to / name / path.name)
    workbooks = list((to / name).glob("*.xlsx"))
    return workbooks[0] if workbooks else to / name


def changed(folder: Path, table: str, changes: Mapping[str, Mapping[str, str]]) -> None:
    """Change cells of a CSV table in place: `{row id: {column: value}}`; columns that are new are added."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(changes.get(row["id"], {}))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def files_in(directory: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path there."""
    found = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in found}
