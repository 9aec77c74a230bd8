"""Bad input at the command line: exit code 3, every problem, nothing written, no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.readers import read_scenario
from tests.bad_inputs.told import cell, season
from tests.readers.on_disk import cells

REFUSED: dict[str, Callable[[Path], Path]] = {
    "line 1": lambda folder_: folder_ / "none.xlsx",
    "line 2": lambda folder_: _touched(folder_ / "season.xlsx"),
    "line 26": lambda folder_: season(folder_, classes=[row[:-1] for row in cells("classes")]),
    "line 32": lambda folder_: cell(folder_, "children", 2, "birth_date", "#REF!"),
    "line 37": lambda folder_: cell(folder_, "children", 2, "birth_date", "2018-02-30"),
    "line 48": lambda folder_: season(
        folder_, children=[*cells("children"), ["a", "X", None, "V1", None, "yes"]]
    ),
    "line 51": lambda folder_: cell(folder_, "children", 2, "choices", "V11"),
    "line 56": lambda folder_: season(folder_, children=cells("children")[:1]),
}


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line: exit code, stdout and stderr of some arguments."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["holiday-classes", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        streams = capsys.readouterr()
        return int(exit_.value.code or 0), streams.out, streams.err

    return run


@pytest.mark.parametrize("line", REFUSED)
def test_bad_input_is_exit_3_with_every_problem_and_no_traceback(
    tmp_path: Path, command: Command, line: str
) -> None:
    path = REFUSED[line](tmp_path)
    code, out, err = command("check", str(path), "--json")
    assert code == 3
    assert "Traceback" not in err
    told = json.loads(out)
    rows = told if isinstance(told, list) else told["problems"]
    assert sorted(row["cell"] for row in rows) == sorted(p.cell for p in read_scenario(path).problems)
    assert all(set(row) >= {"file", "sheet", "cell", "value", "problem", "fix", "blocking"} for row in rows)


@pytest.mark.parametrize("line", REFUSED)
def test_nothing_is_written_for_bad_input(tmp_path: Path, command: Command, line: str) -> None:
    path = REFUSED[line](tmp_path)
    before = sorted(tmp_path.rglob("*"))
    code, _, err = command("run", str(path), "-o", str(tmp_path / "out"))
    assert code == 3
    assert err
    assert "Traceback" not in err
    assert sorted(tmp_path.rglob("*")) == before


def _touched(path: Path) -> Path:
    path.touch()
    return path
