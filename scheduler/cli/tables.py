"""Writing input tables where a command was told to: a workbook or a folder of CSV files."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli.console import FAILED, Console
from scheduler.cli.help import Misuse
from scheduler.domain.book import Book
from scheduler.exporters import save
from scheduler.exporters.tables import folder_files, workbook_bytes
from scheduler.locale import Language

FILES = (".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".txt", ".json", ".zip")
"""Endings of files: a folder of such a name is what nobody means."""


def require_book(path: Path) -> None:
    """End the command where the name is a file's, but not a workbook's that can be written."""
    if path.suffix.lower() in FILES and not path.is_dir():
        raise Misuse("no_book_name", value=path.name, ending=path.suffix)


def write_book(book: Book, path: Path, language: Language, shown: Console) -> None:
    """Write a book to `path`: a workbook if it ends in .xlsx, else a folder; nothing is overwritten."""
    require_book(path)
    if path.exists() and (path.is_file() or any(path.iterdir())):
        shown.fail(FAILED, "exists", path=path)
    if path.suffix.lower() == ".xlsx":
        save(path, workbook_bytes(book, language))
        return
    for name, content in folder_files(book).items():
        save(path / name, content)
