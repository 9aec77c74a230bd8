"""Texts in CSV files: nothing a spreadsheet program would run, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.csv_text import guarded, unguarded


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","y")',
        "+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "-2+3",
        "＝1+1",
        "\t=1",
        "+86 138 0000 0000",
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["", "-", "-3", "-0.5", "王小明", "a=b", "5-6", "'quoted'", "1+1", "2016-07-18"]
)
def test_what_does_not_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_an_apostrophe_of_its_own_is_kept() -> None:
    # else "'=1" written and read back would lose the apostrophe that somebody meant
    assert guarded("'=1") == "''=1"
    assert unguarded("''=1") == "'=1"


@given(st.text(alphabet="'=+-@＝\t1.a ", max_size=6))
def test_what_is_written_is_read_back_and_is_no_formula(text: str) -> None:
    written = guarded(text)
    assert unguarded(written) == text
    assert written[:1] not in "=+@＝\t" or not written
