"""Running an engine in a process of its own, so that memory and threads are its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 600.0
"""What an engine may take beyond its limit, to build, to end and to be checked, before it is killed."""


def alone(
    work: Callable[..., None],
    arguments: tuple[Any, ...],
    seconds: float,
    last: type[T],
    tell: Callable[[Any], None],
) -> T | str:
    """Call `work` with the arguments and a pipe; `tell` what comes through it until a `last` one, which is
    given back, or a text: what went wrong."""
    context = get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*arguments, its))
    process.start()
    its.close()
    try:
        return _listened(mine, time.monotonic() + seconds + GRACE, last, tell)
    finally:
        process.join(1)
        process.kill()
        process.join()


def _listened(mine: Connection, until: float, last: type[T], tell: Callable[[Any], None]) -> T | str:
    try:
        while mine.poll(max(0.0, until - time.monotonic())):
            told = mine.recv()
            if isinstance(told, last | str):
                return told
            tell(told)
    except EOFError:
        return "ended without a word"
    return f"killed {GRACE:g} s after its limit"
