"""The calendars, read back by a library that knows the format."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, vUTCOffset

from scheduler.domain.plan import Plan
from scheduler.exporters.calendar import _folded
from scheduler.exporters.keys import token
from tests import seasons
from tests.exporters import exported, season


def calendar_of(files: dict[str, bytes], kind: str, id: str, name: str = "北京2016暑期") -> Calendar:
    folder = {"child": "families", "person": "staff"}[kind]
    page = token(season.KEY, name, kind, id)  # type: ignore[arg-type]
    return Calendar.from_ical(files[f"publish/{folder}/{page}.ics"])


def events(calendar: Calendar) -> list:  # type: ignore[type-arg]
    return calendar.walk("VEVENT")


def test_a_child_has_an_event_for_each_day_and_trip(zh: dict[str, bytes]) -> None:
    found = events(calendar_of(zh, "child", "K1"))
    # the child's name comes first: brothers and sisters stand in one calendar;
    # three days of elephants, one of them a trip, and two of deer: the typhoon day is closed
    assert [str(e["summary"]) for e in found] == [
        "王小明 · 大象班",
        "王小明 · 大象班",
        "王小明 · 大象班",
        "王小明 · 外出：自然博物馆",
        "王小明 · 小鹿班",
        "王小明 · 小鹿班",
    ]
    first = found[0]
    assert first["dtstart"].dt.isoformat() == "2016-07-18T08:30:00+08:00"
    assert first["dtend"].dt.isoformat() == "2016-07-18T17:30:00+08:00"
    assert str(first["location"]) == "职工服务中心, 虎坊路13号"
    assert "08:30–10:45 京剧" in str(first["description"])
    # on the day of the trip both begin when the bus leaves, not with the first period
    assert [e["dtstart"].dt.hour for e in found[2:4]] == [8, 8]


def test_an_adult_has_an_event_for_each_duty_and_session(zh: dict[str, bytes]) -> None:
    found = events(calendar_of(zh, "person", "S1"))
    assert [e["dtstart"].dt.isoformat() for e in found] == [
        "2016-07-18T08:30:00+08:00",
        "2016-07-19T14:00:00+08:00",
    ]
    assert len(events(calendar_of(zh, "person", "T1"))) == 6


def test_the_zone_is_beijing_time_all_year_and_nobody_is_invited(zh: dict[str, bytes]) -> None:
    calendar = calendar_of(zh, "child", "K1")
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Shanghai"
    (standard,) = zone.walk("STANDARD")
    for name in ("tzoffsetto", "tzoffsetfrom"):
        offset = standard[name]
        assert isinstance(offset, vUTCOffset)
        assert offset.td == timedelta(hours=8)
    assert "method" not in calendar


def test_a_new_revision_keeps_the_names_and_raises_the_sequence(zh: dict[str, bytes]) -> None:
    later = season.plan(revision=4, created="2016-07-12T09:00:00+08:00")
    after = exported(season.scenario(), later, season.report(), "zh", season.KEY)
    old, new = (events(calendar_of(files, "child", "K1")) for files in (zh, after))
    assert [str(e["uid"]) for e in old] == [str(e["uid"]) for e in new]
    assert {int(e["sequence"]) for e in old} == {2}
    assert {int(e["sequence"]) for e in new} == {3}
    assert {e["dtstamp"].dt for e in new} == {datetime(2016, 7, 12, 1, 0, tzinfo=UTC)}


def test_no_two_events_share_a_name(zh: dict[str, bytes]) -> None:
    uids = [
        str(e["uid"]) for path in zh if path.endswith(".ics") for e in events(Calendar.from_ical(zh[path]))
    ]
    assert len(uids) == len(set(uids)) > 0


def test_without_a_moment_the_season_dates_the_calendar() -> None:
    files = exported(season.scenario(), season.plan(created=None), season.report(), "zh", season.KEY)
    stamps = {e["dtstamp"].dt for e in events(calendar_of(files, "child", "K1"))}
    assert stamps == {datetime(2016, 7, 18, tzinfo=UTC)}


def test_where_clocks_change_within_the_season_times_are_universal() -> None:
    # Berlin leaves summer time on 27 October 2024: 08:30 is 06:30 before and 07:30 after
    days = [{"date": "2024-10-25", "week": "1"}, {"date": "2024-10-28", "week": "1"}]
    scenario = seasons.tiny({"season": "tiny", "timezone": "Europe/Berlin"}, days=days)
    plan = seasons.plan(season="tiny", placements=seasons.placed("a@C1/1"))
    files = exported(scenario, plan, season.report(), "en", season.KEY)
    starts = [e["dtstart"].dt for e in events(calendar_of(files, "child", "a", "tiny"))]
    assert starts == [datetime(2024, 10, 25, 6, 30, tzinfo=UTC), datetime(2024, 10, 28, 7, 30, tzinfo=UTC)]


def test_the_zone_is_that_of_the_season_whenever_the_plan_was_made() -> None:
    # in July Berlin is two hours ahead, and in March, when the plan was made, one
    scenario = seasons.tiny({"season": "tiny", "timezone": "Europe/Berlin"})
    plan = seasons.plan(season="tiny", created="2024-03-01T09:00:00", placements=seasons.placed("a@C1/1"))
    files = exported(scenario, plan, season.report(), "en", season.KEY)
    calendar = calendar_of(files, "child", "a", "tiny")
    (standard,) = calendar.walk("STANDARD")
    offset = standard["tzoffsetto"]
    assert isinstance(offset, vUTCOffset)
    assert offset.td == timedelta(hours=2)
    assert {e["dtstamp"].dt for e in events(calendar)} == {datetime(2024, 3, 1, 8, 0, tzinfo=UTC)}


def test_lines_are_folded_at_75_octets_between_characters(zh: dict[str, bytes]) -> None:
    for path, content in zh.items():
        if path.endswith(".ics"):
            assert all(len(line) <= 75 for line in content.split(b"\r\n")), path
            assert b"\n" not in content.replace(b"\r\n", b""), path
    long = "SUMMARY:" + "汉𠮷a" * 40
    assert _folded(long).replace("\r\n ", "").strip() == long


@pytest.mark.parametrize(
    "name", ["a;b,c\\d", "line\nbreak\r\nEND:VCALENDAR", "DTSTART:19700101", "{{7*7}}", "\x00x"]
)
def test_hostile_text_stays_text(name: str) -> None:
    venues = [{"id": "V1", "name": name, "mode": "joint"}, {"id": "V2", "name": "South", "mode": "employer"}]
    plan = seasons.plan(season="tiny", placements=seasons.placed("a@C1/1"))
    files = exported(seasons.tiny(venues=venues), plan, season.report(), "en", season.KEY)
    found = events(calendar_of(files, "child", "a", "tiny"))
    assert len(found) == 2
    assert str(found[0]["location"]) == name.replace("\r\n", "\n").replace("\x00", "")


def test_a_child_without_a_place_has_an_empty_calendar() -> None:
    files = exported(seasons.tiny(), Plan(season="tiny"), season.report(), "en", season.KEY)
    assert events(calendar_of(files, "child", "a", "tiny")) == []


# ---- a revision that drops something -----------------------------------------------------------------

MOVED = "2016-07-12T09:00:00+08:00"


def _replanned(revision: int, earlier: dict[str, bytes], *dropped: tuple[str, str]) -> dict[str, bytes]:
    """The season's plan without some (child, week), exported over an earlier export."""
    whole = season.plan()
    kept = tuple(row for row in whole.placements if (row.child, row.week) not in dropped)
    plan = season.plan(revision=revision, created=MOVED).with_(placements=kept)
    return exported(season.scenario(), plan, season.report(), "zh", season.KEY, earlier=earlier.get)


