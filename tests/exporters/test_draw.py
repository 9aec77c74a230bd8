"""The published draw holds no person, and one page of Python tells an honest result from a spoilt one."""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.claims import envy, waiting
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.draw import draw_json, lines
from scheduler.exporters.keys import token
from tests import seasons
from tests.cli.program import ROOT
from tests.exporters import exported
from tests.exporters import season as hand_made
from tests.placement_seasons import hard_rules_kept, random_season, sensible_plans

KEY = b"k" * 32
SCRIPT = ROOT / "templates" / "verify_draw.py"


def told(scenario: Scenario, plan: Plan) -> Plan:
    """A plan that tells its waiting lists and claims truly."""
    return plan.with_(waitlist=waiting(scenario, plan), envy=envy(scenario, plan))


def checked(path: Path, *words: str) -> tuple[int, str]:
    """The script's exit code and words; in this process, for speed."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out):
        patch.setattr(sys, "argv", ["verify_draw.py", str(path), *words])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(SCRIPT))
    return int(ended.value.code or 0), out.getvalue()


def four_for_two() -> tuple[Scenario, Plan]:
    """Two seats at North in the strict order of the draw; a and b come first by rank, c and d wait."""
    children = [
        {"id": id, "name": "?", "choices": ["C1"], "priority": "first" if id in "ab" else "second"}
        for id in "abcd"
    ]
    scenario = seasons.tiny({"season": "tiny", "ties": "draw", "lottery_seed": "7"}, children=children)
    return scenario, told(
        scenario, seasons.plan(season="tiny", placements=seasons.placed("a@C1/1", "b@C1/1"))
    )


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    scenario, plan = four_for_two()
    path = tmp_path / "draw.json"
    path.write_bytes(draw_json(scenario, plan, KEY))
    return path


# ---- an honest result ------------------------------------------------------------------------------


def test_the_exported_script_confirms_an_honest_result(tmp_path: Path) -> None:
    scenario, plan = four_for_two()
    files = exported(scenario, plan, hand_made.report(), "en", KEY)
    for name in ("draw.json", "verify_draw.py"):
        (tmp_path / name).write_bytes(files[f"publish/{name}"])
    number = token(KEY, "tiny", "draw", "c")
    page = files[f"publish/families/{token(KEY, 'tiny', 'child', 'c')}.html"].decode()
    assert number in page
    assert lines(scenario, KEY)["c"] in page
    assert scenario.draws["c"] in page
    words = ["--seed", "7", "--id", "c", "--number", number]
    for language, good in (("en", "The result follows"), ("zh", "结果与排位和抽签相符")):
        done = subprocess.run(
            [sys.executable, "-I", tmp_path / "verify_draw.py", *words, "--lang", language],
            capture_output=True,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode == 0, done.stderr
        assert good in done.stdout.decode()


def test_a_family_hears_of_its_own_child(honest: Path) -> None:
    order = sorted("cd", key=four_for_two()[0].draws.__getitem__)
    for position, child in enumerate(order, 1):
        number = token(KEY, "tiny", "draw", child)
        code, text = checked(honest, "--id", child, "--number", number, "--lang", "en")
        assert code == 0
        assert f"waits: Ant, week 1, position {position}" in text


def test_every_honest_plan_is_confirmed(tmp_path: Path) -> None:
    # random seasons with families, stays, locks, points, foes, venue capacities and optional classes; plans
    # with and without claims. Only a foe's standing is a reason the file may not tell.
    path, reasons = tmp_path / "draw.json", set()
    for seed in range(18):
        scenario = random_season(seed)
        plans = [p for p in islice(sensible_plans(scenario), 200) if hard_rules_kept(scenario, p)]
        for plan in sorted(plans, key=lambda p: -len(p.placements))[:2] + plans[:1]:
            path.write_bytes(draw_json(scenario, told(scenario, plan), KEY))
            assert checked(path, "--lang", "en")[0] == 0, seed
            refused = [
                one["because"]
                for row in json.loads(path.read_text("utf-8"))["class_weeks"]
                for one in row["refused"]
            ]
            assert scenario.foes or "other" not in refused
            reasons.update(refused)
    assert reasons >= {"full", "venue", "together", "needed", "closed", "claim"}


# ---- a spoilt result -------------------------------------------------------------------------------


def swap_a_seat(data: dict[str, Any]) -> None:
    (row,) = [row for row in data["class_weeks"] if row["refused"]]
    row["seated"][-1], row["refused"][0]["child"] = row["refused"][0]["child"], row["seated"][-1]


def swap_a_seat_and_tidy_up(data: dict[str, Any]) -> None:
    swap_a_seat(data)
    row = data["class_weeks"][0]
    last, draws, groups = row["seated"][-1], data["children"], data["standings"]["V1"]
    row["cutoff"] = {"group": groups[last], "draw": draws[last]}
    row["refused"].sort(key=lambda one: (groups[one["child"]], draws[one["child"]]))


def change_a_draw(data: dict[str, Any]) -> None:
    last = data["class_weeks"][0]["refused"][-1]["child"]
    data["children"][last] = "0" * 64


def name_another_seed(data: dict[str, Any]) -> None:
    data["lottery_seed"] = "8"


def seat_one_too_many(data: dict[str, Any]) -> None:
    row = data["class_weeks"][0]
    row["seated"].append(row["refused"].pop(0)["child"])


def take_away_a_seat(data: dict[str, Any]) -> None:
    data["class_weeks"][0]["seats"] = 3  # one is free, and c was refused


def invent_a_reason(data: dict[str, Any]) -> None:
    swap_a_seat_and_tidy_up(data)
    for one in data["class_weeks"][0]["refused"]:
        one["because"] = "together"


def hide_behind_a_lock(data: dict[str, Any]) -> None:
    swap_a_seat_and_tidy_up(data)
    data["class_weeks"][0]["refused"][0] = {
        "because": "by_hand",
        "child": data["class_weeks"][0]["refused"][0]["child"],
    }


SPOILT: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (swap_a_seat, "not true"),
    (swap_a_seat_and_tidy_up, "not true"),
    (change_a_draw, "out of order"),
    (name_another_seed, "The seed in the file is 8, not 7"),
    (seat_one_too_many, "more children than seats"),
    (take_away_a_seat, "not true"),
    (invent_a_reason, "not true"),
    (hide_behind_a_lock, "not true"),
]


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT, ids=lambda case: getattr(case, "__name__", ""))
def test_a_spoilt_result_is_found_and_told(
    honest: Path, spoil: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    data = json.loads(honest.read_text("utf-8"))
    spoil(data)
    honest.write_text(json.dumps(data), "utf-8")
    code, text = checked(honest, "--seed", "7", "--lang", "en")
    assert code == 1
    assert sentence in text
    assert "NOT confirmed" in text


def test_a_family_finds_that_its_own_draw_is_another_seeds(honest: Path) -> None:
    data = json.loads(honest.read_text("utf-8"))
    data["lottery_seed"] = "8"
    honest.write_text(json.dumps(data), "utf-8")
    code, text = checked(honest, "--id", "c", "--number", token(KEY, "tiny", "draw", "c"), "--lang", "en")
    assert code == 1
    assert "does not follow from the seed" in text


def test_a_strange_number_finds_no_line(honest: Path) -> None:
    code, text = checked(honest, "--id", "c", "--number", "guessed", "--lang", "en")
    assert code == 1
    assert "belong to no line" in text


def test_a_seal_tells_who_was_not_there(honest: Path, tmp_path: Path) -> None:
    data = json.loads(honest.read_text("utf-8"))
    labels = sorted(data["children"])
    seal = {"season": "tiny", "policy": "fair", "ties": "draw", "lines": [*labels, "gone"]}
    path = tmp_path / "sealed.json"
    path.write_text(json.dumps(seal), "utf-8")
    code, text = checked(honest, "--seal", str(path), "--lang", "en")
    assert code == 0
    assert "no longer taking part: 1" in text
    path.write_text(json.dumps({**seal, "lines": labels[1:], "ties": "places"}), "utf-8")
    code, text = checked(honest, "--seal", str(path), "--lang", "en")
    assert code == 1
    assert "not in the sealed list: 1" in text
    assert "another ties: places" in text


# ---- privacy ---------------------------------------------------------------------------------------


def test_no_id_name_or_key_is_published_with_the_draw(zh: dict[str, bytes]) -> None:
    text = zh["publish/draw.json"].decode()
    scenario = hand_made.scenario()
    for row in scenario.children:
        assert f'"{row.id}"' not in text
        assert row.name not in text
        assert token(hand_made.KEY, scenario.settings.season, "child", row.id) not in text
        assert token(hand_made.KEY, scenario.settings.season, "draw", row.id) not in text
    assert set(lines(scenario, hand_made.KEY).values()) == set(json.loads(text)["children"])


def test_ids_that_point_at_a_person_keep_the_draw_back() -> None:
    children = [{"id": "13800000000", "name": "An", "choices": ["C1"]}]
    files = exported(seasons.tiny(children=children), Plan(season="tiny"), hand_made.report(), "en", KEY)
    assert "publish/draw.json" not in files
    assert not [path for path, content in files.items() if "families" in path and b"verify_draw" in content]


@pytest.mark.parametrize("ties", ["draw", "places"])
def test_a_familys_page_shows_draws_only_where_they_decide_standings(ties: str) -> None:
    scenario = seasons.tiny({"season": "tiny", "ties": ties})
    files = exported(scenario, Plan(season="tiny"), hand_made.report(), "en", KEY)
    pages = [content for path, content in files.items() if "families" in path and path.endswith("html")]
    assert len(pages) == len(scenario.processed)
    assert all((b"verify_draw" in page) == (ties == "draw") for page in pages)
