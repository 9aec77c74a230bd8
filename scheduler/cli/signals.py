"""Ctrl-C and SIGTERM: the main thread listens, the work runs in another."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from scheduler.solver import Interruption

T = TypeVar("T")

SIGNALS = (signal.SIGINT, signal.SIGTERM)

STDOUT = 1
"""The file descriptor that C libraries print to."""

GRACE = 1.0
"""Seconds that the work is waited for after a second interruption."""


class Abandoned(Exception):
    """Somebody wished to end at once, and the work did not: its thread runs on, and is waited for no more."""


@contextmanager
def interruptible(told: Callable[[], None]) -> Iterator[Interruption]:
    """Turn signals into wishes: the first ends the running stage (and calls `told`), the second all of it.

    Outside the main thread nothing can listen, and the interruption never comes.
    """
    interruption = Interruption()

    def hear(number: int, frame: FrameType | None) -> None:
        if interruption.stop.requested:
            interruption.now.request()
        else:
            interruption.stop.request()
            told()

    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    before = {number: signal.signal(number, hear) for number in SIGNALS}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def in_worker(job: Callable[[], T], interruption: Interruption | None = None) -> T:
    """Do a job in a worker thread while this one stays free to hear signals; its exception is raised here.
    Raises Abandoned where it goes on after a second interruption."""
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(job())
        except BaseException as error:
            errors.append(error)  # the main thread raises it

    thread = threading.Thread(target=work, name="solve", daemon=True)
    with _quiet_stdout():
        thread.start()
        given_up = None
        while thread.is_alive():
            thread.join(0.1)  # short waits: a signal is heard only between them
            if interruption is not None and interruption.now.requested:
                given_up = given_up or time.monotonic() + GRACE
                if time.monotonic() > given_up and thread.is_alive():
                    raise Abandoned
    if errors:
        raise errors[0]
    return results[0]


@contextmanager
def _quiet_stdout() -> Iterator[None]:
    """Drop what libraries written in C print meanwhile: a line of theirs would spoil the results, JSON above
    all. Nothing of ours goes to stdout before the work is done."""
    try:
        sys.stdout.flush()
        kept = os.dup(STDOUT)
    except (OSError, ValueError):  # it is closed: there is nothing to spoil
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STDOUT)
    try:
        yield
    finally:
        os.dup2(kept, STDOUT)
        os.close(kept)
        os.close(nowhere)
