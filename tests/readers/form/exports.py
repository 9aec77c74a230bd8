"""Exports of online forms as their services write them, for the tiny season; a test changes a cell."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scheduler.domain.answers import Answers, Understood
from scheduler.domain.problems import Problem
from scheduler.domain.tables import Child, Row
from scheduler.readers import FormMap, read_answers, read_book, read_map
from tests.readers.on_disk import Cells, tables, workbook

WJX_HEADER = [
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "总分",
    "1、您孩子的姓名（与身份证一致）*", "2、孩子的性别", "3、孩子的出生日期【必填】", "4、家长姓名",
    "5、家长手机号码",
    "6、第一志愿", "7、第二志愿", "8、感兴趣的课程【多选题】", "9、有无过敏", "10、是否同意我们使用以上信息",
]  # fmt: skip
"""问卷星: bookkeeping first, then numbered questions."""


def wjx_row(
    number: int = 1,
    submitted: object = "2024/6/1 9:05:33",
    name: object = "周宇",
    gender: str = "女",
    born: object = "2016-03-04",
    guardian: str = "周洁",
    phone: object = "13800000001",
    first: str = "A. North（周一至周五）",
    second: str = "South",
    interests: str = "Opera┋Ball（每周两次，室外）",
    allergies: str = "无",
    consent: str = "是的，我同意",
) -> list[object]:
    """One answer of 问卷星."""
    own: list[object] = [number, submitted, "75秒", "微信", "N/A", "1.2.3.4(北京-北京)", "0"]
    asked = [name, gender, born, guardian, phone, first, second, interests, allergies, consent]
    return [*own, *asked]


def wjx(*rows: list[object]) -> Cells:
    """An export of 问卷星."""
    return [list(WJX_HEADER), *rows]


GOOGLE: Cells = [
    [
        "Timestamp", "Email Address", "What is your child's full name?", "Date of birth of your child",
        "Your name (parent or guardian's name)", "Mobile phone", "Which venue is your first choice?",
        "Which venue is your second choice?", "Which courses is your child interested in? (tick all)",
        "I agree that these data are used to plan the classes",
    ],
    ["6/1/2024 9:05:33", "a@b.c", "Mary Lin", "2016-03-04", "Ann Lin", "13800000001", "South", "",
     "Ball, Opera", "Yes, I agree"],
    ["6/13/2024 18:00:00", "d@e.f", "Tom Wu", "2015-08-09", "Jo Wu", "13800000002", "Ant", "South", "Opera",
     "Yes, I agree"],
]  # fmt: skip
"""Google Forms: a timestamp with the month first, whole sentences, ticks joined by a comma."""

UGLY: Cells = [
    ["2024年暑期托管班报名表（内部资料）"],
    [],
    ["姓名*", "性别", "生日", "家长", "联系电话", "志愿", "知情同意", "备注信息"],
    ["周宇", "女", date(2016, 3, 4), "周洁", 13800000001, "north", "√", "早到"],
    [],
    ["王 明", "男孩", "2016年5月6日", "王强", "１３８０００００００２", "South；North", "Y", ""],
    ["李想", "男", "20150708", "李响", "138-0000-0003", "C1", "同意", None],
    ["合计", None, 3],
]
"""What people keep by hand: a title above, blank rows, a total, dates in three styles, wide digits."""


def season(path: Path, **changes: Cells) -> Path:
    """The tiny season as a workbook."""
    return workbook(path, tables(**changes))


def text_file(path: Path, cells: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> Path:
    """An export as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(["" if value is None else value for value in row] for row in cells)
    return path


class Read:
    """A form read beside the tiny season, its map given as text."""

    def __init__(
        self,
        folder: Path,
        cells: Sequence[Sequence[object]],
        toml: str = "",
        *,
        update: bool = False,
        **given: object,
    ) -> None:
        self.form = workbook(folder / "form.xlsx", {"Sheet1": cells})
        self.model: type[Row] = given.pop("model", Child)  # type: ignore[assignment]
        rules: FormMap | None = FormMap()
        found: tuple[Problem, ...] = ()
        if toml:
            (folder / "map.toml").write_text(toml, "utf-8")
            rules, found = read_map(folder / "map.toml", self.model)
        book, _ = read_book(season(folder / "season.xlsx", **given))  # type: ignore[arg-type]
        assert book is not None
        self.answers: Answers | None = None
        if rules is not None:
            self.answers, found = read_answers(self.form, book, self.model, rules, update=update)
        self.problems = found

    @property
    def ids(self) -> list[str]:
        """The ids of all problems."""
        return [problem.id for problem in self.problems]

    @property
    def blocking(self) -> list[Problem]:
        """The problems that block."""
        return [problem for problem in self.problems if problem.blocking]

    def fields(self) -> dict[str, str]:
        """Field by the cell of the heading."""
        assert self.answers
        return {column.cell: column.field for column in self.answers.columns}

    def hows(self) -> dict[str, str]:
        """How each heading was understood, by its cell."""
        assert self.answers
        return {column.cell: column.how for column in self.answers.columns}

    def added(self) -> list[dict[str, object]]:
        """The values of the new rows."""
        assert self.answers, self.problems
        assert self.answers.edit, self.problems
        return [dict(values) for values in self.answers.edit.additions]

    def understood(self) -> set[tuple[str, str, str]]:
        """What was read otherwise than letter by letter."""
        assert self.answers
        return {(row.field, row.text, row.meaning) for row in self.answers.understood}


__all__ = ["GOOGLE", "UGLY", "Read", "Understood", "season", "text_file", "wjx", "wjx_row"]
