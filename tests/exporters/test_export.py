"""The output folder as the contract's section 6 draws it, and what each reader finds there."""

from __future__ import annotations

import json
import re
from datetime import time

import pytest

from scheduler import explainer
from scheduler.domain.demand import gaps as gaps_of
from scheduler.domain.plan import Plan
from scheduler.exporters.keys import token
from scheduler.exporters.layouts.shared import ages, grade_name
from scheduler.exporters.views.public import public_view
from scheduler.exporters.words import Words
from scheduler.locale import Language
from tests import seasons
from tests.exporters import exported, season
from tests.exporters.pages import page_of, read

CHILDREN = ["K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"]
STAFF = ["T1", "T2", "S1", "W1", "W2"]


def test_paths_are_exactly_the_contracts(zh: dict[str, bytes]) -> None:
    def pages(folder: str, kind: str, ids: list[str]) -> set[str]:
        names = [token(season.KEY, "北京2016暑期", kind, id) for id in ids]  # type: ignore[arg-type]
        return {f"publish/{folder}/{name}.{ending}" for name in names for ending in ("html", "ics")}

    assert set(zh) == {
        "private/plan.json",
        "private/report.json",
        "private/coordinator/overview.xlsx",
        "private/coordinator/index.html",
        "private/venues/V1/roster.xlsx",
        "private/venues/V1/index.html",
        "private/venues/V2/roster.xlsx",
        "private/venues/V2/index.html",
        "publish/index.html",
        "publish/draw.json",
        "publish/verify_draw.py",
        *pages("families", "child", CHILDREN),  # withdrawn K9 and K10 without consent have none
        *pages("staff", "person", STAFF),
    }


@pytest.mark.parametrize(
    ("only", "endings"),
    [("excel", {"json", "py", "xlsx"}), ("html", {"json", "py", "html"}), ("ics", {"json", "py", "ics"})],
)
def test_only_some_kinds(only: str, endings: set[str]) -> None:
    files = exported(season.scenario(), season.plan(), season.report(), "en", season.KEY, frozenset({only}))
    assert {path.rpartition(".")[2] for path in files} == endings


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf"):
        exported(season.scenario(), season.plan(), season.report(), "en", season.KEY, frozenset({"pdf"}))


def test_the_same_input_gives_the_same_bytes(zh: dict[str, bytes]) -> None:
    again = exported(season.scenario(), season.plan(), season.report(), "zh", season.KEY)
    assert again == zh


def test_a_plan_that_does_not_say_when_it_was_made_names_no_moment() -> None:
    plan = season.plan(created=None)
    files = exported(season.scenario(), plan, season.report(), "en", season.KEY)
    assert files == exported(season.scenario(), plan, season.report(), "en", season.KEY)
    assert "made" not in page_of(files, "publish/families", "王小明").text


def test_the_plan_is_written_as_it_is(zh: dict[str, bytes]) -> None:
    assert zh["private/plan.json"].decode() == season.plan().to_json()


def test_the_report_counts_hard_violations_and_words_all() -> None:
    files = exported(season.scenario(), season.plan(), season.broken_report(), "zh", season.KEY)
    report = json.loads(files["private/report.json"])
    assert report["hard"] == 1
    (violation,) = report["violations"]
    assert set(violation) == {"rule", "stage", "hard", "amount", "message", "refs"}
    assert violation["rule"] == "class_capacity"
    assert violation["refs"] == ["class:象"]


@pytest.mark.parametrize(("language", "why"), [("zh", "没有人"), ("en", "nobody")])
def test_the_report_says_why_each_post_is_unfilled(language: Language, why: str) -> None:
    # one must gap: nobody on the list is a life teacher
    need = [{"id": "nap", "role": "life", "per_class": 1, "shifts": ["AM"], "strength": "must"}]
    scenario = seasons.tiny(needs=need)
    bare = seasons.plan(placements=seasons.placed("a@C1"))
    plan = bare.with_(gaps=gaps_of(scenario, bare))
    short = explainer.unfilled(scenario, plan)
    files = exported(scenario, plan, season.report(), language, season.KEY, shortfall=short)
    gaps = json.loads(files["private/report.json"])["gaps"]
    assert [(row["class"], row["date"], row["missing"], row["must"]) for row in gaps] == [
        ("C1", "2024-07-15", 1, True),
        ("C1", "2024-07-16", 1, True),
    ]
    assert {row["reason"] for row in gaps} == {"role"}
    assert all(why in row["message"] for row in gaps)
    assert gaps[0]["message"] in read(files["private/coordinator/index.html"]).text


def test_a_broken_plan_says_so_first() -> None:
    files = exported(season.scenario(), season.plan(), season.broken_report(), "en", season.KEY)
    page = read(files["private/coordinator/index.html"])
    assert "Do not publish" in page.text
    assert page.text.index("Do not publish") < page.text.index(
        "Contents" if "Contents" in page.text else "Gaps"
    )


def test_an_empty_plan_of_a_tiny_season_can_be_exported() -> None:
    files = exported(seasons.tiny(), Plan(season="tiny"), season.report(), "en", season.KEY)
    # 3 children and 3 adults with page and calendar, 2 venues, the coordinator, 5 single files
    assert len(files) == 3 * 2 + 3 * 2 + 2 * 2 + 2 + 5


