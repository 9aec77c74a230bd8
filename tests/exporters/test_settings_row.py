"""One setting changed, and nothing else of a book."""

from __future__ import annotations

import pytest

from scheduler.domain.book import Book, Sheet
from scheduler.exporters.settings_row import with_setting

OTHER = Sheet("classes", "", ("id", "my own column"), ((2, ("C1", "kept")),))


def book(*rows: tuple[str, str], header: tuple[str, ...] = ("key", "value"), name: str = "settings") -> Book:
    return Book("", (Sheet(name, "", header, tuple(enumerate(rows, 2))), OTHER))


@pytest.mark.parametrize("key", ["lottery_seed", "抽签种子", " Lottery_Seed "])
def test_the_row_that_is_there_is_changed(key: str) -> None:
    found = with_setting(book(("season", "tiny"), (key, "0")), "lottery_seed", "0123", "en")
    assert found is not None
    assert found.sheets[0].rows == ((2, ("season", "tiny")), (3, (key, "0123")))
    assert found.sheets[1] is OTHER


def test_a_row_that_is_missing_is_added_at_the_end() -> None:
    given = book(("tiny", "season"), header=("值", "项目"), name="设置")
    found = with_setting(given, "lottery_seed", "7", "zh")
    assert found is not None
    assert found.sheets[0].rows[1] == (3, ("7", "lottery_seed"))


def test_a_table_that_is_missing_is_made() -> None:
    found = with_setting(Book("", (OTHER,)), "lottery_seed", "7", "zh")
    assert found is not None
    assert found.sheets[0].name == "设置"
    assert found.sheets[0].rows == ((2, ("lottery_seed", "7")),)
    assert found.sheets[1] is OTHER


def test_headings_nobody_knows_are_left_alone() -> None:
    assert with_setting(book(header=("what", "how")), "lottery_seed", "7", "en") is None
