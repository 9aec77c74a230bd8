from __future__ import annotations

import re
from pathlib import Path

import scheduler
from scheduler.locale import catalogue

SOURCES = Path(scheduler.__file__).parent
IDS = {id.removeprefix("problem.") for id in catalogue("en").ids() if id.startswith("problem.")}


def test_every_problem_has_a_way_out_and_every_way_out_a_problem() -> None:
    assert {id.removeprefix("fix.") for id in catalogue("en").ids() if id.startswith("fix.")} == IDS


def test_no_sentence_is_left_over() -> None:
    folders = ("readers", "domain", "rules")
    code = "\n".join(
        path.read_text("utf-8") for folder in folders for path in (SOURCES / folder).rglob("*.py")
    )
    assert set(re.findall(r'"(\w+)"', code)) >= IDS


def test_every_problem_that_is_named_in_the_code_is_worded() -> None:
    # the id stands first, or after the place, in these calls
    call = re.compile(
        r'\b(?:Problem|Bad|warning|Noted)\(\s*(?:\w+,\s*)?"(\w+)"'
        r'|\b(?:Problem\.at|refuse|problem|_of|_overlaps|_together)\((?:[^"()]|\(\))*(?:"\w+",\s*)?"(\w+_\w+)"'
    )
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("readers", "domain/consistency")
        for path in (SOURCES / folder).rglob("*.py")
    )
    named = {first or second for first, second in call.findall(code)}
    assert len(named) > 100
    assert named - IDS <= {"birth_date", "cleared_until", "max_age", "min_age"}