def test_a_plan_with_unknown_ids_can_be_exported() -> None:
    """A spoilt plan is the checker's to report; the exporters show what they are given."""
    spoilt = season.plan(
        placements=[{"child": "nobody", "week": "9", "class": "nowhere", "choice": 1}],
        sessions=[{"class": "nowhere", "date": "2016-07-18", "period": "P9", "course": "x", "teacher": "S1"}],
        duties=[
            {
                "person": "T1",
                "role": "life",
                "class": "nowhere",
                "venue": "V9",
                "date": "2016-07-18",
                "shift": "AM",
            }
        ],
        trips=[{"trip": "x", "date": "2016-07-18", "class": "象"}],
        gaps=[
            {
                "need": "x",
                "class": "nowhere",
                "venue": "V9",
                "date": "2016-07-18",
                "shift": "AM",
                "missing": 1,
            }
        ],
        waitlist=[{"class": "nowhere", "week": "9", "child": "nobody", "position": 1}],
    )
    assert exported(season.scenario(), spoilt, season.report(), "zh", season.KEY)


# ---- a family's page --------------------------------------------------------------------------------


def test_a_family_sees_its_weeks_place_and_phone(zh: dict[str, bytes]) -> None:
    page = page_of(zh, "publish/families", "王小明")
    for text in ("大象班", "小鹿班", "职工服务中心", "虎坊路13号", "陈主任", "010-55550001", "第 3 版"):
        assert text in page.text
    assert any(link.attributes.get("href") == "tel:01055550001" for link in page.all("a"))


def test_a_family_sees_courses_trips_care_and_closed_days(zh: dict[str, bytes]) -> None:
    text = page_of(zh, "publish/families", "王小明").text
    # opera takes two periods: 08:30 to the end of the second
    assert "08:30–10:45 京剧" in text
    assert "外出：自然博物馆" in text
    assert "北京自然博物馆" in text
    assert "午餐" in text
    assert "班级活动" in text
    assert "台风停课" in text


def test_a_closed_afternoon_gives_its_reason(zh: dict[str, bytes]) -> None:
    text = page_of(zh, "publish/families", "孙一").text  # in the deer class, disinfected on the 19th
    assert "14:00–17:30 停课：消毒" in text


def test_a_waiting_family_sees_its_own_position_and_whom_to_phone(zh: dict[str, bytes]) -> None:
    text = page_of(zh, "publish/families", "赵倩").text
    assert "候补 大象班（职工服务中心），第 1 位" in text
    assert "010-55550001" in text


def test_a_family_sees_what_changed_for_its_own_child(zh: dict[str, bytes]) -> None:
    assert "由 大象班 改为 汽车班" in page_of(zh, "publish/families", "李伟 (2009)").text
    assert "与上一版相比" not in page_of(zh, "publish/families", "李伟 (2008)").text


def test_children_of_one_name_are_told_apart_by_birth_year_or_id() -> None:
    twins = [
        {"id": "a", "name": "Li", "birth_date": "2016-01-01"},
        {"id": "b", "name": "Li", "birth_date": "2016-02-01"},
        {"id": "c", "name": "Li", "birth_date": "2015-01-01"},
        {"id": "d", "name": "Mo"},
    ]
    files = exported(seasons.tiny(children=twins), Plan(season="tiny"), season.report(), "en", season.KEY)
    for name in ("Li (a)", "Li (b)", "Li (2015)", "Mo"):
        page_of(files, "publish/families", name)


# ---- the other readers --------------------------------------------------------------------------------


def test_an_adult_sees_own_posts_places_and_hours(zh: dict[str, bytes]) -> None:
    page = page_of(zh, "publish/staff", "宋老师")
    # opera 08:30-10:45 and snuff bottles 14:00-15:00: 2.25 + 1 hours on 2 days
    figures = [item.text for item in page.all("li") if item.text.endswith(("天", "课", "小时"))]
    assert figures == ["2天", "2课", "3:15小时"]
    for text in ("上课：京剧", "多功能厅", "职工服务中心", "上课：鼻烟壶内画", "汽车博物馆", "010-55550002"):
        assert text in page.text
    assert "唐老师" not in page.text


def test_a_duty_with_own_lessons_counts_its_hours_once() -> None:
    sessions = [{"class": "象", "date": "2016-07-18", "period": "P1", "course": "bottle", "teacher": "T1"}]
    files = exported(season.scenario(), season.plan(sessions=sessions), season.report(), "zh", season.KEY)
    # three days of 08:00-12:00 and 14:00-17:30; the lesson lies within the first duty
    assert "22:30小时" in page_of(files, "publish/staff", "唐老师").text.replace(" ", "")


