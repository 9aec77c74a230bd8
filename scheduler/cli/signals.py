"""Ctrl-C and SIGTERM: the main thread listens, the work runs in another."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from scheduler.solver import Interruption

T = TypeVar("T")

SIGNALS = (signal.SIGINT, signal.SIGTERM)


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


def in_worker(job: Callable[[], T]) -> T:
    """Do a job in a worker thread while this one stays free to hear signals; its exception is raised here."""
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(job())
        except BaseException as error:
            errors.append(error)  # the main thread raises it

    thread = threading.Thread(target=work, name="solve", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)  # short waits: a signal is heard only between them
    if errors:
        raise errors[0]
    return results[0]
