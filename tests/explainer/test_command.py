"""The command `explain`: streams, languages, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler.cli import group
from tests.seasons import placed, plan

TINY = Path(__file__).parents[2] / "examples" / "tiny"
# K1 and K2 are siblings bound by `must`; K4 is in no class, K5 is at the mill, its second choice
SEATS = placed("K1@ants", "K2@bees", "K3@ants", "K6@bees", "K5@cranes", "K7@cranes", "K8@cranes")


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(plan(placements=SEATS).to_json(), "utf-8")
    return path


def run(plan_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["explain", str(TINY), str(plan_path), *arguments])


def test_the_explanation_is_the_result_on_stdout(plan_path: Path) -> None:
    result = run(plan_path, "child:K4", "--lang", "en")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Child K4 (Chen Mo)"
    assert "  week 1: nothing." in lines  # indented by its depth
    assert result.stderr == ""


def test_a_bare_name_and_chinese(plan_path: Path) -> None:
    result = run(plan_path, "Chen Mo", "--lang", "zh")
    assert result.exit_code == 0
    assert "第 1 周：没有位置。" in result.stdout


def test_json_holds_ids_and_sentences(plan_path: Path) -> None:
    data = json.loads(run(plan_path, "class:ants", "--lang", "en", "--json").stdout)
    assert data["title"]["parameters"] == {"class": "ants", "venue": "LIB"}
    assert {"id", "depth", "text", "parameters"} == set(data["lines"][0])


def test_a_letter_names_no_other_child(plan_path: Path) -> None:
    told = run(plan_path, "child:K4", "--for", "family", "--lang", "en").stdout
    assert "Chen Mo" in told
    for other in ("An Lin", "An Jia", "Bai He", "Deng Yu", "Fan Shu", "Gao Xing", "Hu Die", "K1", "K3"):
        assert other not in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("child:K44",), "child:K4"),  # near matches
        (("zzz",), "zzz"),
        (("post:ants/AM",), "post:CLASS/DATE/SHIFT/ROLE"),
        (("all", "--for", "family"), "child:ID"),
    ],
)
def test_what_cannot_be_explained_is_wrong_usage(
    plan_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run(plan_path, *arguments, "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
