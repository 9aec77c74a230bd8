"""Something reckoned in a thread while the search goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from scheduler.solver.door import Limits

T = TypeVar("T")


def runs_beside(limits: Limits) -> bool:
    """Whether something may be reckoned while the search goes on: by a second worker, unless runs are to
    repeat."""
    return limits.workers >= 2 and not limits.reproducible


def beside(reckon: Callable[[], T], limits: Limits) -> Future[T]:
    """What will have been reckoned; at once where no thread of its own is to be had."""
    told: Future[T] = Future()

    def run() -> None:
        try:
            told.set_result(reckon())
        except Exception as error:  # it is raised where the answer is awaited
            told.set_exception(error)

    if runs_beside(limits):
        Thread(target=run, daemon=True).start()  # nobody waits for it in the end
    else:
        run()
    return told
