"""What is reckoned beside a search: in a thread of its own, or at once."""

from __future__ import annotations

from threading import Event, current_thread

import pytest

from scheduler.solver.beside import beside, runs_beside
from scheduler.solver.door import Limits

ALONE = (Limits(workers=1), Limits(workers=2, reproducible=True))


@pytest.mark.parametrize("limits", ALONE)
def test_without_a_second_worker_it_is_reckoned_at_once(limits: Limits) -> None:
    assert not runs_beside(limits)
    told = beside(current_thread, limits)
    assert told.done()
    assert told.result() is current_thread()


def test_with_two_workers_the_search_goes_on_meanwhile() -> None:
    may_end, limits = Event(), Limits(workers=2)
    assert runs_beside(limits)
    told = beside(lambda: may_end.wait(60), limits)
    assert not told.done()
    may_end.set()
    assert told.result(timeout=60)


@pytest.mark.parametrize("limits", [*ALONE, Limits(workers=2)])
def test_an_error_is_raised_where_the_answer_is_awaited(limits: Limits) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    told = beside(fail, limits)
    with pytest.raises(ZeroDivisionError):
        told.result(timeout=60)
