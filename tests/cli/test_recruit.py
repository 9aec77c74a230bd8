"""`recruit`, as its user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import workflow
from scheduler.domain.demand import gaps
from scheduler.domain.plan import OpenClass, Placement, Plan
from tests.cli.program import copied, run


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny example with one child placed and nobody on duty."""
    folder = copied("tiny", tmp_path_factory.mktemp("bare"))
    scenario = workflow.scenario_of(folder)
    class_, week = scenario.class_weeks[0]
    seat = Placement(child=scenario.processed[0].id, week=week, class_=class_, choice=1)
    plan = Plan(placements=(seat,), open_classes=(OpenClass(class_=class_, week=week),))
    path = folder.parent / "plan.json"
    path.write_text(plan.with_(gaps=gaps(scenario, plan)).to_json(), "utf-8")
    return folder, path


def test_it_tells_why_and_whom(bare: tuple[Path, Path]) -> None:
    text = run("recruit", *bare, "--lang", "en").text
    assert "Adults missing" in text
    assert "Whom to recruit" in text
    assert "homeroom teacher" in text
    assert "招募清单" in run("recruit", *bare, "--lang", "zh").text


def test_as_json(bare: tuple[Path, Path]) -> None:
    found = run("recruit", *bare, "--json").json
    assert {"missing", "must", "vacancies", "extras", "offers", "reliefs", "unopened", "lines"} <= set(found)
    assert found["missing"] == sum(row["missing"] for row in found["vacancies"]) > 0
    assert len(found["extras"]) == sum(
        row["people"] * len(row["dates"]) * len(row["shifts"]) for row in found["offers"]
    )


def test_wrong_files_are_told(bare: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("recruit", bare[0], tmp_path / "none.json").code == 3
