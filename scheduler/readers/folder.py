"""Folders: of CSV files, one a table, or around a single workbook."""

from __future__ import annotations

from pathlib import Path

from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.readers.headers import table_named
from scheduler.readers.sheets import Grid, problems_between, sheet_of, too_wide
from scheduler.readers.text import read_text

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TEXTS = (".csv", ".tsv")


def workbook_in(folder: Path) -> tuple[Path | None, tuple[Problem, ...]]:
    """The one workbook of a folder without table CSVs, else None; what was passed over, or is not clear."""
    owned = [path for path in _entries(folder) if path.name.startswith("~$")]
    problems = [Problem("owner_file", path.name, blocking=False) for path in owned]
    books = [path for path in _entries(folder) if path.suffix.lower() in _WORKBOOKS and path not in owned]
    names = ", ".join(path.name for path in books)
    if table_files(folder):
        if books:
            problems.append(
                Problem("workbooks_ignored", folder.name, blocking=False, parameters={"files": names})
            )
        return None, tuple(problems)
    if len(books) == 1:
        return books[0], tuple(problems)
    id = "workbooks_several" if books else "folder_without_tables"
    return None, (*problems, Problem(id, folder.name, parameters={"files": names}))


def table_files(folder: Path) -> list[Path]:
    """The CSV files of a folder whose name is a table's."""
    return [path for path in _csv_files(folder) if table_named(path.stem) is not None]


def read_folder(folder: Path) -> tuple[Book | None, tuple[Problem, ...]]:
    """Every CSV file of a folder, one sheet each."""
    grids: list[Grid] = []
    problems: list[Problem] = []
    for path in _csv_files(folder):
        grid, found = read_text(path)
        problems += found
        wide = too_wide(grid) if grid else None
        if wide:
            problems.append(wide)
        elif grid:
            grids.append(grid)
    problems += problems_between(grids)
    return Book(str(folder), tuple(sheet_of(grid) for grid in grids)), tuple(problems)


def _csv_files(folder: Path) -> list[Path]:
    return [
        path for path in _entries(folder) if path.suffix.lower() in _TEXTS and not path.name.startswith("~$")
    ]


def _entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
