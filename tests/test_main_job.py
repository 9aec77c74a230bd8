"""The main job as its user runs it: every command, its streams, its exit codes, its files."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scheduler.readers import read_plan, read_scenario
from scheduler.rules import BY_ID
from tests.cli.program import Ended, changed, copied, files_in, run

pytestmark = pytest.mark.slow

PLAN_KEYS = """format season input_sha256 program created policy ties lottery_seed seed revision
    previous_sha256 as_of changes stages open_classes placements waitlist envy sessions trips duties gaps
    score withheld withheld_unknown"""
ROW_KEYS = {
    "changes": "kind ref from to reason",
    "stages": "name status seconds levels",
    "open_classes": "class week",
    "placements": "child week class choice",
    "waitlist": "class week child position",
    "envy": "child week class reason",
    "sessions": "class date period course teacher room",
    "trips": "trip date class seating",
    "duties": "person role class venue date shift",
    "gaps": "need class venue date shift missing",
}
VIOLATION_KEYS = {"rule", "stage", "hard", "amount", "message", "refs"}
SUMMARY_KEYS = {"plan", "stages", "placements", "unplaced_child_weeks", "missing_adults", "claims", "changes"}

REPRODUCIBLE = ("--reproducible", "--workers", 2, "--time-limit", 10)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("tiny", tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def ran(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Path]:
    """The main job on the tiny example, and the folder it wrote."""
    out = tmp_path_factory.mktemp("ran") / "out"
    return run("run", tiny, "-o", out, "--json", *REPRODUCIBLE), out


@pytest.fixture(scope="session")
def plan_path(ran: tuple[Ended, Path]) -> Path:
    return ran[1] / "private" / "plan.json"


@pytest.fixture(scope="session")
def plan(plan_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(plan_path.read_bytes())
    return found


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of forty children; some of them want what is full."""
    folder = tmp_path_factory.mktemp("town") / "town"
    done = run("sample", folder, "--children", 40, "--venues", 2, "--weeks", 1, "--seed", 3, "--lang", "en")
    assert done.code == 0, done.err
    return folder


def _edited(plan: dict[str, Any], path: Path, **changes: object) -> Path:
    path.write_text(json.dumps({**plan, **changes}, ensure_ascii=False), "utf-8")
    return path


# ---- run -----------------------------------------------------------------------------------------


def test_run_ends_verified_with_its_figures_on_stdout_alone(ran: tuple[Ended, Path]) -> None:
    done, _ = ran
    assert (done.code, done.err) == (0, b"")
    assert set(done.json) >= SUMMARY_KEYS
    assert done.json["violations"] == 0
    # the story of the tiny example: seven seats for eight in week 1, a teacher absent one afternoon
    assert (done.json["unplaced_child_weeks"], done.json["missing_adults"], done.json["claims"]) == (1, 1, 0)


def test_the_folder_is_laid_out_as_the_contract_says(ran: tuple[Ended, Path]) -> None:
    found = set(files_in(ran[1]))
    pages = {path for path in found if path.startswith(("publish/families/", "publish/staff/"))}
    assert found - pages == {
        "private/plan.json",
        "private/report.json",
        "private/manifest.json",  # added: which workbooks were written, so that none edited by hand is lost
        "private/coordinator/overview.xlsx",
        "private/coordinator/index.html",
        *(
            f"private/venues/{venue}/{name}"
            for venue in ("LIB", "MILL")
            for name in ("roster.xlsx", "index.html")
        ),
        "publish/index.html",
        "publish/draw.json",  # added: standings, draws and cut-offs without a person, and what checks them
        "publish/verify_draw.py",
    }
    tokens = {path.rpartition(".")[0] for path in pages}
    assert pages == {f"{token}.{ending}" for token in tokens for ending in ("html", "ics")}
    assert sum("families" in token for token in tokens) == 8
    assert sum("staff" in token for token in tokens) == 6


