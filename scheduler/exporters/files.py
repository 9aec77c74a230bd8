"""Writes a set of files whole or not at all, beside what people keep in the same folder."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Self

from scheduler.exporters.errors import TEMPORARY, OutputError
from scheduler.exporters.numbered import numbered
from scheduler.exporters.temporary import beginning, is_in_use

MANIFEST = "private/manifest.json"
_KIND = "output"

AT_ONCE = 16
"""Files that are brought down to the disk at the same time."""


@dataclass(frozen=True)
class Written:
    """What was written: every path, and the new names of workbooks that were edited by hand."""

    paths: tuple[Path, ...]
    renamed: Mapping[Path, Path]


Earlier = Callable[[str], bytes | None]
"""What an earlier export wrote at a path of the output folder; None where there is nothing."""


def nothing_earlier(path: str) -> None:
    """An output folder that does not exist yet."""


def earlier_in(directory: Path) -> Earlier:
    """What the output folder holds today; what cannot be read counts as not there."""

    def content(path: str) -> bytes | None:
        try:
            return (directory / path).read_bytes()
        except OSError:
            return None

    return content


def write(files: Iterable[tuple[str, bytes]], directory: Path) -> Written:
    """Write all files below a folder, or none; a folder that was made for them then goes again.

    Everything is written beside first, each file as it comes; then whole folders are swapped. Files of other
    people stay. Files of an earlier run that are no longer wanted go, unless they are workbooks edited since,
    or nothing of their kind (pages, workbooks, calendars) is written this time. A workbook edited by hand is
    never overwritten: the new one gets a new name.
    """
    made = _missing(directory)
    try:
        _prepare(directory)
        return _write(files, directory)
    except OSError as error:
        raise OutputError.of(error, directory) from error
    finally:
        _remove_empty(made)


def _write(files: Iterable[tuple[str, bytes]], directory: Path) -> Written:
    before = _manifest(directory)
    staging = Path(tempfile.mkdtemp(prefix=beginning(_KIND), dir=directory))
    names, digests = dict[str, str](), dict[str, str]()
    try:
        with _Staged(staging / "new") as staged:
            for path, content in files:
                _refuse_unsafe(path)
                names[path] = name = _name(path, content, directory, before)
                digests[name] = sha256(content).hexdigest()
                staged.save(name, content)
            stale = frozenset(_stale(before, digests, directory))
            kept = {path: digest for path, digest in before.items() if path not in stale}
            manifest = json.dumps({**kept, **digests}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            staged.save(MANIFEST, manifest.encode())
        whole = frozenset({*digests, MANIFEST})
        _publish(directory, staging, whole, stale)
    finally:
        _clear(directory, staging)
    renamed = {directory / path: directory / name for path, name in names.items() if path != name}
    return Written(tuple(directory / path for path in sorted(whole)), renamed)


# ---- before anything is touched ---------------------------------------------------------------------


def _refuse_unsafe(path: str) -> None:
    if not _is_below(path) or path == MANIFEST:
        raise ValueError(f"not a path below the output folder: {path!r}")


def _is_below(path: str) -> bool:
    """Whether a path leads to a file below the folder it is taken from."""
    pure = PurePosixPath(path)
    return (
        bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts and not set("\\:") & set(path)
    )


def _prepare(directory: Path) -> None:
    if directory.exists() and not directory.is_dir():
        raise OutputError("export.error.is_file", path=str(directory))
    directory.mkdir(parents=True, exist_ok=True)
    for left in directory.glob(f"{TEMPORARY}{_KIND}-*"):  # of a run that was killed
        if not is_in_use(left):
            _clear(directory, left)


def _missing(directory: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [folder for folder in (directory, *directory.parents) if not os.path.lexists(folder)]


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders in which nothing lies."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _clear(directory: Path, staging: Path) -> None:
    """Remove a staging folder; an old folder whose place is empty is put back first."""
    for old in (staging / "old").glob("*"):
        if not (directory / old.name).exists():
            old.rename(directory / old.name)
    shutil.rmtree(staging, ignore_errors=True)


def _manifest(directory: Path) -> dict[str, str]:
    """Paths and digests of the previous run; empty where there was none or its record is damaged."""
    try:
        found = json.loads((directory / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: digest for path, digest in found.items() if _is_below(path)}


def _name(path: str, content: bytes, directory: Path, before: Mapping[str, str]) -> str:
    """The name a file is written under: its own, or for a workbook edited by hand the next free one."""
    names = map(str, numbered(PurePosixPath(path)))
    return next(name for name in names if not _is_edited(directory, name, before, content))


def _is_edited(directory: Path, path: str, before: Mapping[str, str], content: bytes | None = None) -> bool:
    """Whether a workbook there differs from what the previous run wrote (and from the new contents)."""
    file = directory / path
    if not path.endswith(".xlsx") or not file.exists():
        return False
    digest = sha256(file.read_bytes()).hexdigest()
    return digest != before.get(path) and (content is None or digest != sha256(content).hexdigest())


def _stale(before: Mapping[str, str], wanted: Collection[str], directory: Path) -> Iterator[str]:
    kinds = {PurePosixPath(path).suffix for path in wanted}
    for path in before:
        known = path in wanted or PurePosixPath(path).suffix not in kinds
        if not known and not _is_edited(directory, path, before):
            yield path


class _Staged:
    """Writes files into a new folder; when it is left, all of them are down on the disk.

    Many are brought down at once: a disk takes them together in little more time than one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._flushed: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._pool.shutdown(cancel_futures=error is not None)
        if error is None:
            for one in self._flushed:
                one.result()

    def save(self, path: str, content: bytes) -> None:
        """Write one file; what is private is its owner's alone."""
        top = PurePosixPath(path).parts[0]
        private = top == "private"
        (self._folder / top).mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o755)
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o600 if private else 0o644)
        self._flushed.append(self._pool.submit(_flush, target))


