"""Nothing planted among the private data may come out where it must not."""

from __future__ import annotations

import pytest

from tests.exporters import season
from tests.exporters.pages import page_of, read

SECRETS = [season.ALLERGY, season.MEDICAL, "canary", "王强", "李军", "外婆", *season.PHONES]
NAMES = {row.id: row.name for row in season.scenario().children}


def test_the_canaries_are_where_they_belong(zh: dict[str, bytes]) -> None:
    """Else the tests below would pass for want of canaries."""
    pack = zh["private/venues/V1/index.html"].decode()
    assert all(text in pack for text in (season.ALLERGY, season.MEDICAL, season.PHONES[0], "王强"))


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_published_holds_health_guardians_or_their_phones(zh: dict[str, bytes], secret: str) -> None:
    for path, content in zh.items():
        if path.startswith("publish/"):
            assert secret not in content.decode(), path


def test_a_family_page_and_calendar_name_no_other_child(zh: dict[str, bytes]) -> None:
    seen = 0
    for path, content in zh.items():
        if path.startswith("publish/families/"):
            text = content.decode().replace("\r\n ", "")
            assert sum(name in text for name in set(NAMES.values())) <= 1, path
            seen += any(name in text for name in set(NAMES.values()))
    assert seen == 16  # eight pages and eight calendars name their own child


def test_staff_pages_and_the_public_page_name_no_child(zh: dict[str, bytes]) -> None:
    for path, content in zh.items():
        if path.startswith("publish/staff/") or path == "publish/index.html":
            text = content.decode().replace("\r\n ", "")
            assert not [name for name in NAMES.values() if name in text], path


def test_a_staff_page_names_no_colleague(zh: dict[str, bytes]) -> None:
    names = [row.name for row in season.scenario().staff]
    for name in names:
        text = page_of(zh, "publish/staff", name).text
        assert [other for other in names if other in text] == [name]


def test_the_public_page_names_nobody(zh: dict[str, bytes]) -> None:
    text = read(zh["publish/index.html"]).text
    assert not [row.name for row in season.scenario().staff if row.name in text]
    assert "陈主任" not in text


def test_a_venue_pack_holds_its_own_children_only(zh: dict[str, bytes]) -> None:
    south = zh["private/venues/V2/index.html"].decode()
    assert season.ALLERGY not in south  # 王小明 is never at V2
    assert "王小明" not in south
    assert "周小鱼" in south  # that is a child here


def test_no_id_of_a_child_stands_in_a_published_file(zh: dict[str, bytes]) -> None:
    """Ids may be names or numbers of identity cards; page names and calendar ids are digests."""
    for path, content in zh.items():
        if path.startswith("publish/"):
            assert "K10" not in content.decode(), path
            assert "|K" not in content.decode(), path
