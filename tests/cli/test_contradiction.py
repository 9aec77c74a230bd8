"""A contradiction is told in the words of the coordinator's own tables, with the cells to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scheduler.cli.console import console
from scheduler.cli.contradiction import tell
from scheduler.domain.book import Source
from scheduler.locale import LANGUAGES, Language
from scheduler.solver import Contradiction
from scheduler.variables.model import Because
from tests.cli.program import copied, run
from tests.seasons import Rows, rows, tiny


def lock(id: str, kind: str, **more: str) -> dict[str, Any]:
    return {"id": id, "kind": kind, **more}


def told(
    capsys: pytest.CaptureFixture[str], language: Language, named: list[tuple[str, str]], **tables: Rows
) -> str:
    found = tuple(Because(*row) for row in named)
    tell(console(language), tiny(**tables), Contradiction("placement", found))
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("lock L1 puts child a into class C1", "class C1 takes only from 9 years", "child a is 8 years"),
        ),
        ("zh", ("锁定 L1 把儿童 a 安排到班级 C1", "班级 C1 只收 9 岁及以上", "儿童 a：8 岁")),
    ],
)
def test_what_matters_of_each_row_is_a_sentence(
    language: Language, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(
        capsys,
        language,
        [("children", "a"), ("classes", "C1"), ("locks", "L1")],
        classes=rows("classes", C1={"min_age": 9}),
        locks=[lock("L1", "place", child="a", class_="C1")],
    )
    assert [word for word in words if word not in text] == []
    assert "2016" not in text  # nobody's date of birth


FACTS: list[tuple[str, list[tuple[str, str]], dict[str, Any]]] = [
    ("has so many seats: 2", [("classes", "C1"), ("locks", "L1")], {}),
    (
        "at least 3 children",
        [("classes", "C1")],
        {"classes": rows("classes", C1={"optional": True, "min_children": 3})},
    ),
    (
        "offered only in: 1",
        [("classes", "C1"), ("locks", "L2")],
        {"classes": rows("classes", C1={"weeks": ["1"]})},
    ),
    (
        "wants only: 1",
        [("children", "a"), ("locks", "L2")],
        {"children": rows("children", a={"weeks": ["1"]})},
    ),
    (
        "in one class with: b",
        [("children", "a"), ("children", "b")],
        {"children": rows("children", a={"apart": ["b"]})},
    ),
    (
        "any class that fits. This holds as long as",
        [("children", "a")],
        {"children": rows("children", a={"family": "F", "siblings": "must", "choices": []})},
    ),
    (
        "all its weeks (1) at one venue, or none",
        [("children", "a")],
        {"children": rows("children", a={"stay": "whole"})},
    ),
    ("stays at one venue in all its weeks", [("children", "a")], {}),
    (
        "only for children of: museum",
        [("venues", "V1"), ("children", "a"), ("locks", "L1")],
        {"venues": rows("venues", V1={"only_for": ["museum"]})},
    ),
    ("holds so many children at once: 7", [("venues", "V1")], {"venues": rows("venues", V1={"capacity": 7})}),
    ("room R1 holds so many children: 30", [("rooms", "R1")], {}),
    ("keeps every child out of class C1, in every week", [("locks", "L3")], {}),
    ("opens class C2, in week 1, but no child fits there", [("locks", "L4")], {}),
    ("closes every class", [("locks", "L5")], {}),
    (
        "everywhere: closed from 2024-07-15 to 2024-07-16",
        [("closures", "*/2024-07-15/2024-07-16")],
        {"closures": [{"from_": "2024-07-15", "to": "2024-07-16"}]},
    ),
    ("2024-07-16 is no open day", [("days", "2024-07-16")], {}),
    ("reason: she asked); decided by Ms Ren", [("locks", "L6")], {}),
]
LOCKS = [
    lock("L1", "place", child="a", class_="C1"),
    lock("L2", "place", child="a", class_="C1", week="2"),
    lock("L3", "keep_out", class_="C1"),
    lock("L4", "open", class_="C2", week="1"),
    lock("L5", "close"),
    lock("L6", "place", child="a", class_="C1", reason="she asked", owner="Ms Ren"),
]


@pytest.mark.parametrize(("words", "named", "tables"), FACTS, ids=[fact[0] for fact in FACTS])
def test_every_kind_of_fact(
    words: str, named: list[tuple[str, str]], tables: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in told(capsys, "en", named, locks=LOCKS, **tables)
    for language in LANGUAGES:
        told(capsys, language, named, locks=LOCKS, **tables)  # a missing sentence or parameter raises


def test_the_cell_to_change_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source("season.xlsx", "classes", 7, {"capacity": "F"})
    text = told(capsys, "en", [("classes", "C1")], classes=rows("classes", C1={"source": source}))
    assert "season.xlsx · classes · F7: class C1 has so many seats: 2" in text


def test_rows_of_other_stages_are_told_by_their_fields(capsys: pytest.CaptureFixture[str]) -> None:
    tell(
        console("zh"),
        tiny(locks=[lock("L9", "no_duty", person="t1")]),
        Contradiction("staffing", (Because("locks", "L9"),)),
    )
    said = capsys.readouterr().err
    assert "锁定 L9 不许值班：人员 t1" in said
    assert "不论这一阶段别的怎么安排" in said


@pytest.mark.parametrize(
    ("language", "words"), [("en", "puts child K1 into class larks"), ("zh", "必须与家庭 Lu")]
)
def test_the_example_ends_with_its_exit_code_and_its_cells(tmp_path: Path, language: str, words: str) -> None:
    done = run(
        "solve", copied("contradiction", tmp_path), "-o", tmp_path / "p.json", "--lang", language, "--quiet"
    )
    text = done.err.decode()
    assert done.code == 4
    assert words in text
    for cell in ("F2", "F3", "B2", "B3"):
        assert f" {cell}" in text
    assert "years old" not in text  # nobody's age is at fault here


def test_where_json_is_asked_for_the_rows_are_json_on_stdout(tmp_path: Path) -> None:
    folder = copied("contradiction", tmp_path)
    done = run("solve", folder, "-o", tmp_path / "plan.json", "--json", "--lang", "en")
    assert (done.code, done.err) == (4, b"")
    found = done.json["contradiction"]
    assert found["stage"] == "placement"
    assert {(row["sheet"], row["cell"]) for row in found["rows"]} >= {("locks", "B2"), ("locks", "B3")}


def test_beside_somebody_who_cannot_be_on_duty_stands_what_they_offered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # W1 is a volunteer for mornings: why the lock cannot hold in the afternoon is in the table `availability`
    season = tiny(
        staff=[
            {"id": "W1", "name": "Wei", "kind": "volunteer", "roles": ["volunteer"]},
        ],
        availability=[
            {"person": "W1", "from_": "2024-07-15", "to": "2024-07-16", "shifts": ["AM"], "status": "yes"}
        ],
        locks=[lock("L9", "duty", person="W1", class_="C1", date="2024-07-15")],
    )
    found = (Because("locks", "L9"), Because("staff", "W1"))
    tell(console("en"), season, Contradiction("staffing", found))
    said = capsys.readouterr().err
    assert "kind volunteer" in said
    assert "from 2024-07-15; to 2024-07-16; shifts AM; status yes" in said
