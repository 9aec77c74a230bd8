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

SECONDS = 60


def read_old_workbook(path: Path) -> tuple[Book | None, tuple[Problem, ...]]:
    """Every sheet of such a workbook, with a warning that errors in its cells are lost; or a refusal."""
    command = [sys.executable, "-m", "scheduler.readers.old_workbook", str(path.resolve())]
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


def _written(cell: object) -> object:
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["seconds", str(cell.total_seconds())]
    return cell


def _main(path: str) -> None:
    from python_calamine import load_workbook

    with load_workbook(path) as book:
        sheets = [
            {
                "name": name,
                "rows": [
                    [_written(cell) for cell in row]
                    # without the empty area the row numbers would shift
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            }
            for name in book.sheet_names
        ]
    sys.stdout.buffer.write(json.dumps(sheets).encode())


if __name__ == "__main__":
    _main(sys.argv[1])
