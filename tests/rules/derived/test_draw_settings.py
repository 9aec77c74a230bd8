"""The season, the ties and the seed that a plan names are those of the settings."""

from __future__ import annotations

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import plan, tiny


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ({"season": "tiny", "ties": "draw", "lottery_seed": "7"}, 0),
        ({"season": "", "ties": "draw", "lottery_seed": "7"}, 0),  # unsaid
        ({"season": "tidy", "ties": "draw", "lottery_seed": "7"}, 1),
        ({"season": "tiny", "ties": "places", "lottery_seed": "7"}, 1),
        ({"season": "tidy", "ties": "places", "lottery_seed": "8"}, 3),
    ],
)
def test_draw_settings(told: dict[str, str], amount: int) -> None:
    season = tiny({"season": "tiny", "ties": "draw", "lottery_seed": "7"})
    assert checked("draw_settings", season, plan(**told)) == amount
