"""What solvers of linear models say, and what is made of it."""

from __future__ import annotations

import pytest
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.solver.branching import Search
from scheduler.solver.door import Clock, Limits
from scheduler.solver.matrix import Matrix


def test_what_the_solver_cannot_tell_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    # ortools 9.15 fails while it tells of it: the message is that of the error behind
    def untold(*given: object, **more: object) -> None:
        try:
            raise RuntimeError("HighsModelStatus was Unknown [INTERNAL]")
        except RuntimeError:
            raise AttributeError("no attribute 'canonical_code'") from None

    monkeypatch.setattr(mathopt, "solve", untold)
    search, limits = Search(one_variable(), [0]), Limits(seconds=1)
    assert search.relaxed([(0, 1)], limits, 1.0) is None
    assert search.best([(0, 1)], limits, Clock(limits), 1.0).values is None


def test_an_error_is_raised_where_the_answer_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*given: object, **more: object) -> None:
        raise ValueError("no such model")

    monkeypatch.setattr(mathopt, "solve", wrong)
    limits = Limits(seconds=1)
    with pytest.raises(ValueError, match="no such model"):
        Search(one_variable(), [0]).relaxed([(0, 1)], limits, 1.0)


def one_variable() -> model_pb2.ModelProto:
    """A model of one boolean."""
    return Matrix().proto([0.0], [1.0], {0: 1.0}, whole=True)
