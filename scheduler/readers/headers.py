"""Headings and sheet names: which column and which table they mean, in either language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from scheduler.domain.book import letters
from scheduler.domain.columns import columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import TABLES, Row

SEARCHED_ROWS = 20
"""So many of the first rows are searched for the headings: titles and notes stand above them."""

# Radicals that look like characters and survive NFKC: U+2E80 to U+2EF3 as Unicode's
# EquivalentUnifiedIdeograph.txt has them, those that also stand alone as characters.
_RADICALS = str.maketrans(
    "⺁⺈⺊⺎⺒⺓⺛⺜⺝⺞⺠⺧⺩⺫⺬⺮⺶⺼⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂刀卜兀巳幺旡日月歺民牛王目示竹羊肉虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")

_ALIASES: dict[str, tuple[str, ...]] = {
    "availability.weekdays": ("周几",),
    "availability.from_": ("开始日期", "起", "自"),
    "availability.to": ("结束日期", "止", "至"),
    "children.birth_date": ("生日", "出生年月日", "出生年月", "date of birth", "dob", "birthday"),
    "children.choices": ("意见", "志愿顺序"),
    "children.employer": ("工作单位", "单位"),
    "children.family": ("家庭编号",),
    "children.friends": ("同伴", "好朋友"),
    "children.name": ("儿童姓名", "孩子姓名", "学生姓名"),
    "children.phone": ("联系电话", "家长电话", "监护人电话", "手机", "手机号", "mobile"),
    "children.priority": ("优先级", "优先等级"),
    "children.guardian": ("家长", "家长姓名", "监护人姓名"),
    "children.submitted_at": ("提交答卷时间", "报名时间", "timestamp"),
    "closures.from_": ("开始日期", "起", "自"),
    "closures.to": ("结束日期", "止", "至"),
    "days.open": ("是否开放",),
    "staff.birth_date": ("生日", "出生年月日"),
    "venues.phone": ("联系电话",),
}
_TABLE_ALIASES: dict[str, tuple[str, ...]] = {
    "children": ("孩子", "学生", "儿童名单"),
    "staff": ("人员名单", "教职工", "工作人员"),
    "shifts": ("值班班次",),
}


@lru_cache(maxsize=2**16)  # lists repeat themselves: words, references, employers
def plain(text: str) -> str:
    """A text without what the eye does not see: width, look-alike radicals, marks, doubled spaces."""
    clean = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_RADICALS)
    return " ".join(clean.split())


def folded(text: str) -> str:
    """A text for comparison: `plain`, whatever its case."""
    return plain(text).casefold()


@lru_cache(maxsize=2**12)
def key_of(text: str) -> str:
    """A heading for comparison: folded, without spaces, underscores, and the star of a required column."""
    return re.sub(r"[\s_\-:*]+", "", folded(text))


@cache
def names_of(model: type[Row]) -> dict[str, tuple[str, str]]:
    """What a table's headings may be: comparable heading to (field, language)."""
    found: dict[str, tuple[str, str]] = {}
    for name, column in columns_of(model).items():
        for text in (heading(name), name):
            found.setdefault(key_of(text), (name, "en"))
        for text in (column.zh, *column.aliases, *_ALIASES.get(f"{model.table}.{name}", ())):
            found.setdefault(key_of(text), (name, "zh" if re.search("[\u4e00-\u9fff]", text) else "en"))
    return found


@cache
def _tables() -> dict[str, type[Row]]:
    found: dict[str, type[Row]] = {}
    for model in TABLES:
        for name in (model.table, model.zh, *_TABLE_ALIASES.get(model.table, ())):
            found[key_of(name)] = model
    return found


def table_named(name: str) -> type[Row] | None:
    """The table a sheet or file of this name holds."""
    return _tables().get(key_of(name))


def table_like(name: str) -> type[Row] | None:
    """The nearest table to a name that is none."""
    near = get_close_matches(key_of(name), _tables(), n=1, cutoff=0.6)
    if near:
        return _tables()[near[0]]
    within = (model for known, model in _tables().items() if len(known) > 1 and known in key_of(name))
    return next(within, None)


