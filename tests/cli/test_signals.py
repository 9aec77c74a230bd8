"""Ctrl-C and SIGTERM: the work ends with its best, and the old handlers return."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from scheduler.cli.signals import Abandoned, in_worker, interruptible


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_first_signal_asks_to_stop_and_is_told(number: signal.Signals) -> None:
    told: list[bool] = []

    def job() -> str:
        deadline = time.monotonic() + 10
        os.kill(os.getpid(), number)
        while not interruption.stop.requested and time.monotonic() < deadline:
            time.sleep(0.01)
        return "best so far"

    with interruptible(lambda: told.append(True)) as interruption:
        assert in_worker(job) == "best so far"
    assert interruption.stop.requested
    assert not interruption.now.requested
    assert told == [True]


def test_a_second_signal_ends_the_last_call_too() -> None:
    def job() -> None:
        deadline = time.monotonic() + 10
        os.kill(os.getpid(), signal.SIGINT)
        while not interruption.stop.requested and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        while not interruption.now.requested and time.monotonic() < deadline:
            time.sleep(0.01)

    with interruptible(lambda: None) as interruption:
        in_worker(job)
    assert interruption.now.requested


def test_work_that_hears_nothing_is_left_behind() -> None:
    free = threading.Event()

    def job() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        while not interruption.stop.requested:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        free.wait(60)  # as a model that is being built

    with interruptible(lambda: None) as interruption, pytest.raises(Abandoned):
        in_worker(job, interruption)
    free.set()


def test_handlers_return() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible(lambda: None):
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_an_exception_of_the_worker_is_raised_here() -> None:
    def job() -> None:
        raise LookupError("x")

    with pytest.raises(LookupError):
        in_worker(job)


def test_what_libraries_print_while_they_work_never_reaches_the_results(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def job() -> str:
        os.write(1, b"a line of a solver\n")
        return "done"

    print("before")  # noqa: T201 - as a command does
    assert in_worker(job) == "done"
    print("after")  # noqa: T201
    assert capfd.readouterr().out == "before\nafter\n"