def test_the_key_lies_beside_the_input_for_the_owner_alone(ran: tuple[Ended, Path], tiny: Path) -> None:
    key = tiny.with_name("tiny.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert not [path for path in ran[1].rglob("*") if path.suffix == ".key"]
    assert all(key.read_bytes() not in content for content in files_in(ran[1]).values())


def test_the_plan_has_the_keys_of_the_contract(plan: dict[str, Any], tiny: Path) -> None:
    assert set(plan) == set(PLAN_KEYS.split())
    for name, keys in ROW_KEYS.items():
        assert all(set(row) == set(keys.split()) for row in plan[name]), name
    levels = [level for stage in plan["stages"] for level in stage["levels"]]
    assert all(set(level) == {"name", "value", "bound", "gap"} for level in levels)
    assert all(set(score) == {"amount", "cost"} for score in plan["score"].values())
    assert [stage["name"] for stage in plan["stages"]] == ["placement", "timetable", "staffing"]
    scenario = read_scenario(tiny).scenario
    assert scenario is not None
    assert (plan["input_sha256"], plan["revision"], plan["previous_sha256"]) == (scenario.sha256, 1, None)
    # reproducible: nothing of a clock
    assert plan["created"] is None
    assert [stage["seconds"] for stage in plan["stages"]] == [None, None, None]


def _soft_levels_are_the_checkers_costs(plan: dict[str, Any]) -> None:
    for stage in plan["stages"]:
        cost = sum(
            score["cost"] for rule, score in plan["score"].items() if BY_ID[rule].stage == stage["name"]
        )
        soft = next(level for level in stage["levels"] if level["name"] == "soft")
        assert soft["value"] == pytest.approx(cost, abs=1e-6), stage["name"]


def test_the_solvers_cost_is_the_checkers(plan: dict[str, Any]) -> None:
    assert any(score["cost"] for score in plan["score"].values())
    _soft_levels_are_the_checkers_costs(plan)


@pytest.mark.parametrize("encoding", ["cp1252", "cp936"])
def test_the_same_input_gives_the_same_bytes_anywhere(
    ran: tuple[Ended, Path], tiny: Path, tmp_path: Path, encoding: str
) -> None:
    elsewhere = {
        "TZ": "America/New_York",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "7",
        "PYTHONIOENCODING": encoding,
    }
    done = run("run", tiny, "-o", tmp_path / "out", *REPRODUCIBLE, env=elsewhere, cwd=tmp_path)
    assert done.code == 0, done.err
    assert files_in(tmp_path / "out") == files_in(ran[1])


# ---- solve, verify, diff: replanning -------------------------------------------------------------


def test_from_an_unchanged_input_nothing_changes(
    tiny: Path, plan: dict[str, Any], plan_path: Path, tmp_path: Path
) -> None:
    done = run("solve", tiny, "-o", tmp_path / "new.json", "--from", plan_path, "--json")
    assert done.code == 0, done.err
    new = json.loads((tmp_path / "new.json").read_bytes())
    assert done.json["changes"] == 0
    assert new["changes"] == []
    assert (new["revision"], new["previous_sha256"]) == (2, sha256(plan_path.read_bytes()).hexdigest())
    for part in ("open_classes", "placements", "waitlist", "sessions", "trips", "duties", "gaps"):
        assert new[part] == plan[part], part


def test_with_one_child_withdrawn_little_changes(plan_path: Path, tmp_path: Path) -> None:
    without = copied("tiny", tmp_path)
    changed(without, "children", {"K5": {"status": "withdrawn"}})
    done = run("solve", without, "-o", tmp_path / "new.json", "--from", plan_path)
    assert done.code == 0, done.err
    new = json.loads((tmp_path / "new.json").read_bytes())
    assert (new["revision"], new["previous_sha256"]) == (2, sha256(plan_path.read_bytes()).hexdigest())
    seats = {row["ref"]: row for row in new["changes"] if row["kind"] == "placement"}
    # K5 leaves its weeks; whoever takes a seat had none or moves up: everybody else stays
    assert seats["child:K5/1"]["to"] is None
    assert len({ref.partition("/")[0] for ref in seats}) <= 3
    told = run("diff", without, plan_path, tmp_path / "new.json", "--json")
    assert told.code == 0
    assert [{k: v for k, v in row.items() if k != "reason"} for row in told.json] == [
        {k: v for k, v in row.items() if k != "reason"} for row in new["changes"]
    ]
    table = run("diff", without, plan_path, tmp_path / "new.json", "--lang", "en")
    assert "child:K5/1" in table.text
    verified = run("verify", without, tmp_path / "new.json")
    assert verified.code == 0, verified.text


def test_the_policy_may_be_chosen_for_one_solve(tiny: Path, tmp_path: Path) -> None:
    done = run("solve", tiny, "-o", tmp_path / "plan.json", "--policy", "seats", "--seed", 5)
    assert done.code == 0, done.err
    new = json.loads((tmp_path / "plan.json").read_bytes())
    assert (new["policy"], new["seed"]) == ("seats", 5)
    assert run("verify", tiny, tmp_path / "plan.json").code == 0


def test_verify_names_what_is_wrong(tiny: Path, plan: dict[str, Any], tmp_path: Path) -> None:
    spoilt = _edited(plan, tmp_path / "plan.json", gaps=plan["gaps"][1:])
    done = run("verify", tiny, spoilt, "--json")
    assert done.code == 1
    assert all(set(row) == VIOLATION_KEYS for row in done.json["violations"])
    assert {row["rule"] for row in done.json["violations"] if row["hard"]} == {"gaps"}
    assert done.json["hard"] == 1
    told = run("verify", tiny, spoilt, "--lang", "en")
    assert told.code == 1
    assert "gaps" in told.text


def test_verify_says_that_the_input_is_another(plan_path: Path, tmp_path: Path) -> None:
    other = copied("tiny", tmp_path)
    changed(other, "children", {"K5": {"allergies": "eggs"}})  # nothing that the plan decides
    done = run("verify", other, plan_path, "--json")
    assert (done.code, done.json["same_input"]) == (0, False)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "placements": 3}'])
