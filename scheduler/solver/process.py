"""Work done by a process of its own beside a search: as threads of one they would share a processor.

What is given and what is told go through pipes; nothing is written to a disk. The process ends with the one
that began it, whatever becomes of that.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from threading import Thread
from typing import Any, BinaryIO

BEGIN = "from scheduler.solver.process import run; run()"

BY_ITSELF = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""On Windows, what keeps Ctrl-C from a process."""


class Process:
    """A process that works on what it is given, and tells what it finds."""

    def __init__(self, work: Callable[[Any, Callable[[object], None]], None], given: object) -> None:
        """Begin `work(given, tell)`, a function of a module. Raises OSError where no process can be begun."""
        self._ended = self._done = False
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and nothing from outside
            [sys.executable or "", "-P", "-c", BEGIN],  # nothing lying in the folder is imported
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            start_new_session=True,  # Ctrl-C is for the search, which then ends this, too
            creationflags=BY_ITSELF,
        )
        self._given = (work.__module__, work.__name__, given)

    def told(self) -> Iterator[object]:
        """What the process tells, as soon as it does."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):  # it was ended meanwhile
            pickle.dump(self._given, process.stdin)
            process.stdin.flush()
            while (found := pickle.load(process.stdout)) is not None:  # noqa: S301 - our own process wrote it
                yield found[0]
            self._done = True

    def end(self) -> None:
        """End the process, if it has not ended."""
        self._ended = True
        self._process.kill()

    def went_well(self) -> bool:
        """Whether the process did all its work, or was ended: here, or by the system for want of memory, of
        which there would be no more here; asked when it tells no more."""
        process = self._process
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        is_killed = process.wait() < 0
        return self._done or self._ended or is_killed


def run() -> None:
    """Do what is asked for on the standard input, and tell what is found on the standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a solver prints is no answer
    module, name, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that began this
    Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()

    def tell(found: object) -> None:
        pickle.dump((found,), answers)
        answers.flush()

    code = 1
    try:
        getattr(import_module(module), name)(given, tell)
        pickle.dump(None, answers)
        answers.flush()
        code = 0
    finally:
        os._exit(code)  # a thread still reads, which no interpreter ends well


def _end_with(given: BinaryIO) -> None:
    """End when the process that began this one has."""
    given.read()
    os._exit(1)
