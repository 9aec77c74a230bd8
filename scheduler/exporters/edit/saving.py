"""An edit on its way to the disk: a copy of what was there, the new file tried before it takes its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.domain.book import Book
from scheduler.exporters.edit.csv_file import edited_csv, new_csv
from scheduler.exporters.edit.placing import Placed, edited
from scheduler.exporters.edit.sheet_xml import UnknownShape
from scheduler.exporters.edit.workbook_file import edited_workbook
from scheduler.exporters.errors import OutputError
from scheduler.exporters.tables import workbook_bytes
from scheduler.exporters.temporary import beginning, clear_left
from scheduler.locale import Language

Check = Callable[[Path], bool]
"""Whether a file, read again, holds what it was meant to hold."""

BACKUP = "before-import"


@dataclass(frozen=True)
class Saved:
    """What was written: the file, whether under a new name, and the copy of what was there before, if any."""

    path: Path
    is_new_name: bool
    backup: Path | None


def save_edit(
    input_path: Path,
    book: Book,
    placed: Placed,
    separator: str,
    language: Language,
    now: datetime,
    check: Check,
) -> Saved:
    """Write the cells into the file they belong to; it is replaced whole, or not at all.

    A workbook that cannot be changed byte by byte (an older format, a formula where a value goes) stays as
    it is: the tables go into a new one beside it, without its looks. The first time on a day a copy of the
    file is kept. Raises OutputError, with everything as it was.
    """
    path = Path(book.path).resolve()
    try:
        if path.is_dir():
            path = path / (placed.sheet.file if placed.sheet else f"{placed.table}.csv")
            content = new_csv(placed)
            if placed.sheet:
                content = edited_csv(path.read_bytes(), placed, separator)
        else:
            content = edited_workbook(path.read_bytes(), placed)
        _require_writable(path)
        backup = _backup(path, input_path.resolve(), now) if path.exists() else None
        _put(path, content, check, backup)
        return Saved(path, False, backup)
    except UnknownShape:
        return _beside(path, input_path.resolve(), workbook_bytes(edited(book, placed), language), now)
    except OSError as error:
        raise OutputError.of(error, path) from error


def _require_writable(path: Path) -> None:
    """Raise OutputError for a file marked read-only: another moved into its place would not heed that."""
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise OutputError("export.error.marked_read_only", path=str(path))


def _beside(path: Path, given: Path, content: bytes, now: datetime) -> Saved:
    """The new workbook beside the one that stays; beside the folder, where a folder holds the workbook."""
    folder = given.parent if given.is_dir() else path.parent
    new = _free(folder / f"{path.stem}.with-answers-{now:%Y%m%d-%H%M}.xlsx")
    try:
        _put(new, content, lambda _: True)
    except OSError as error:
        raise OutputError.of(error, new) from error
    return Saved(new, True, None)


def _backup(path: Path, given: Path, now: datetime) -> Path | None:
    """Where a copy of the file goes, unless one was made on the same day: that one shows how the day began.

    It lies beside the input; a copy in a folder that is the input would be one more table of it.
    """
    day, minute = f"{BACKUP}-{now:%Y%m%d}-", f"{BACKUP}-{now:%Y%m%d-%H%M}"
    if given.is_dir():
        beside = [entry / path.name for entry in given.parent.iterdir() if _is_of(entry, given.name, day)]
        backup = given.with_name(f"{given.name}.{minute}") / path.name
    else:
        beside = [entry for entry in path.parent.iterdir() if _is_of(entry, path.stem, day)]
        backup = path.with_name(f"{path.stem}.{minute}{path.suffix}")
    return None if any(entry.is_file() for entry in beside) else backup


def _is_of(entry: Path, name: str, day: str) -> bool:
    return entry.name.startswith(f"{name}.{day}")


def _free(path: Path) -> Path:
    """The path, or with a number behind its name where it is taken."""
    names = (path, *(path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, 1000)))
    return next(name for name in names if not name.exists())


def _put(path: Path, content: bytes, check: Check, backup: Path | None = None) -> None:
    """Write beside its place under its own name (which may be a table's), read again, and move there, once
    what was there is copied."""
    clear_left(path.parent)
    staging = Path(tempfile.mkdtemp(prefix=beginning(), dir=path.parent))
    try:
        new = staging / path.name
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not check(new):
            raise OutputError("export.error.not_as_meant", path=str(path))
        if path.exists():
            shutil.copymode(path, new)
        with _kept(path, backup):
            new.replace(path)
    finally:
        with suppress(OSError):
            shutil.rmtree(staging)


@contextmanager
def _kept(path: Path, backup: Path | None) -> Iterator[None]:
    """A copy of a file while another takes its place; it goes again if none does."""
    if backup is None:
        yield
        return
    is_new_folder = not backup.parent.exists()
    backup.parent.mkdir(exist_ok=True)
    try:
        shutil.copy2(path, backup)
        yield
    except BaseException:
        backup.unlink(missing_ok=True)
        if is_new_folder:
            backup.parent.rmdir()
        raise
