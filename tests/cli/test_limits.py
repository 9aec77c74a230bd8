"""How long a solve may take where nobody says."""

from __future__ import annotations

import pytest

from scheduler.cli.solving import usual_limit
from scheduler.samples import sample


@pytest.mark.parametrize(("children", "seconds"), [(60, 120), (1000, 120), (2000, 240)])
def test_a_season_of_more_than_a_thousand_children_may_take_longer(children: int, seconds: int) -> None:
    # of those enrolled with consent; who withdrew takes no time
    season = sample(children, None, None, 0)
    share = len(season.processed) / children
    assert usual_limit(season) == pytest.approx(max(120, seconds * share))
