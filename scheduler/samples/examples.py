"""The examples that come with the program: in a checkout beside the package, installed inside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE.parent / "examples", _PACKAGE / "_examples")


class UnknownExample(LookupError):
    """There is no example of this name."""


def example_names() -> tuple[str, ...]:
    """The names of the examples, sorted."""
    return tuple(sorted({path.name for place in _PLACES if place.is_dir() for path in _inputs(place)}))


def example_path(name: str) -> Path:
    """The input of an example as commands take it: its workbook, or its folder of CSV files.

    Raises UnknownExample.
    """
    for place in _PLACES:
        for folder in _inputs(place) if place.is_dir() else ():
            if folder.name == name:
                return next(iter(sorted(folder.glob("[!~]*.xlsx"))), folder)
    raise UnknownExample(name)


def _inputs(place: Path) -> list[Path]:
    """The folders that hold a workbook or the tables of a season."""
    return [
        path
        for path in place.iterdir()
        if path.is_dir() and (any(path.glob("[!~]*.xlsx")) or (path / "children.csv").is_file())
    ]