def test_what_a_revision_drops_stays_as_cancelled(zh: dict[str, bytes]) -> None:
    after = _replanned(4, zh, ("K1", "2"))
    old, new = (events(calendar_of(files, "child", "K1")) for files in (zh, after))
    # four entries of week 1 stay; the two days of deer are gone
    assert [str(e["status"]) for e in new] == ["CONFIRMED"] * 4 + ["CANCELLED"] * 2
    assert sorted(str(e["uid"]) for e in new) == sorted(str(e["uid"]) for e in old)
    gone = new[4:]
    assert [str(e["summary"]) for e in gone] == ["已取消：王小明 · 小鹿班"] * 2
    assert [e["dtstart"].dt for e in gone] == [e["dtstart"].dt for e in old[4:]]
    assert {int(e["sequence"]) for e in gone} == {3}  # above the 2 that the phone knows
    assert {e["dtstamp"].dt for e in gone} == {datetime(2016, 7, 12, 1, 0, tzinfo=UTC)}
    assert all("description" not in e for e in gone)  # no programme for a day that is off


def test_a_cancelled_event_stays_as_it_was_until_it_is_back(zh: dict[str, bytes]) -> None:
    fourth = _replanned(4, zh, ("K1", "2"))
    fifth = _replanned(5, fourth, ("K1", "2"))
    sixth = _replanned(6, fifth)
    cancelled = events(calendar_of(fifth, "child", "K1"))[4:]
    assert [(str(e["status"]), int(e["sequence"])) for e in cancelled] == [("CANCELLED", 3)] * 2
    back = events(calendar_of(sixth, "child", "K1"))
    assert [str(e["status"]) for e in back] == ["CONFIRMED"] * 6
    assert {int(e["sequence"]) for e in back} == {5}


