"""A file or folder as a `Book`: every sheet with all its cells, known or not."""

from __future__ import annotations

from pathlib import Path

from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.readers.files import FileKind, kind_of, missing, problem_of
from scheduler.readers.folder import read_folder, table_files, workbook_in
from scheduler.readers.old_workbook import read_old_workbook
from scheduler.readers.sheets import problems_between, sheet_of, too_wide
from scheduler.readers.text import read_text

Found = tuple[Book | None, tuple[Problem, ...]]


def read_book(path: Path) -> Found:
    """The tables of a workbook, of a folder of CSV files, or of a folder around one workbook.

    Never raises for bad input; the book is None where nothing can be read.
    """
    try:
        if not path.exists():
            return None, (missing(path),)
        return _read_directory(path) if path.is_dir() else _read_file(path)
    except PermissionError:
        return None, (Problem("file_locked", file=path.name),)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Problem("file_unreadable", file=path.name, parameters={"reason": reason}),)


def _read_directory(folder: Path) -> Found:
    workbook, problems = workbook_in(folder)
    if workbook is not None:
        book, found = _read_file(workbook)
        return book, (*problems, *found)
    if not table_files(folder):
        return None, problems
    book, found = read_folder(folder)
    return book, (*problems, *found)


def _read_file(path: Path) -> Found:
    kind = kind_of(path)
    problem = problem_of(path, kind)
    if problem:
        return None, (problem,)
    if kind is FileKind.WORKBOOK:
        # loaded only here: a folder of CSV files needs no library for workbooks
        from scheduler.readers.workbook import read_workbook

        return read_workbook(path)
    if kind is FileKind.OLD_WORKBOOK:
        return read_old_workbook(path)
    return _read_single_text(path)


def _read_single_text(path: Path) -> Found:
    """One CSV file as a book of one sheet, with a word if its name says it is a workbook."""
    grid, problems = read_text(path)
    if grid is None:
        return None, tuple(problems)
    wide = too_wide(grid)
    if wide:
        return None, (wide,)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        problems.insert(0, Problem("file_is_text", path.name, blocking=False))
    problems += problems_between([grid])
    return Book(str(path), (sheet_of(grid),)), tuple(problems)