def test_a_plan_that_is_none_is_bad_input(tiny: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.json").write_text(text, "utf-8")
    done = run("verify", tiny, tmp_path / "plan.json", "--lang", "en")
    assert (done.code, done.out) == (3, b"")
    assert b"plan.json" in done.err
    assert b"Traceback" not in done.err


# ---- export --------------------------------------------------------------------------------------


def test_export_writes_what_run_writes(
    ran: tuple[Ended, Path], tiny: Path, plan_path: Path, tmp_path: Path
) -> None:
    done = run("export", tiny, plan_path, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    assert files_in(tmp_path / "out") == files_in(ran[1])
    only = run("export", tiny, plan_path, "-o", tmp_path / "pages", "--only", "html", "--lang", "zh")
    assert only.code == 0, only.err
    endings = {name.rpartition(".")[2] for name in files_in(tmp_path / "pages")}
    assert endings == {"html", "json", "py"}  # the draw is published whatever is asked for
    assert "图书" not in (tmp_path / "pages/publish/index.html").read_text("utf-8")  # names stay as given
    assert 'lang="zh' in (tmp_path / "pages/publish/index.html").read_text("utf-8")


# ---- what is short, and the examples -------------------------------------------------------------


def test_strict_tells_of_shortage_by_its_exit_code(town: Path, tmp_path: Path) -> None:
    words = ("solve", town, "-o", tmp_path / "plan.json", "--time-limit", 10, "--json", "--strict")
    done = run(*words)
    assert done.json["unplaced_child_weeks"] > 0
    assert done.code == 5
    plan, _ = read_plan(tmp_path / "plan.json")
    assert plan is not None
    assert run("verify", town, tmp_path / "plan.json").code == 0
    _soft_levels_are_the_checkers_costs(json.loads((tmp_path / "plan.json").read_bytes()))


@pytest.mark.parametrize("name", ["beijing-2016", "luoyang-2024"])
def test_every_example_ends_verified(name: str, tmp_path: Path) -> None:
    season = copied(name, tmp_path)
    done = run("solve", season, "-o", tmp_path / "plan.json", "--time-limit", 15, "--json")
    assert done.code == 0, done.err
    assert done.json["placements"] > 0
    verified = run("verify", season, tmp_path / "plan.json", "--json")
    assert verified.code == 0, [row for row in verified.json["violations"] if row["hard"]][:5]
    _soft_levels_are_the_checkers_costs(json.loads((tmp_path / "plan.json").read_bytes()))
