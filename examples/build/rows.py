"""What the scripts that build the examples share: a scenario from plain rows, and writing it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings
from scheduler.exporters.tables import book_of, folder_files

EXAMPLES = Path(__file__).resolve().parent.parent
Row = dict[str, Any]


def scenario(settings: Mapping[str, Any], **tables: Iterable[Mapping[str, Any]]) -> Scenario:
    """A scenario of plain rows; a child consents unless it says otherwise."""
    tables["children"] = [{"consent": True, **row} for row in tables["children"]]
    given: dict[str, Any] = {name: tuple(rows) for name, rows in tables.items()}
    return Scenario(settings=Settings(**settings), **given)


def table(names: str, *rows: tuple[Any, ...]) -> list[Row]:
    """Rows under a line of field names, as one would type them; None leaves a cell blank."""
    fields = names.split()
    return [
        {name: value for name, value in zip(fields, row, strict=True) if value is not None} for row in rows
    ]


def weekdays(first: date, weeks: int) -> list[Row]:
    """Monday to Friday of so many weeks, named 1, 2, ..."""
    return [
        {"date": first + timedelta(days=7 * week + day), "week": str(week + 1)}
        for week in range(weeks)
        for day in range(5)
    ]


def write_folder(season: Scenario, name: str) -> None:
    """Write a season as a folder of CSV files with English headings."""
    folder = EXAMPLES / name
    folder.mkdir(exist_ok=True)
    for file, content in folder_files(book_of(season, "en")).items():
        (folder / file).write_bytes(content)
