"""Writes one file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from scheduler.exporters.errors import OutputError
from scheduler.exporters.temporary import beginning, clear_left


def save(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there; a link is followed, folders are made.

    What is no file (a device, a pipe) is written into: it must not be replaced by one.

    Raises OutputError, with whatever stood there intact.
    """
    target = path.resolve()
    try:
        if target.is_dir():
            raise OutputError("export.error.is_folder", path=str(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise OutputError.of(error, path) from error


def _replace(target: Path, content: bytes) -> None:
    clear_left(target.parent)
    handle, name = tempfile.mkstemp(prefix=beginning(), dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
