"""The laws of an import: twice is once, nothing else changes, a failure leaves every byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler import workflow
from scheduler.cli.console import console
from scheduler.domain.tables import Child, Points, Row
from scheduler.exporters import OutputError, edit
from scheduler.exporters.guide import guided_workbook
from scheduler.exporters.tables import folder_files, workbook_bytes
from scheduler.locale import LANGUAGES
from scheduler.readers import read_scenario
from scheduler.workflow import Imported
from tests.cli.program import EXAMPLES, files_in
from tests.readers.form.exports import season, wjx, wjx_row
from tests.readers.on_disk import Cells, changed, folder, tables, workbook

ROWS = wjx(wjx_row(), wjx_row(2, name="王明", born="2015-05-06", guardian="王强", phone="13800000002"))


def form(tmp_path: Path, cells: list[list[object]] = ROWS) -> Path:
    path = tmp_path / "answers"
    path.mkdir(exist_ok=True)
    return workbook(path / "answers.xlsx", {"Sheet1": cells})


def place(tmp_path: Path) -> Path:
    path = tmp_path / "work"
    path.mkdir()
    return path


def run(
    form_path: Path,
    into: Path,
    model: type[Row] = Child,
    toml: str = "",
    *,
    update: bool = False,
    write: bool = True,
) -> Imported:
    rules = None
    if toml:
        rules = form_path.with_name("map.toml")
        rules.write_text(toml, "utf-8")
    done = workflow.import_answers(form_path, into, model, rules, update=update, write=write)
    for language in LANGUAGES:
        shown = console(language)
        assert all(shown.problem(problem) for problem in done.problems)
    return done


def blocking(done: Imported) -> list[tuple[str, str]]:
    return [(problem.cell, problem.id) for problem in done.problems if problem.blocking]


@pytest.mark.parametrize("kind", ["workbook", "folder", "workbook in a folder"])
def test_twice_is_once_and_check_and_convert_agree(tmp_path: Path, kind: str) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx") if kind != "folder" else folder(work / "season", tables())
    into = work if kind == "workbook in a folder" else into
    before = read_scenario(into).scenario
    first = run(form(tmp_path), into)
    assert first.saved is not None, first.problems
    after = read_scenario(into)
    assert before is not None
    assert after.scenario is not None, after.problems
    assert after.scenario.children[: len(before.children)] == before.children
    assert [row.id for row in after.scenario.children[len(before.children) :]] == ["C0001", "C0002"]
    assert after.scenario.model_copy(update={"children": before.children}).sha256 == before.sha256
    files = files_in(tmp_path)
    second = run(form(tmp_path), into, update=True)
    assert second.saved is None
    assert second.answers is not None
    assert (second.answers.same, second.answers.added, second.answers.differences) == (2, (), ())
    files.update({name: content for name, content in files_in(tmp_path).items() if "answers" in name})
    assert files_in(tmp_path) == files
    assert after.book is not None
    other = tmp_path / "converted.xlsx"
    other.write_bytes(workbook_bytes(after.book, "zh"))
    converted = read_scenario(other).scenario
    assert converted is not None
    assert converted.sha256 == after.scenario.sha256
    for name, content in folder_files(after.book).items():
        (tmp_path / "csv").mkdir(exist_ok=True)
        (tmp_path / "csv" / name).write_bytes(content)
    converted = read_scenario(tmp_path / "csv").scenario
    assert converted is not None
    assert converted.sha256 == after.scenario.sha256


def test_in_a_folder_only_the_table_changes_and_the_copy_lies_beside_it(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = folder(work / "season", changed("children", 2, "name", "安琳"), "gb18030")
    before = files_in(into)
    done = run(form(tmp_path), into)
    after = files_in(into)
    assert {name for name in after if after[name] != before.get(name)} == {"children.csv"}
    old, new = (files["children.csv"].decode("gb18030").splitlines() for files in (before, after))
    assert [line[: len(was)] for was, line in zip(old, new, strict=False)] == old
    assert len(new) == len(old) + 2
    assert done.saved is not None
    assert done.saved.backup is not None
    assert done.saved.backup.parent.parent == work
    assert done.saved.backup.read_bytes() == before["children.csv"]


def test_one_copy_a_day(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    old = into.read_bytes()
    first = run(form(tmp_path), into)
    assert first.saved is not None
    assert first.saved.backup is not None
    assert first.saved.backup.read_bytes() == old
    third = wjx_row(3, name="李想", born="2014-01-01", phone="13800000003")
    second = run(form(tmp_path, [*ROWS, third]), into)
    assert second.saved is not None
    assert second.saved.backup is None
    assert len(list(work.iterdir())) == 2


def test_a_problem_leaves_every_byte(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    before = files_in(work)
    done = run(form(tmp_path, [*ROWS, wjx_row(3, name="李想", first="Mars")]), into)
    assert done.saved is None
    assert blocking(done) == [("M4", "form_value_unknown")]
    assert files_in(work) == before


def test_a_write_that_fails_leaves_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    before = files_in(work)
    # a file that, read again, is not what was meant
    monkeypatch.setattr(edit, "same_cells", lambda read, meant: False)
    with pytest.raises(OutputError) as raised:
        run(form(tmp_path), into)
    assert raised.value.message == "export.error.not_as_meant"
    assert files_in(work) == before


def test_a_disk_that_fails_at_the_last_moment_leaves_every_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = place(tmp_path)
    into = folder(work / "season", tables())
    before = files_in(work)
    path = form(tmp_path)

    def fails(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError) as raised:
        run(path, into)
    assert raised.value.message == "export.error.disk_full"
    assert files_in(work) == before
    assert [entry.name for entry in work.iterdir()] == ["season"]


def test_a_dry_run_writes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    before = files_in(work)
    dry = run(form(tmp_path), into, write=False)
    assert files_in(work) == before
    assert dry.saved is None
    wet = run(form(tmp_path), into)
    assert dry.answers is not None
    assert wet.answers is not None
    assert (dry.answers.added, dry.answers.understood) == (wet.answers.added, wet.answers.understood)


def test_what_the_season_says_of_an_answer_points_at_the_form(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    done = run(
        form(tmp_path, wjx(wjx_row(born="2025-01-01"), wjx_row(2, name="王明", born="1999-01-01"))), into
    )
    assert blocking(done) == [("J2", "birth_in_future")]
    told = {(p.cell, p.id, p.file) for p in done.problems if not p.blocking}
    assert ("J3", "age_implausible", "answers.xlsx") in told
    assert done.saved is None


def test_what_follows_elsewhere_is_told_but_blocks_nothing(tmp_path: Path) -> None:
    work = place(tmp_path)
    # every applicant has points at V1, as the settings ask; the new ones will get theirs next
    points: Cells = [["child", "venue", "points"], *[[child, "V1", 1] for child in "abc"]]
    into = season(work / "season.xlsx", points=points)
    assert read_scenario(into).scenario is not None
    done = run(form(tmp_path), into)
    assert done.saved is not None
    assert "points_missing" in {p.id for p in done.problems if not p.blocking}
    given: Cells = [["儿童", "场地", "积分"], ["C0001", "V1", 3], ["王明", "V1", 2]]
    second = run(workbook(tmp_path / "points.xlsx", {"x": given}), into, Points)
    assert second.saved is not None, second.problems
    assert read_scenario(into).scenario is not None


def test_a_season_without_a_child_yet(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = work / "season.xlsx"
    into.write_bytes(guided_workbook("zh"))
    header, row = ROWS[0], wjx_row(first="", second="", interests="")
    done = run(form(tmp_path, [header, row]), into)
    assert done.saved is not None, done.problems
    sheet = load_workbook(into)["儿童"]
    assert [sheet["A2"].value, sheet["B2"].value, sheet["C2"].value] == ["C0001", "周宇", "女"]
    assert sheet["AA2"].value == "是"


def test_the_birth_dates_of_the_table_are_dates(tmp_path: Path) -> None:
    work = place(tmp_path)
    into = season(work / "season.xlsx")
    run(form(tmp_path), into)
    found = read_scenario(into).scenario
    assert found is not None
    assert found.child["C0001"].birth_date == date(2016, 3, 4)


ASKED = {
    "姓名": "1、您孩子的姓名", "性别": "2、性别", "出生日期": "3、出生日期", "年级": "4、孩子现在的年级",
    "家长单位": "5、家长工作单位", "周": "7、参加哪几周", "志愿": "8、志愿（可多选）", "好友": "9、好友",
    "过敏": "10、有无过敏", "监护人": "家长姓名", "电话": "家长手机号", "接送人": "11、谁来接送孩子",
    "提交时间": "提交答卷时间", "同意": "是否同意",
}  # fmt: skip


@pytest.mark.slow
def test_a_seasons_own_children_asked_by_a_form_come_back(tmp_path: Path) -> None:
    source = EXAMPLES / "beijing-2016" / "beijing-2016.xlsx"
    book = load_workbook(source)
    sheet = book["儿童"]
    heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
    children = [
        dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
    ]
    names = {row["编号"]: row["姓名"] for row in children}
    asked = [head for head in heads if head != "编号"]
    answers: list[list[object]] = [["序号", *(ASKED.get(head, head) for head in asked)]]
    for number, row in enumerate(children, 1):
        for head in ("好友", "回避"):  # families write names
            if row[head]:
                row[head] = "、".join(str(names[id]) for id in str(row[head]).split(";"))
        cells = (row[head] for head in asked)
        answers.append([number, *(c.replace(";", "┋") if isinstance(c, str) else c for c in cells)])
    sheet.delete_rows(52, len(children))  # the first fifty stay
    into = place(tmp_path) / "season.xlsx"
    book.save(into)
    done = run(form(tmp_path, answers), into)
    assert done.answers is not None
    assert (done.answers.same, len(done.answers.added), done.answers.differences) == (50, 100, ())
    found, whole = read_scenario(into).scenario, read_scenario(source).scenario
    assert found is not None
    assert whole is not None
    assert found.sha256 == whole.sha256
