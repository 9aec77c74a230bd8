"""Repeatable chance."""

from __future__ import annotations

from collections import Counter

from scheduler.samples.dice import Dice


def test_each_noun_has_a_stream_of_its_own() -> None:
    assert [Dice(1, "a").whole(0, 999) for _ in range(3)] == [Dice(1, "a").whole(0, 999)] * 3
    assert Dice(1, "a").whole(0, 10**9) != Dice(1, "b").whole(0, 10**9)
    assert Dice(1, "a").whole(0, 10**9) != Dice(2, "a").whole(0, 10**9)


def test_whole_numbers_include_both_ends() -> None:
    dice = Dice(0, "ends")
    assert {dice.whole(1, 3) for _ in range(200)} == {1, 2, 3}


def test_some_are_different_and_never_more_than_there_are() -> None:
    dice = Dice(0, "some")
    assert sorted(dice.some((1, 2, 3), 5)) == [1, 2, 3]
    assert all(len(set(dice.some(range(10), 4))) == 4 for _ in range(50))


def test_weights_are_shares() -> None:
    dice = Dice(0, "shares")
    counts = Counter(dice.weighted((("a", 0.9), ("b", 0.1))) for _ in range(2000))
    assert 1700 < counts["a"] < 1900


def test_around_never_leaves_its_spread() -> None:
    dice = Dice(0, "bell")
    drawn = [dice.around(10, 2) for _ in range(1000)]
    assert 8 <= min(drawn) <= max(drawn) <= 12
    assert abs(sum(drawn) / 1000 - 10) < 0.1
