"""Names for what must not take the place of something else."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePosixPath

from scheduler.exporters.numbered import numbered


def test_a_number_comes_before_the_suffix() -> None:
    names = islice(numbered(PurePosixPath("private/out.plan.json")), 3)
    assert list(map(str, names)) == [
        "private/out.plan.json",
        "private/out.plan (2).json",
        "private/out.plan (3).json",
    ]
