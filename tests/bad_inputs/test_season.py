"""The season as a whole: nothing to do, classes never held, settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_inputs.told import accepted, read, season
from tests.readers.on_disk import Cells, cells, ids, tables, workbook


@pytest.mark.parametrize("table", ["days", "classes", "children"])
def test_line_56_nothing_to_do(tmp_path: Path, table: str) -> None:
    empty = [p for p in read(season(tmp_path, **{table: cells(table)[:1]})) if p.blocking]
    assert [(p.id, p.parameters["table"]) for p in empty] == [("table_empty", table)]
    season_without = tables()
    del season_without[table]
    missing = [p for p in read(workbook(tmp_path / "b.xlsx", season_without)) if p.blocking]
    assert [(p.id, p.parameters["table"]) for p in missing] == [("table_missing", table)]


def test_line_56_no_open_day(tmp_path: Path) -> None:
    rows = [[*row, extra] for row, extra in zip(cells("days"), ["open", "no", "no"], strict=True)]
    assert "no_open_day" in ids(read(season(tmp_path, days=rows)))


def test_line_59_a_class_that_can_never_be_held(tmp_path: Path) -> None:
    closures: Cells = [["class", "from", "to"], ["C1", "2024-07-01", "2024-08-01"]]
    assert "class_never_held" in ids(accepted(season(tmp_path, closures=closures)))


def test_line_70_settings(tmp_path: Path) -> None:
    rows: Cells = [["key", "value"], ["polcy", "fair"], ["ties", "maybe"], ["season", "a"], ["season", "b"]]
    found = read(season(tmp_path, settings=rows))
    assert [(p.id, p.cell) for p in found] == [
        ("unknown_setting_near", "A2"),
        ("not_an_option", "B3"),
        ("duplicate_key", "A5"),
    ]
