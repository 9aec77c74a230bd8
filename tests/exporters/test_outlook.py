"""Where the next class would help most, on the coordinator's page and in the workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler.domain.outlook import Fairness, Gain, Outlook, RankTally, Tally
from scheduler.domain.tables.settings import Policy
from scheduler.locale import Language
from tests.exporters import exported, season

PAGE, BOOK = "private/coordinator/index.html", "private/coordinator/overview.xlsx"


def tally(policy: Policy, placed: int, most: int) -> Tally:
    ranks = (RankTally(rank=1, wanted=9, placed=placed),)
    return Tally(
        policy=policy, placed=placed, most=most, children=4, claims=0, ranks=ranks, choices={1: placed}
    )


def outlook(**more: Any) -> Outlook:  # noqa: ANN401 - the outlook's own fields
    new = {"kind": "class", "venue": "V1", "min_age": 6, "max_age": 8, "weeks": ["1"], "more": 20, "about": 9}
    tried = {"most": 7, "found": 7, "proven": True, "venue_needs": 60, "adults": 3}
    seat = {"kind": "seat", "venue": "V1", "class": "象", "weeks": ["1"], "more": 1, "about": 2, "most": 4}
    gains = (Gain.model_validate({**new, **tried}), Gain.model_validate(seat))
    fairness = Fairness(fair=tally("fair", 5, 5), seats=tally("seats", 6, 8))
    given = {"wanted": 12, "placed": 5, "best": 6, "ceiling": 8, "gains": gains, "fairness": fairness}
    return Outlook(**{**given, **more})


def made(language: Language, found: Outlook | None) -> dict[str, bytes]:
    kinds = frozenset({"excel", "html"})
    return exported(season.scenario(), season.plan(), season.report(), language, season.KEY, kinds, found)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Where the next class would help most",
                "6 to 8 years",
                "+7",
                "about +2 (not tried; at most +4)",
                "60 at once at the venue",
                "3 adults at once",
                "up to 1 may be had",
                "The price of fairness",
                "6 (at most 8)",
            ],
        ),
        ("zh", ["再开一个班，开在哪里最有用", "约 +2（未试排，至多 +4）", "同一班次 3 名成人", "公平的代价"]),
    ],
)
def test_the_overview_tells_it(language: Language, words: list[str]) -> None:
    files = made(language, outlook())
    page = files[PAGE].decode()
    sheet = load_workbook(BytesIO(files[BOOK]))[words[0][:31]]
    cells = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    for word in words:
        assert word in page, word
        assert word in cells, word


def test_nobody_else_is_told() -> None:
    with_, without = made("en", outlook()), made("en", None)
    assert set(with_) == set(without)
    assert {path for path in with_ if with_[path] != without[path]} == {PAGE, BOOK}


def test_nothing_to_gain_and_nothing_reckoned() -> None:
    assert "no single one more gives" in made("en", outlook(gains=()))[PAGE].decode()
    assert "Everybody has all the weeks" in made("en", outlook(gains=(), placed=12, best=12))[PAGE].decode()
    assert "next class" not in made("en", outlook(reckoned=False))[PAGE].decode()
