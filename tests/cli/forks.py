"""The program run in a fork of a process that has it loaded: as separate as a process of its own, without the
second that loading takes. Run as a module it is that process.

A request is a line of JSON: words, environment, folder, and the files that take stdout and stderr; the answer
is the exit code. What Python itself reads from the environment at its start needs a process of its own.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import IO

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy would start others while it is loaded, and a fork has only the one that asked for it."""

LOADED = ("scheduler.cli", "scheduler.cli.commands", "scheduler.exporters", "openpyxl", "jinja2", "rich")
SOLVERS = tuple(f"scheduler.solver.{name}" for name in ("placement", "timetable", "staffing"))


class Forks:
    """The process that has the program loaded; started at the first run, ended with this one."""

    def __init__(self, environment: Mapping[str, str], root: Path) -> None:
        """Start it in this environment."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment, **ONE_THREAD},
            cwd=root,
        )

    def run(
        self, words: list[str], environment: Mapping[str, str], folder: Path, patience: float
    ) -> tuple[int, bytes, bytes]:
        """Exit code, stdout and stderr of the program. Raises TimeoutExpired."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as streams:
            out, err = Path(streams, "out"), Path(streams, "err")
            request = {"words": words, "environment": dict(environment), "folder": str(folder)}
            text = json.dumps({**request, "out": str(out), "err": str(err)})
            self._process.stdin.write(text.encode() + b"\n")
            self._process.stdin.flush()
            if not select.select([self._process.stdout], [], [], patience)[0]:
                self.close()
                raise subprocess.TimeoutExpired(words, patience)
            code = int(self._process.stdout.readline())
            return code, out.read_bytes(), err.read_bytes()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _serve() -> None:
    for name in (*LOADED, *SOLVERS):
        import_module(name)
    if len(list(Path("/proc/self/task").iterdir())) > 1 or threading.active_count() > 1:
        sys.exit("a library has started a thread: what is forked from here may hang")
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(_run(**request))
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _run(words: list[str], environment: dict[str, str], folder: str, out: str, err: str) -> int:
    """The program in this process, which does nothing else any more; its exit code."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.stdout = _onto(1, out, "strict")
    sys.stderr = _onto(2, err, "backslashreplace")
    sys.argv = ["scheduler", *words]
    code: object
    try:
        runpy.run_module("scheduler", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


def _onto(number: int, path: str, errors: str) -> IO[str]:
    """One of the process's two streams, written into a file from now on."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.dup2(file, number)
    os.close(file)
    return io.TextIOWrapper(os.fdopen(number, "wb", closefd=False), "utf-8", errors)


if __name__ == "__main__":
    _serve()
