"""Names for what must not take the place of something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import PurePath
from typing import TypeVar

AnyPath = TypeVar("AnyPath", bound=PurePath)


def numbered(path: AnyPath) -> Iterator[AnyPath]:
    """A path, then the same with (2), (3) and so on before its suffix."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
