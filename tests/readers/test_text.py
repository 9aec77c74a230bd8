from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.problems import Problem
from scheduler.readers.text import read_text

ROWS = "child,venue,points\n甲,场地一,3\n乙,场地二,4\n"


def read(
    tmp_path: Path, content: bytes, name: str = "points.csv"
) -> tuple[list[list[object]], list[Problem]]:
    path = tmp_path / name
    path.write_bytes(content)
    grid, problems = read_text(path)
    return ([cells for _, cells in grid.rows] if grid else []), problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    rows, problems = read(tmp_path, ROWS.encode(encoding))
    assert rows[1] == ["甲", "场地一", "3"]
    assert not problems


def test_a_broken_row_is_named_with_its_bytes(tmp_path: Path) -> None:
    content = ROWS.encode().replace("乙".encode(), "乙".encode()[:2] + b"\xff")
    rows, (problem,) = read(tmp_path, content)
    assert not rows
    assert (problem.id, problem.cell) == ("text_broken", "3")
    assert problem.value.startswith("E4 B9 FF")


def test_a_row_in_another_encoding_is_named(tmp_path: Path) -> None:
    content = ROWS.encode() + "丙丁,场地一,5\n".encode("gbk")
    _, (problem,) = read(tmp_path, content)
    assert (problem.id, problem.cell) == ("text_broken", "4")


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "；", "|"])
def test_every_common_separator_is_read(tmp_path: Path, separator: str) -> None:
    rows, problems = read(tmp_path, ROWS.replace(",", separator).encode())
    assert rows[0] == ["child", "venue", "points"]
    assert not problems


def test_a_separator_told_in_the_first_row_counts_as_a_row(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("sep=;\nchild;venue;points\na;V1;3\n")
    grid, _ = read_text(path)
    assert grid is not None
    assert [number for number, _ in grid.rows] == [2, 3]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_is_read(tmp_path: Path, newline: str) -> None:
    rows, problems = read(tmp_path, ROWS.replace("\n", newline).encode())
    assert len(rows) == 3
    assert not problems


def test_quotes_may_hold_separators_and_line_breaks(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, b'child,venue,points\n"a\nb","x, ""y""",3\n')
    assert rows[1] == ["a\nb", 'x, "y"', "3"]
    assert not problems


def test_an_open_quote_is_named_where_it_opens(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, b'child,venue,points\na,V1,1\nb,"V1,2\nc,V1,3\n')
    assert (problem.id, problem.cell) == ("text_quotes", "3")


def test_a_nul_is_named(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, b"child,venue,points\na,V\x001,1\n")
    assert (problem.id, problem.cell) == ("text_nul", "2")


def test_a_row_too_long_is_named_and_not_shifted(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, b"child,venue,points\na,V1,1,000\n")
    assert (problem.id, problem.cell, problem.blocking) == ("row_too_long", "2", True)


def test_a_row_too_short_is_told(tmp_path: Path) -> None:
    rows, (problem,) = read(tmp_path, b"child,venue,points\na,V1\n")
    assert (problem.id, problem.cell, problem.blocking) == ("row_too_short", "2", False)
    assert rows[1] == ["a", "V1"]


def test_empty_cells_at_the_end_are_no_longer_row(tmp_path: Path) -> None:
    _, problems = read(tmp_path, b"child,venue,points\na,V1,1,,,\n")
    assert not problems


def test_a_cell_of_a_megabyte_is_read(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, b"child,venue,points\n" + b"x" * 2**20 + b",V1,1\n")
    assert len(str(rows[1][0])) == 2**20


def test_blank_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("child,venue,points\n\na,V1,3\n")
    grid, _ = read_text(path)
    assert grid is not None
    assert [number for number, _ in grid.rows] == [1, 3]