def test_the_same_export_again_changes_nothing(zh: dict[str, bytes]) -> None:
    once = _replanned(4, zh, ("K1", "2"))
    assert _replanned(4, once, ("K1", "2")) == once


def test_an_earlier_calendar_with_bare_line_feeds_is_read_alike(zh: dict[str, bytes]) -> None:
    # checked out by git with its line ends changed: folded lines, too, are one again
    bare = {path: content.replace(b"\r\n", b"\n") for path, content in zh.items()}
    assert any(b"\n " in content for path, content in bare.items() if path.endswith(".ics"))
    assert _replanned(4, bare, ("K1", "2")) == _replanned(4, zh, ("K1", "2"))


def test_a_child_that_loses_every_week_keeps_a_calendar_of_cancelled_days(zh: dict[str, bytes]) -> None:
    found = events(calendar_of(_replanned(4, zh, ("K1", "1"), ("K1", "2")), "child", "K1"))
    assert [str(e["status"]) for e in found] == ["CANCELLED"] * 6


def test_an_adult_freed_of_a_duty_sees_it_cancelled(zh: dict[str, bytes]) -> None:
    plan = season.plan(revision=4, created=MOVED).with_(duties=())
    after = exported(season.scenario(), plan, season.report(), "zh", season.KEY, earlier=zh.get)
    statuses = [str(e["status"]) for e in events(calendar_of(after, "person", "T1"))]
    assert statuses == ["CANCELLED"] * 6


def test_rehearsals_before_the_first_revision_leave_no_trace(zh: dict[str, bytes]) -> None:
    found = events(calendar_of(_replanned(1, zh, ("K1", "2")), "child", "K1"))
    assert [str(e["status"]) for e in found] == ["CONFIRMED"] * 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe no calendar",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@elsewhere\r\nDTSTART:20160718T010000Z\r\n"
        b"DTEND:20160718T020000Z\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nUID:1@holiday-classes\r\nEND:VEVENT\r\n",
        # another clock, which the new calendar does not state
        b"BEGIN:VEVENT\r\nUID:1@holiday-classes\r\nDTSTART;TZID=Europe/Berlin:20160718T010000\r\n"
        b"DTEND;TZID=Europe/Berlin:20160718T020000\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n",
    ],
)
def test_what_is_no_earlier_calendar_of_ours_is_passed_over(zh: dict[str, bytes], content: bytes) -> None:
    damaged = {path: content for path in zh if path.endswith(".ics")}
    found = events(calendar_of(_replanned(4, damaged), "child", "K1"))
    assert [str(e["status"]) for e in found] == ["CONFIRMED"] * 6


def test_an_event_told_twice_is_cancelled_once_however_long_its_number(zh: dict[str, bytes]) -> None:
    event = (
        b"BEGIN:VEVENT\r\nUID:1@holiday-classes\r\nSEQUENCE:%s\r\nDTSTART:20160718T010000Z\r\n"
        b"DTEND:20160718T020000Z\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
    )
    damaged = {path: event % b"2" + event % (b"9" * 5000) for path in zh if path.endswith(".ics")}
    found = events(calendar_of(_replanned(4, damaged), "child", "K1"))
    assert [
        (str(e["status"]), int(e["sequence"])) for e in found if str(e["uid"]) == "1@holiday-classes"
    ] == [("CANCELLED", 3)]
