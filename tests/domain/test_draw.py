"""The draw: anyone can repeat it with a tool that every computer has."""

from __future__ import annotations

from scheduler.domain.draw import draw


def test_the_draw_is_the_sha256_of_seed_season_and_id() -> None:
    # printf '0|tiny|a' | sha256sum
    assert draw("0", "tiny", "a") == "3bcda0ec538d1ee71377a19ab6bb8dd45f4f39d4e7ab3ff52ab75682b9049245"


def test_seed_season_and_child_each_change_the_draw() -> None:
    draws = {draw("0", "tiny", "a"), draw("1", "tiny", "a"), draw("0", "other", "a"), draw("0", "tiny", "b")}
    assert len(draws) == 4
