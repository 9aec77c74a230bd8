"""Bad inputs made from the tiny season, and what is told of them; tests name the lines of the list."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from scheduler.domain.problems import Problem
from scheduler.locale import LANGUAGES, catalogue
from scheduler.readers import read_scenario
from scheduler.rules.wording import Wording
from tests.readers.on_disk import Cells, changed, tables, workbook


def read(path: Path) -> list[Problem]:
    """The problems of an input that must be refused; each is worded in both languages."""
    reading = read_scenario(path)
    assert reading.scenario is None
    assert any(problem.blocking for problem in reading.problems)
    worded(list(reading.problems))
    return list(reading.problems)


def accepted(path: Path) -> list[Problem]:
    """The warnings of an input that can be read."""
    reading = read_scenario(path)
    assert reading.scenario is not None, reading.problems
    worded(list(reading.problems))
    return list(reading.problems)


def worded(problems: list[Problem]) -> None:
    for language in LANGUAGES:
        wording = Wording(catalogue(language))
        assert all(wording.problem(problem) and wording.fix(problem) for problem in problems)


def season(tmp_path: Path, **changes: Cells) -> Path:
    return workbook(tmp_path / "season.xlsx", tables(**changes))


def cell(tmp_path: Path, table: str, row: int, heading: str, value: object) -> Path:
    return workbook(tmp_path / "season.xlsx", changed(table, row, heading, value))


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
