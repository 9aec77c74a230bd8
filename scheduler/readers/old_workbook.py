"""Older and other workbooks (.xls, .xlsb, .ods), read in a process of their own: some abort their reader."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.readers.sheets import Grid, filled_rows, problems_between, sheet_of, too_wide

PROGRAM = Path(__file__).with_name("calamine_process.py")
SECONDS = 60


def read_old_workbook(path: Path) -> tuple[Book | None, tuple[Problem, ...]]:
    """Every sheet of such a workbook, with a warning that errors in its cells are lost; or a refusal."""
    # isolated, and by its path: it needs nothing of this program
    command = [sys.executable, "-I", str(PROGRAM), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - ourselves
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return None, (Problem("file_old_unreadable", file=path.name),)
    grids = [
        Grid(sheet["name"], path.name, filled_rows([[_value(c) for c in row] for row in sheet["rows"]]))
        for sheet in sheets
    ]
    problems = [problem for grid in grids if (problem := too_wide(grid))]
    if problems:
        return None, tuple(problems)
    problems = [Problem("file_old", path.name, blocking=False), *problems_between(grids)]
    return Book(str(path), tuple(sheet_of(grid) for grid in grids)), tuple(problems)


def _value(cell: Any) -> object:  # noqa: ANN401 - JSON
    if not isinstance(cell, list):
        return None if cell == "" else cell
    kind, text = cell
    if kind == "seconds":
        return timedelta(seconds=float(text))
    if kind == "time":
        return time.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)
