"""Names are listed as a register lists them."""

from __future__ import annotations

from scheduler.exporters.order import name_order


def test_by_pinyin_and_not_by_code() -> None:
    # code points would give 万 周 李 王 赵 阿
    assert sorted(["赵", "王", "李", "周", "万", "阿"], key=name_order) == [
        "阿",
        "李",
        "万",
        "王",
        "赵",
        "周",
    ]


def test_surnames_are_read_as_surnames() -> None:
    # 单 is shan here, not dan; 曾 is zeng, not ceng; 尉迟 is yu chi, not wei
    assert sorted(["单一", "陈一", "曾一", "田一", "尉迟一", "赵一"], key=name_order) == [
        "陈一", "单一", "田一", "尉迟一", "曾一", "赵一",
    ]  # fmt: skip


def test_latin_names_go_by_their_letters_whatever_their_case() -> None:
    assert sorted(["bo", "An", "Chen"], key=name_order) == ["An", "bo", "Chen"]
