"""One copy of the tiny example and one plan for it, shared by the tests that only read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import copied, run


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("tiny", tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def plan_path(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("solved") / "plan.json"
    done = run("solve", tiny, "-o", path, "--time-limit", 30)
    assert done.code == 0, done.err
    return path
