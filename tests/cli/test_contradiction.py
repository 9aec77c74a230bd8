"""A contradiction is told in the words of the coordinator's own tables."""

from __future__ import annotations

import pytest

from scheduler.cli.console import console
from scheduler.cli.contradiction import tell
from scheduler.locale import Language
from scheduler.solver import Contradiction
from scheduler.variables.model import Because
from tests.seasons import rows, tiny


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("kind=place", "child=a", "class=C1", "min_age=9", "optional=yes")),
        ("zh", ("类型=安排", "儿童=a", "班级=C1", "最小年龄=9", "可不开=是")),
    ],
)
def test_rows_are_told_with_headings_of_the_language(
    language: Language, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = tiny(
        classes=rows("classes", C1={"min_age": 9, "optional": True}),
        locks=[{"id": "L1", "kind": "place", "child": "a", "class_": "C1"}],
    )
    found = (Because("classes", "C1"), Because("locks", "L1"))
    tell(console(language), scenario, Contradiction("placement", found))
    out, err = capsys.readouterr()
    assert out == ""
    assert [word for word in words if word not in err] == []