def _flush(path: Path) -> None:
    """Bring a file down to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


# ---- the moment of change ---------------------------------------------------------------------------


def _publish(directory: Path, staging: Path, wanted: frozenset[str], stale: frozenset[str]) -> None:
    """Bring the staged files into the folder: by swapping its top folders, or file by file where a folder
    cannot be swapped (a link, a mount, somebody's open folder)."""
    # `publish` before `private`: the record of what was published lies in `private` and is renewed last
    tops = sorted((path.name for path in (staging / "new").iterdir()), reverse=True)
    for top in tops:
        if (directory / top).is_dir() and not (directory / top).is_symlink():
            _carry_over(directory, staging / "new", top, wanted | stale)
    try:
        for top in tops:
            _swap(directory, staging, top)
    except BaseException as error:  # an interrupt too must leave the old output whole
        for top in reversed(tops):
            _swap_back(directory, staging, top)
        if not isinstance(error, OSError):
            raise
        _replace_each(directory, staging / "new")
    for path in stale:
        (directory / path).unlink(missing_ok=True)


def _carry_over(directory: Path, new: Path, top: str, ours: frozenset[str]) -> None:
    """Take along what other people put into a folder, by hard links where the disk has them."""
    for file in sorted((directory / top).rglob("*")):
        path = file.relative_to(directory)
        target = new / path
        if path.as_posix() in ours:
            continue
        if file.is_symlink() or file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(file, target, follow_symlinks=False)
            except OSError:
                shutil.copy2(file, target, follow_symlinks=False)


def _swap(directory: Path, staging: Path, top: str) -> None:
    here, new, old = directory / top, staging / "new" / top, staging / "old" / top
    old.parent.mkdir(exist_ok=True)
    if here.is_symlink() or here.is_file():
        raise NotADirectoryError(20, "not a folder of its own", str(here))
    if here.exists():
        here.rename(old)
    new.rename(here)


def _swap_back(directory: Path, staging: Path, top: str) -> None:
    """Undo a swap, however far it came."""
    here, new, old = directory / top, staging / "new" / top, staging / "old" / top
    if not new.exists():
        here.rename(new)
    if old.exists():
        old.rename(here)


def _replace_each(directory: Path, new: Path) -> None:
    for file in sorted(new.rglob("*")):
        if file.is_file() and not file.is_symlink():
            target = directory / file.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
