"""Names of unfinished files and folders, and what a killed program left of them."""

from __future__ import annotations

import os
import platform
import re
import shutil
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from scheduler.exporters.errors import TEMPORARY

_NAME = re.compile(
    re.escape(TEMPORARY) + r"(?P<kind>[a-z]+-)?(?P<machine>[0-9a-f]{8})-(?P<process>[1-9]\d*)-\w+"
)


def beginning(kind: str = "") -> str:
    """How the name of something unfinished begins: on this machine it tells whose it is."""
    return f"{TEMPORARY}{f'{kind}-' if kind else ''}{_machine()}-{os.getpid()}-"


def is_in_use(path: Path) -> bool:
    """Whether something unfinished is known to belong to a program that runs on this machine."""
    told = _NAME.fullmatch(path.name)
    return told is not None and told["machine"] == _machine() and _runs(int(told["process"]))


def clear_left(folder: Path) -> None:
    """Remove what programs killed on this machine left unfinished in a folder; anything else stays.

    What bears another name, is a link, or was begun on another machine is not ours to judge; what has a kind
    of its own is for its own writer, who may have to put something back first.
    """
    with suppress(OSError):
        for path in sorted(folder.glob(f"{TEMPORARY}*")):
            told = _NAME.fullmatch(path.name)
            if told is None or told["kind"] or told["machine"] != _machine() or path.is_symlink():
                continue
            if not _runs(int(told["process"])):
                _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere asking for a process may end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _machine() -> str:
    """The machine, or the container, whose numbers of processes these are."""
    space = own = ""
    with suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    with suppress(OSError, ValueError):  # many machines are called localhost
        own = Path("/etc/machine-id").read_text()
    return sha256(f"{platform.node()}|{space}|{own}".encode()).hexdigest()[:8]