def test_a_joint_session_is_one_session_for_its_teacher() -> None:
    courses = [{"id": "bottle", "name": "内画", "joint": 40}]
    rows = [
        {
            "class": class_,
            "date": "2016-07-18",
            "period": "P1",
            "course": "bottle",
            "teacher": "S1",
            "room": "R3",
        }
        for class_ in ("象", "鹿")
    ]
    scenario = season.scenario(courses=courses)
    files = exported(scenario, season.plan(sessions=rows), season.report(), "zh", season.KEY)
    text = page_of(files, "publish/staff", "宋老师").text
    assert "1课" in text.replace(" ", "")
    assert "大象班、小鹿班" in text or "小鹿班、大象班" in text


def test_the_public_page_tells_places_left_but_no_small_count(zh: dict[str, bytes]) -> None:
    text = read(zh["publish/index.html"]).text
    assert "已满" in text  # the elephants in week 1: 3 of 3
    assert "不足 5" in text  # in week 2: 2 of 3 free
    assert "5 个以上" in text  # 33 free would tell that 2 are placed
    assert not re.search(r"\b33\b", text)
    assert "陈主任" not in text


def test_the_public_page_tells_a_count_that_points_at_nobody() -> None:
    children = [{"id": f"c{i}", "name": f"C{i}"} for i in range(6)]
    classes = [{"id": "C1", "name": "Ant", "venue": "V1", "capacity": 20}]
    scenario = seasons.tiny(children=children, classes=classes)
    plan = seasons.plan(season="tiny", placements=seasons.placed(*(f"c{i}@C1/1" for i in range(6))))
    files = exported(scenario, plan, season.report(), "en", season.KEY)
    cells = [cell.text for cell in read(files["publish/index.html"]).all("td")]
    assert "14" in cells  # 20 - 6


def test_the_coordinator_finds_every_page(zh: dict[str, bytes]) -> None:
    links = {link.attributes["href"] for link in read(zh["private/coordinator/index.html"]).all("a")}
    pages = {path for path in zh if path.startswith("publish/") and path.endswith(".html")} - {
        "publish/index.html"
    }
    assert {f"../../{page}" for page in pages} <= links


def test_gaps_and_waiting_lists_come_before_everything_else(zh: dict[str, bytes]) -> None:
    ids = [
        section.attributes.get("id") for section in read(zh["private/coordinator/index.html"]).all("section")
    ]
    assert ids[:2] == ["gaps", "waiting"]


def test_both_languages_say_the_same_things(zh: dict[str, bytes], en: dict[str, bytes]) -> None:
    assert set(zh) == set(en)
    for path in zh:
        if path.endswith(".html"):
            assert len(read(zh[path]).elements) == len(read(en[path]).elements), path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_that_only_some_seasons_need_are_there(language: Language) -> None:
    """A missing sentence raises KeyError: the rarer ones are asked for here."""
    classes = [
        {"id": f"C{i}", "name": f"C{i}", "venue": "V1", "capacity": 9, **limits}
        for i, limits in enumerate(
            [
                {"min_age": 6},
                {"max_age": 9},
                {"min_age": 7, "max_age": 7},
                {"min_grade": 1, "max_grade": 3},
                {"min_grade": 1},
                {"max_grade": 2},
                {"min_grade": 4, "max_grade": 4},
                {"min_grade": 0, "max_grade": 2},
            ]
        )
    ]
    minor = {"id": "m", "name": "M", "kind": "volunteer", "roles": ["volunteer"], "birth_date": "2010-01-01"}
    staff = [{**minor, "cleared_until": "2030-01-01"}]
    scenario = seasons.tiny(classes=classes, staff=staff)
    plan = seasons.plan(
        season="tiny", policy="seats", ties="draw", open_classes=[{"class": "C3", "week": "1"}]
    )
    for report in (season.report(), season.broken_report()):
        files = exported(scenario, plan, report, language, season.KEY)
        assert len(files) == 3 * 2 + 2 + 2 * 2 + 2 + 5
    changes = [{"kind": kind, "ref": "x:1"} for kind in ("placement", "session", "trip", "duty", "class")]
    assert exported(scenario, plan.with_(changes=changes), season.report(), language, season.KEY)


def test_a_child_with_no_class_to_wait_for_is_told_whom_to_ask() -> None:
    files = exported(seasons.tiny(), Plan(season="tiny"), season.report(), "zh", season.KEY)
    pages = [content for path, content in files.items() if path.startswith("publish/families/")]
    assert any("请与为您报名的单位联系" in page.decode() for page in pages)


def test_shifts_that_follow_at_once_are_one_stretch_for_a_family() -> None:
    # AM ends when PM begins; the night is hours later and stands by itself
    shifts = [
        {"id": "AM", "start": "08:00", "end": "12:00"},
        {"id": "PM", "start": "12:00", "end": "17:00"},
        {"id": "LATE", "start": "18:00", "end": "20:00"},
    ]
    view = public_view(seasons.tiny(shifts=shifts), Plan(season="tiny"))
    assert view.venues[0].classes[0].hours == ((time(8), time(17)), (time(18), time(20)))


def test_the_year_before_school_has_a_name() -> None:
    assert [grade_name(Words("zh"), grade) for grade in (None, 0, 1)] == ["", "学前", "1年级"]
    assert ages(Words("zh"), 0, 2, "grade") == "学前至2年级"
    assert ages(Words("en"), 0, 0, "grade") == "preschool"
