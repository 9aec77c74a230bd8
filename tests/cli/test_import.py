"""`import` as a coordinator meets it: in both languages, its streams and exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import files_in, run
from tests.readers.form.exports import season, wjx, wjx_row
from tests.readers.on_disk import Cells, workbook

pytestmark = pytest.mark.slow

PROBLEM_KEYS = {"file", "sheet", "cell", "value", "problem", "fix", "blocking"}
GOOD = wjx(wjx_row(), wjx_row(2, name="王明", born="2015-05-06", guardian="王强", phone="13800000002"))


def made(tmp_path: Path, cells: Cells = GOOD) -> tuple[Path, Path]:
    work = tmp_path / "work"
    work.mkdir()
    return workbook(tmp_path / "answers.xlsx", {"Sheet1": cells}), season(work / "season.xlsx")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh",
            ("新增：C0001–C0002，在第 5–6 行", "新增 2 行", "导入前的副本", "下一步：holiday-classes check"),
        ),
        (
            "en",
            ("new: C0001–C0002 in rows 5–6", "New: 2.", "As it was before", "Next: holiday-classes check"),
        ),
    ],
)
def test_an_import_tells_what_it_did(tmp_path: Path, lang: str, told: tuple[str, ...]) -> None:
    form, into = made(tmp_path)
    done = run("import", form, "--into", into, "--sheet", "儿童", "--lang", lang)
    assert (done.code, done.err) == (0, b"")
    assert all(text in done.text for text in told), done.text
    # names are told by their cells alone
    assert not any(name in done.text for name in ("周宇", "王明", "周洁", "13800000001"))
    assert run("check", into).code == 0


def test_a_problem_ends_with_3_and_the_line_for_the_map(tmp_path: Path) -> None:
    form, into = made(tmp_path, wjx(wjx_row(first="C. 月亮场地")))
    before = files_in(into.parent)
    done = run("import", form, "--into", into, "--sheet", "children", "--lang", "zh")
    assert done.code == 3
    assert '[values.choices] "C. 月亮场地" = "…"' in done.text
    assert "没有写出任何内容" in done.text
    told = run("import", form, "--into", into, "--sheet", "children", "--lang", "en", "--json")
    assert told.code == 3
    assert all(set(row) == PROBLEM_KEYS for row in told.json["problems"])
    assert told.json["written"] is None
    assert files_in(into.parent) == before


def test_a_draft_is_a_map(tmp_path: Path) -> None:
    form, into = made(tmp_path, wjx(wjx_row(first="C. 月亮场地")))
    draft = tmp_path / "map.toml"
    words = ("import", form, "--into", into, "--sheet", "children", "--lang", "zh")
    before = files_in(into.parent)
    done = run(*words, "--draft", draft)
    assert done.code == 0
    assert files_in(into.parent) == before
    text = draft.read_text("utf-8")
    assert '"1、您孩子的姓名（与身份证一致）*" = "name"' in text
    assert '# "C. 月亮场地" = ""' in text
    assert run(*words, "--draft", draft).code == 1  # never overwritten
    assert run(*words, "--map", draft).code == 3
    draft.write_text(text.replace('# "C. 月亮场地" = ""', '"C. 月亮场地" = "V1"'), "utf-8")
    assert run(*words, "--map", draft).code == 0


def test_later_answers_are_listed_and_taken_with_update(tmp_path: Path) -> None:
    form, into = made(tmp_path)
    words = ("import", form, "--into", into, "--sheet", "children", "--lang", "en")
    assert run(*words).code == 0
    later = wjx_row(submitted="2024/6/2 10:00:00", first="South", second="")
    workbook(form, {"Sheet1": [*GOOD, later]})
    told = run(*words)
    assert told.code == 0
    assert "--update takes it" in told.text
    assert "row 4 of the form counts, not 2" in told.text
    assert "Nothing to write: no answer is new" in told.text
    assert "Written" in run(*words, "--update").text
    again = run(*words, "--update").text
    assert "The same: 2." in again
    assert "holds these answers already" in again
    workbook(form, {"Sheet1": GOOD[:1]})
    assert "the form holds no answer" in run(*words).text


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    form, into = made(tmp_path)
    before = files_in(into.parent)
    done = run("import", form, "--into", into, "--sheet", "children", "--dry-run", "--json")
    assert done.code == 0
    assert [row["id"] for row in done.json["new"]] == ["C0001", "C0002"]
    assert files_in(into.parent) == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_uses_and_bad_maps(tmp_path: Path, lang: str) -> None:
    form, into = made(tmp_path)
    assert run("import", form, "--into", into, "--sheet", "childs", "--lang", lang).code == 2
    assert run("import", form, "--sheet", "children", "--lang", lang).code == 2
    (tmp_path / "map.toml").write_text('[columns]\n"x" = "nam"\n', "utf-8")
    words = ("import", form, "--into", into, "--sheet", "children", "--lang", lang)
    done = run(*words, "--map", tmp_path / "map.toml", "--json")
    assert done.code == 3
    assert [row["cell"] for row in done.json["problems"]] == ["2"]
    assert run(*words, "--map", tmp_path / "no.toml").code == 3
