"""Only a plan that replaces another has a past."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.placement_halves import checked
from tests.seasons import plan, tiny


@pytest.mark.parametrize(
    ("parts", "amount"),
    [
        ({}, 0),
        ({"revision": 2, "previous_sha256": "f" * 64}, 0),
        ({"revision": 2, "previous_sha256": "f" * 64, "as_of": "2024-07-16"}, 0),
        ({"revision": 2, "previous_sha256": "f" * 64, "as_of": "2024-07-17"}, 1),  # all would be past
        ({"as_of": "2024-07-16"}, 1),  # a first plan has no past
        ({"as_of": "2024-07-16", "revision": 2}, 1),  # of which plan?
        ({"revision": 2}, 1),
        ({"previous_sha256": "f" * 64}, 1),
    ],
)
def test_revision(parts: dict[str, Any], amount: int) -> None:
    assert checked("revision", tiny(), plan(**parts)) == amount
