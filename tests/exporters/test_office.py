"""The workbooks as an office program prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDFTOTEXT = shutil.which("pdftotext")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: no workbook was printed"),
    pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed: no print was read"),
]


@pytest.fixture(scope="module")
def printed(zh: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of every printed page, by workbook."""
    folder = tmp_path_factory.mktemp("print")
    names = {
        "overview": "private/coordinator/overview.xlsx",
        "roster": next(path for path in sorted(zh) if path.endswith("roster.xlsx")),
    }
    for name, path in names.items():
        (folder / f"{name}.xlsx").write_bytes(zh[path])
    # a profile of its own: a LibreOffice that is open elsewhere would take the job and not do it
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    workbooks = [str(folder / f"{name}.xlsx") for name in names]
    subprocess.run([*command, *workbooks], check=True, capture_output=True, timeout=120)
    return {name: pages(folder / f"{name}.pdf") for name in names}


def pages(path: Path) -> list[str]:
    """The text of a PDF, page by page, without its spaces: a printed cell may break anywhere."""
    text = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(path), "-"], check=True, capture_output=True, timeout=30
    )
    return [re.sub(r"\s", "", page) for page in text.stdout.decode().split("\f")[:-1]]


def test_the_overview_prints(printed: dict[str, list[str]]) -> None:
    found = printed["overview"]
    # 16 sheets, of which the timetables take a page for each of the season's few class-weeks
    assert 16 <= len(found) <= 30
    text = "".join(found)
    for wanted in ("总览·概要", "缺岗", "候补名单", "核查通过", "王小明", "未安排", "页面清单"):
        assert wanted in text


def test_each_page_says_which_plan_it_is_of(printed: dict[str, list[str]]) -> None:
    for number, page in enumerate(printed["overview"], 1):
        assert "北京2016暑期·第3版" in page
        assert page.endswith(f"{number}/{len(printed['overview'])}")


def test_the_roster_has_a_page_for_each_sheet_to_sign(printed: dict[str, list[str]]) -> None:
    found = printed["roster"]
    assert 6 <= len(found) <= 20
    signing = [page for page in found if "签到签退表" in page]
    named = [re.findall(r"(\w+)·(第\d周)（", page) for page in signing]
    assert len(signing) >= 2
    assert all(len(weeks) == 1 for weeks in named)  # one class, one week a page
    assert len({weeks[0] for weeks in named}) == len(signing)
    assert any("⚠" in page for page in signing)


def test_a_trip_has_a_roll_for_each_class(printed: dict[str, list[str]]) -> None:
    rolls = [page for page in printed["roster"] if "随行成人" in page]
    assert len(rolls) == 1
    for wanted in ("大象班", "1号车", "出发", "返回", "序号"):
        assert wanted in rolls[0]
