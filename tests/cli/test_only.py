"""What is said at the end is said of what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("only", "has_page"), [("ics", False), ("html,ics", True)])
def test_the_page_to_look_at_first_is_one_that_was_written(
    tiny: Path, plan_path: Path, tmp_path: Path, only: str, has_page: bool
) -> None:
    done = run("export", tiny, plan_path, "-o", tmp_path / "out", "--only", only, "--lang", "en")
    assert done.code == 0
    assert (tmp_path / "out" / "private" / "coordinator" / "index.html").exists() is has_page
    assert ("index.html" in done.text) is has_page
    assert "publish may be put on a web server" in done.text
