"""`cover`, as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Ended, run

FROM, TO = "2024-07-15", "2024-07-16"


@pytest.fixture(scope="module")
def applied(tiny: Path, plan_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """A teacher of the tiny example away from Tuesday on, the proposal written."""
    path = tmp_path_factory.mktemp("covered") / "new.json"
    words = ("--person", "T3", "--from", TO, "--apply", "-o", path, "--lang", "en")
    return path, run("cover", tiny, plan_path, *words)


def test_it_tells_posts_candidates_proposal_and_the_row_to_add(tiny: Path, plan_path: Path) -> None:
    ended = run("cover", tiny, plan_path, "--person", "Ms Tao", "--from", FROM, "--lang", "en")
    assert ended.code == 0, ended.err
    assert "T3 (Ms Tao) cannot come from 2024-07-15 to 2024-07-24, the season's last day." in ended.text
    assert "Posts left open" in ended.text
    assert "Proposal for all of it together" in ended.text
    assert "person T3, from 2024-07-15, to 2024-07-24, status no" in ended.text
    assert "was not changed" in ended.text
    assert "Nothing was written" in ended.text
    chinese = run("cover", tiny, plan_path, "--person", "T3", "--from", FROM, "--to", TO, "--lang", "zh").text
    assert "来不了。" in chinese
    assert "整体建议" in chinese
    assert "本季最后一天" not in chinese


def test_applied_it_is_a_sound_new_revision(tiny: Path, plan_path: Path, applied: tuple[Path, Ended]) -> None:
    path, ended = applied
    assert ended.code == 0, ended.err
    assert "revision 2" in ended.text
    assert run("verify", tiny, path).code == 0
    told = {row["reason"] for row in json.loads(path.read_bytes())["changes"]}
    assert "absent" in told
    assert "cannot come" in run("diff", tiny, plan_path, path, "--lang", "en").text


def test_as_json(tiny: Path, plan_path: Path) -> None:
    found = run("cover", tiny, plan_path, "--person", "S1", "--from", FROM, "--to", TO, "--json").json
    assert {"absence", "posts", "groups", "whole", "reliefs", "locks", "statements", "proposal"} <= set(found)
    assert {"written", "title", "lines"} <= set(found)
    assert found["absence"] == {"person": "S1", "from": FROM, "to": TO, "until_end": False}
    assert found["written"] is None
    numbers = [post["number"] for post in found["posts"]]
    assert numbers == sorted(number for group in found["groups"] for number in group["posts"])
    assert [row["post"] for row in found["proposal"]["filled"]] == numbers


def test_without_a_post_there_is_nothing_to_cover(tiny: Path, plan_path: Path, tmp_path: Path) -> None:
    plan = json.loads(plan_path.read_bytes())
    at_work = {(row["person"], row["date"]) for row in plan["duties"]}
    days = sorted({day for _, day in at_work})
    # a volunteer who is not called on every day
    day = next(day for day in days if ("W1", day) not in at_work)
    new = tmp_path / "new.json"
    words = ("--person", "W1", "--from", day, "--to", day, "--lang", "en", "--apply", "-o", new)
    found = run("cover", tiny, plan_path, *words)
    assert found.code == 0
    assert "Nothing to cover" in found.text
    assert "once the new plan is verified" not in found.text  # there is none
    assert f"person W1, from {day}, to {day}, status no" in found.text
    assert "the next cover knows who is away" in found.text
    assert json.loads(new.read_bytes())["absences"] == [{"person": "W1", "from": day, "to": day}]
    assert run("verify", tiny, new).code == 0
    again = run("cover", tiny, new, *words[:-1], tmp_path / "more.json")
    assert "was not changed" in again.text
    assert not (tmp_path / "more.json").exists()


def test_who_is_away_by_the_plan_stays_away_until_they_are_back(
    tiny: Path, applied: tuple[Path, Ended], tmp_path: Path
) -> None:
    path, _ = applied
    words = ("--person", "T1", "--from", TO, "--to", TO, "--lang", "en")
    assert "By this plan T3 (Ms Tao) is away too" in run("cover", tiny, path, *words).text
    assert "is away too" not in run("cover", tiny, path, *words, "--back", "Ms Tao").text
    wrong = run("cover", tiny, path, *words, "--back", "T2")
    assert (wrong.code, wrong.out) == (2, b"")
    assert "By this plan T2 is not away" in wrong.err.decode()
    solved = ("solve", tiny, "-o", tmp_path / "s.json", "--from", path, "--time-limit", "5", "--lang", "en")
    assert "by the plan of --from T3 is away from 2024-07-16" in run(*solved).err.decode()


@pytest.mark.parametrize(
    ("words", "lang", "told"),
    [
        (("--person", "T9", "--from", FROM), "en", "Nobody in the table staff"),
        (("--person", "T9", "--from", FROM), "zh", "人员表中没有"),
        (("--person", "T3", "--from", "2024-01-01"), "en", "is not in this season"),
        (("--person", "T3", "--from", FROM, "--to", "2025-01-01"), "zh", "不在本季内"),
        (("--person", "T3", "--from", TO, "--to", FROM), "en", "lies before --from"),
        (("--person", "T3", "--from", "tuesday"), "zh", "不是日期"),
        (("--person", "T3", "--from", FROM, "--apply"), "en", "--apply needs -o"),
        (("--person", "T3", "--from", FROM, "--apply"), "zh", "--apply 须与 -o"),
        (("--person", "T3", "--from", FROM, "-o", "x.json"), "en", "-o goes with --apply"),
        (("--person", "T3", "--from", FROM, "-o", "x.json"), "zh", "-o 须与 --apply"),
        (("--from", FROM), "zh", "缺少 --person"),
        (("--person", "T3"), "en", "--from is missing"),
    ],
)
def test_a_wrong_use_is_told(
    tiny: Path, plan_path: Path, words: tuple[str, ...], lang: str, told: str
) -> None:
    ended = run("cover", tiny, plan_path, *words, "--lang", lang)
    assert (ended.code, ended.out) == (2, b"")
    assert told in ended.err.decode()


def test_people_who_may_be_meant_are_told_with_their_names(tiny: Path, plan_path: Path) -> None:
    ended = run("cover", tiny, plan_path, "--person", "Ms  Tang", "--from", FROM, "--lang", "en")
    assert ended.code == 2
    assert "Similar: T1 (Ms Tang)" in ended.err.decode()


def test_a_plan_of_another_season_is_refused(tiny: Path, plan_path: Path, tmp_path: Path) -> None:
    other = {**json.loads(plan_path.read_bytes()), "season": "another"}
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other), "utf-8")
    ended = run("cover", tiny, path, "--person", "T3", "--from", FROM, "--lang", "en")
    assert ended.code == 2
    assert 'of season "another"' in ended.err.decode()


def test_it_writes_over_nothing_that_it_reads(tiny: Path, plan_path: Path) -> None:
    words = ("--person", "T3", "--from", FROM, "--apply", "-o")
    before = plan_path.read_bytes()
    assert run("cover", tiny, plan_path, *words, plan_path).code == 2
    assert run("cover", tiny, plan_path, *words, tiny / "staff.csv").code == 1
    assert plan_path.read_bytes() == before


def test_a_lock_that_cannot_be_kept_stands_against_applying(
    tiny: Path, plan_path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    for path in tiny.iterdir():
        if path.suffix == ".csv":
            (folder / path.name).write_bytes(path.read_bytes())
    duty = json.loads(plan_path.read_bytes())["duties"][0]
    columns = ("person", "class", "date", "shift")
    cells = ",".join(["L1", "duty", *(duty[name] for name in columns)])
    (folder / "locks.csv").write_text(f"id,kind,{','.join(columns)}\n{cells}\n", "utf-8")
    new = tmp_path / "new.json"
    words = ("--person", duty["person"], "--from", duty["date"], "--lang", "en")
    assert "Lock L1" in run("cover", folder, plan_path, *words).text
    ended = run("cover", folder, plan_path, *words, "--apply", "-o", new)
    assert ended.code == 4
    assert "L1" in ended.err.decode()
    assert not new.exists()
