"""One export of the hand-made season, shared by the tests that only read it."""

from __future__ import annotations

import pytest

from tests.exporters import exported, season


@pytest.fixture(scope="session")
def zh() -> dict[str, bytes]:
    return exported(season.scenario(), season.plan(), season.report(), "zh", season.KEY)


@pytest.fixture(scope="session")
def en() -> dict[str, bytes]:
    return exported(season.scenario(), season.plan(), season.report(), "en", season.KEY)
