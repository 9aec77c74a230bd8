"""Seasons of a few rows, from the lists to the verified plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import run

LISTS = {
    "days": "date,week\n2025-07-07,1\n",
    "shifts": "id,start,end\nAM,08:00,12:00\n",
    "periods": "id,start,end,shift\nP1,08:30,09:15,AM\n",
    "venues": "id,name,mode\nV,Venue,joint\nW,Other,joint\n",
    "classes": "id,name,venue,capacity\nC,Class,V,4\nD,Class D,W,4\n",
    "courses": "id,name,teacher\nk,Song,no\n",
    "trips": "id,name,dates,shifts\nz,Zoo,2025-07-07,AM\n",
    "children": "id,name,birth_date,choices,consent\na,A,2016-01-01,D;C,yes\nb,B,2016-01-01,D;C,yes\n",
}
"""Two children who would both rather be in D: nobody is placed in C."""


def season(folder: Path, **changes: str) -> Path:
    for name, rows in {**LISTS, **changes}.items():
        (folder / f"{name}.csv").write_text(rows, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        ("session,C,2025-07-07,k,", {"en": "sessions of class C, but C does not run", "zh": "届时 C 不开班"}),
        ("trip,C,2025-07-07,,z", {"en": "a trip of class C, but C does not run", "zh": "外出时 C 不开班"}),
    ],
)
def test_a_lock_on_a_class_that_does_not_run_is_void_and_told(
    lock: str, told: dict[str, str], tmp_path: Path
) -> None:
    folder = season(tmp_path, locks=f"id,kind,class,date,course,trip\nL,{lock}\n")
    plan = tmp_path / "plan.json"
    solved = run("solve", folder, "-o", plan, "--time-limit", 10, "--workers", 1, "--lang", "en")
    assert solved.code == 0, solved.err
    assert told["en"] in " ".join(solved.text.split())
    for language, sentence in told.items():
        done = run("verify", folder, plan, "--lang", language)
        assert done.code == 0, done.out
        assert sentence in " ".join(done.text.split())
    explained = run("explain", folder, plan, "class:C", "--lang", "en")
    assert "Lock L on this class comes to nothing" in explained.text


def test_a_cleared_minor_leads_the_session_that_a_lock_asks_for(tmp_path: Path) -> None:
    columns = "id,name,kind,roles,courses,birth_date,cleared_until"
    staff = f"{columns}\nm,Mo,teacher,specialist,k,2009-01-01,2026-01-01\n"
    locks = "id,kind,class,date,period,course\nL,session,D,2025-07-07,P1,k\n"
    folder = season(tmp_path, staff=staff, locks=locks, courses="id,name\nk,Song\n")
    plan = tmp_path / "plan.json"
    solved = run("solve", folder, "-o", plan, "--time-limit", 10, "--workers", 1, "--lang", "en")
    assert solved.code == 0, solved.err
    assert '"teacher":"m"' in plan.read_text("utf-8").replace(" ", "")
    assert run("verify", folder, plan).code == 0