def column_named(model: type[Row], text: str) -> tuple[str, str] | None:
    """The (field, language) a heading means."""
    names = names_of(model)
    return names.get(key_of(text)) or names.get(key_of(_BRACKETS.sub("", plain(text))))


def score(model: type[Row], cells: Iterable[object]) -> int:
    """How many columns of a table a row of cells names."""
    return len({match[0] for cell in cells if isinstance(cell, str) and (match := column_named(model, cell))})


def header_position(model: type[Row] | None, rows: Sequence[tuple[int, Sequence[object]]]) -> int:
    """The position of the row of headings among a sheet's rows: the first that names most columns."""
    if model is None:
        return 0
    scores = [score(model, cells) for _, cells in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else 0


@dataclass(frozen=True)
class Headings:
    """What a sheet's headings mean: field by column index, and what is wrong with them."""

    fields: dict[int, str]
    problems: tuple[Problem, ...]
    languages: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


def read_headings(model: type[Row], header: Sequence[str], file: str, sheet: str, row: int) -> Headings:
    """The columns of a sheet; a required one that is missing, or one that stands twice, is a problem."""
    matches = {i: match for i, text in enumerate(header) if text and (match := column_named(model, text))}
    fields = {i: match[0] for i, match in matches.items()}
    known = columns_of(model)
    unknown = {i: text for i, text in enumerate(header) if text.strip() and i not in matches}
    problems: list[Problem] = []
    for name in known:
        twice = [i for i, found in fields.items() if found == name]
        if len(twice) > 1:
            cells = ", ".join(f"{letters(i)}{row}" for i in twice)
            problems.append(
                Problem(
                    "heading_twice",
                    file,
                    sheet,
                    f"{letters(twice[1])}{row}",
                    header[twice[1]],
                    parameters={"cells": cells},
                )
            )
        if known[name].required and not twice:
            near = _nearest(model, name, unknown)
            problems.append(_missing(model, name, near, unknown, file, sheet, row))
            unknown = {i: text for i, text in unknown.items() if i != near}
    for i, name in _meant(model, unknown, set(fields.values())).items():
        wanted = {"wanted": f"{heading(name)} / {known[name].zh}"}
        cell = f"{letters(i)}{row}"
        problems.append(
            Problem("column_near", file, sheet, cell, unknown.pop(i), blocking=False, parameters=wanted)
        )
    if unknown:
        cells = ", ".join(f"{text.strip()[:40]} ({letters(i)})" for i, text in unknown.items())
        problems.append(
            Problem(
                "columns_ignored",
                file,
                sheet,
                f"{letters(min(unknown))}{row}",
                blocking=False,
                parameters={"columns": cells},
            )
        )
    columns = {name: letters(i) for i, name in reversed(fields.items())}
    return Headings(fields, tuple(problems), tuple(language for _, language in matches.values()), columns)


def _nearest(model: type[Row], name: str, unknown: dict[int, str]) -> int | None:
    """The column whose unknown heading is nearest to what a missing one may be called."""
    own = [text for text, (found, _) in names_of(model).items() if found == name]
    near = (i for i, text in unknown.items() if get_close_matches(key_of(text), own, n=1, cutoff=0.5))
    return next(near, None)


def _meant(model: type[Row], unknown: dict[int, str], there: set[str]) -> dict[int, str]:
    """The columns that unknown headings may mean, as far as they are not there under their own names."""
    names = {text: name for text, (name, _) in names_of(model).items() if name not in there}
    near = {i: get_close_matches(key_of(text), names, n=1, cutoff=0.7) for i, text in unknown.items()}
    return {i: names[found[0]] for i, found in near.items() if found}


def _missing(
    model: type[Row], name: str, near: int | None, unknown: dict[int, str], file: str, sheet: str, row: int
) -> Problem:
    wanted = {"wanted": f"{heading(name)} / {columns_of(model)[name].zh}"}
    if near is None:
        return Problem("column_missing", file, sheet, str(row), parameters=wanted)
    cell = f"{letters(near)}{row}"
    return Problem("column_missing_near", file, sheet, cell, unknown[near], parameters=wanted)
