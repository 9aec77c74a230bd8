"""Something reckoned in a thread while the search goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from scheduler.solver.door import Limits

T = TypeVar("T")


def beside(reckon: Callable[[], T], limits: Limits) -> Future[T]:
    """What will have been reckoned; at once where there is one worker, or runs are to repeat."""
    told: Future[T] = Future()

    def run() -> None:
        try:
            told.set_result(reckon())
        except Exception as error:  # it is raised where the answer is awaited
            told.set_exception(error)

    if limits.workers < 2 or limits.reproducible:
        run()
    else:
        Thread(target=run, daemon=True).start()  # nobody waits for it in the end
    return told
