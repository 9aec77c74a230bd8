"""Why adults are missing and whom to recruit, in the coordinator's workbook and page; hours of everybody."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler.domain.shortfall import Extra, Near, Offer, Relief, Shortfall, Unopened, Vacancy
from scheduler.locale import Language
from tests.exporters import exported, season

PAGE, BOOK = "private/coordinator/index.html", "private/coordinator/overview.xlsx"


def shortfall() -> Shortfall:
    """The shortfall of the hand-made plan's first gap, and some more."""
    gap = season.plan().gaps[0]
    where = {"class": gap.class_, "venue": gap.venue, "date": gap.date, "shift": gap.shift}
    role = {"role": "volunteer", "qualifications": ["first_aid"]}
    vacancy = {
        **where,
        "need": gap.need,
        "missing": 1,
        "must": True,
        "roles": ["volunteer"],
        "reason": "limit",
    }
    tally = {"tally": {"offered": 4, "limit": 2}, "near": [Near(person="W1", hurdle="limit")]}
    offer = {
        "venue": gap.venue,
        **role,
        "people": 2,
        "dates": [gap.date],
        "weeks": ["1"],
        "shifts": [gap.shift],
    }
    relief = {"person": "W1", "kind": "days_per_week", "week": "1", "date": gap.date, "now": 3, "then": 4}
    duty = {"person": "W1", "role": "volunteer", **where}
    return Shortfall(
        missing=2,
        must=1,
        vacancies=(Vacancy.model_validate({**vacancy, **tally}),),
        extras=(Extra.model_validate({**where, **role, "must": True}),) * 2,
        offers=(Offer.model_validate({**offer, "classes": [gap.class_], "must": 2}),),
        reliefs=(Relief.model_validate({**relief, "closes": 1, "duties": [duty]}),),
        unopened=(
            Unopened.model_validate(
                {"class": "鹿", "venue": "V1", "week": "2", "roles": ["homeroom"], "shifts": 10}
            ),
        ),
    )


def made(language: Language, found: Shortfall | None) -> dict[str, bytes]:
    kinds = frozenset({"excel", "html"})
    return exported(
        season.scenario(), season.plan(), season.report(), language, season.KEY, kinds, shortfall=found
    )


@pytest.mark.parametrize(
    ("language", "sheet", "words"),
    [
        (
            "en",
            "Whom to recruit",
            [
                "all are at their limits",
                "cannot come in the shift: 4, at a limit: 2",
                "Volunteer with first_aid",
                "Week 1: 4 days instead of 3",
                "Classes that could open",
            ],
        ),
        (
            "zh",
            "招募清单",
            [
                "都已达上限",
                "不能来 4 人、已达上限 2 人",
                "志愿者（first_aid）",
                "值 4 天，不止 3 天",
                "补上人手就能开的班",
            ],
        ),
    ],
)
def test_the_coordinator_sees_why_and_whom(language: Language, sheet: str, words: list[str]) -> None:
    files = made(language, shortfall())
    page = files[PAGE].decode()
    for text in words:
        assert text in page
    book = load_workbook(BytesIO(files[BOOK]))
    cells = [str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell is not None]
    assert words[2] in cells
    total = next(row for row in book[sheet].iter_rows(values_only=True) if row[1] == words[2])
    assert total[2] == 2  # people


def test_without_a_shortfall_there_is_no_such_sheet() -> None:
    for found in (None, Shortfall(missing=0, must=0)):
        assert "Whom to recruit" not in load_workbook(BytesIO(made("en", found)[BOOK])).sheetnames


def test_nothing_of_it_is_published() -> None:
    for path, content in made("zh", shortfall()).items():
        if path.startswith(("publish/", "private/venues/")) and path.endswith(".html"):
            assert "招募清单" not in content.decode(), path


def test_shares_are_told_kind_by_kind() -> None:
    sheet = load_workbook(BytesIO(made("en", None)[BOOK]))["How the work is shared"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    # W1, the only volunteer who is cleared, offers the three mornings of the first week and has them all
    (working,) = [row for kind, row in rows.items() if str(kind).startswith("Volunteer") and row[2]]
    assert working[3:6] == (3, 3, 1)
    assert rows["Specialist"][5] is None  # sessions are not offered as shifts


def test_an_adult_sees_what_a_certificate_counts() -> None:
    files = exported(season.scenario(), season.plan(), season.report(), "zh", season.KEY)
    names = [path for path in files if path.startswith("publish/staff/") and path.endswith(".html")]
    # W1 has the three mornings of the first week, 4 hours each, and needs five days
    (mine,) = [path for path in names if "还差 2 天" in files[path].decode()]
    page = files[mine].decode()
    assert "服务时长" in page
    assert page.count("12:00</td>") == 2  # the week, and the season
    assert "时长：4:00" in files[mine.replace(".html", ".ics")].decode()


def test_a_volunteer_learns_the_common_share_of_many_only() -> None:
    # one volunteer alone offers anything here: a common share would be that person's own
    files = exported(season.scenario(), season.plan(), season.report(), "zh", season.KEY)
    assert not any(
        "全体志愿者" in files[path].decode() for path in files if path.startswith("publish/staff/")
    )
