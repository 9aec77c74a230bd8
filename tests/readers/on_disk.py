"""The tiny season as files: cells that a test changes one at a time."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from scheduler.domain.problems import Problem
from scheduler.readers import read_scenario
from tests.seasons import TINY

Cells = list[list[object]]


def cells(table: str) -> Cells:
    """The tiny season's table as a sheet holds it: the headings, then a row each."""
    rows = [{**row, "consent": True} if table == "children" else row for row in TINY[table]]
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return [list(headings), *[[_cell(row.get(key)) for key in headings] for row in rows]]


def tables(**changes: Cells) -> dict[str, Cells]:
    """All tables of the tiny season, some replaced or added."""
    return {**{name: cells(name) for name in TINY}, **changes}


def changed(table: str, row: int, heading: str, value: object) -> dict[str, Cells]:
    """The tiny season with one cell changed (row as Excel numbers it; a new heading adds a column)."""
    sheet = cells(table)
    if heading not in sheet[0]:
        sheet[0].append(heading)
    at = sheet[0].index(heading)
    for line in sheet:
        line.extend([None] * (len(sheet[0]) - len(line)))
    sheet[row - 1][at] = value
    return tables(**{table: sheet})


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(i, j, value)
                if isinstance(value, str) and value.startswith("="):
                    sheet.cell(i, j).data_type = "s"  # text that looks like a formula, as a person typed it
    book.save(path)
    return path


def folder(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], encoding: str = "utf-8-sig") -> Path:
    """A folder of CSV files, one a sheet."""
    path.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return path


def problems_of(path: Path) -> list[Problem]:
    """The problems of a season on disk."""
    return list(read_scenario(path).problems)


def ids(problems: Sequence[Problem]) -> list[str]:
    """The ids of problems."""
    return [problem.id for problem in problems]


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
