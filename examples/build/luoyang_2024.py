"""`examples/luoyang-2024`: three teachers and three kinds of volunteers in every class (see its README)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from rows import Row, scenario, table, weekdays, write_folder

from scheduler.domain.calendar import age_on
from scheduler.domain.scenario import Scenario
from scheduler.samples.dice import Dice
from scheduler.samples.people import SURNAMES, Gender, adult_name, child_name, phone

FIRST, LAST = date(2024, 7, 15), date(2024, 8, 2)
EMPLOYERS = ("拖拉机厂", "轴承厂", "公交集团", "市第一医院", "环卫所", "龙门旅游公司", "物流园")

CLASSES = table(
    "id name venue room min_age max_age min_children capacity optional",
    ("涧西1", "牡丹班", "涧西", "涧西101", 6, 8, 10, 16, False),
    ("涧西2", "洛神班", "涧西", "涧西102", 9, 12, 10, 16, False),
    ("西工1", "白马班", "西工", "西工201", 6, 12, 10, 18, False),
    ("洛龙1", "龙门班", "洛龙", "洛龙301", 6, 8, 10, 16, False),
    ("洛龙2", "伊水班", "洛龙", "洛龙302", 9, 12, 8, 14, True),
    ("老城1", "丽景班", "老城", "老城101", 6, 12, 10, 16, False),
)
HOMES = {
    "涧西": (34.657, 112.396, 34),
    "西工": (34.668, 112.428, 26),
    "洛龙": (34.619, 112.464, 26),
    "老城": (34.684, 112.478, 18),
}
"""Roughly where each venue's families live, and how many children they enrol."""


def season() -> Scenario:
    """About a hundred children, four venues, six classes, three weeks."""
    children = _children()
    return scenario(
        {
            "season": "2024年洛阳暑期托管班",
            "deadline": "2024-06-28 18:00",
            "max_distance_km": 6,
            "lottery_seed": "20240701",
            "points_missing": "rank",
        },
        days=[*weekdays(FIRST, 3)],
        shifts=table(
            "id start end", ("上午", "08:00", "12:00"), ("中午", "12:00", "14:00"), ("下午", "14:00", "17:30")
        ),
        periods=table(
            "id start end shift kind",
            ("入园", "08:00", "08:40", "上午", "care"),
            ("第1节", "08:40", "09:30", "上午", "course"),
            ("第2节", "09:50", "10:40", "上午", "course"),
            ("户外", "10:50", "11:40", "上午", "care"),
            ("午餐", "12:00", "12:40", "中午", "care"),
            ("午休", "12:40", "14:00", "中午", "care"),
            ("第3节", "14:20", "15:10", "下午", "course"),
            ("第4节", "15:20", "16:10", "下午", "course"),
            ("离园", "16:10", "17:30", "下午", "care"),
        ),
        venues=_venues(),
        rooms=[
            *({"id": c["room"], "venue": c["venue"], "name": c["room"][2:], "capacity": 20} for c in CLASSES),
            {"id": "涧西礼堂", "venue": "涧西", "name": "礼堂", "capacity": 60, "features": ("舞台",)},
            {"id": "洛龙活动室", "venue": "洛龙", "name": "活动室", "capacity": 40, "features": ("舞台",)},
        ],
        classes=CLASSES,
        priorities=table(
            "id name rank",
            ("单亲", "单亲家庭", 1),
            ("困难", "困难职工家庭", 1),
            ("农民工", "农民工子女", 2),
            ("一般", "其他职工家庭", 3),
        ),
        children=children,
        points=_points(children),
        courses=_courses(),
        trips=table(
            "id name destination dates shifts children_per_day buses seats_per_bus children_per_adult",
            ("博物馆", "洛阳博物馆", "洛阳博物馆", ("2024-07-24", "2024-07-31"), ("上午",), 70, 3, 45, 10),
        ),
        staff=_staff(),
        availability=_availability(),
        needs=_needs(),
        closures=table(
            "venue room from_ to shifts reason",
            ("老城", None, "2024-07-26", "2024-07-26", ("下午",), "街道会议占用"),
            ("涧西", "涧西礼堂", "2024-07-22", "2024-07-23", (), "舞台灯光检修"),
        ),
        locks=_locks(children),
    )


def _venues() -> list[Row]:
    return table(
        "id name mode operator district latitude longitude capacity contact phone reserved_for",
        ("涧西", "涧西区职工文化宫", "joint", "涧西区总工会", "涧西区", 34.6577, 112.3957, 32, "贾秀兰",
         "0379-00000001", ("拖拉机厂",)),
        ("西工", "西工区街道假期班", "community", "西工区总工会", "西工区", 34.6690, 112.4280, 18, "万海波",
         "0379-00000002", ()),
        ("洛龙", "洛龙区职工服务中心", "joint", "洛龙区总工会", "洛龙区", 34.6190, 112.4640, 30, "邵敏",
         "0379-00000003", ()),
        ("老城", "公交集团职工之家", "employer", "公交集团", "老城区", 34.6836, 112.4776, 16, "龙建国",
         "0379-00000004", ("公交集团",)),
    )  # fmt: skip


def _children() -> list[Row]:
    """Families of each venue in turn; the story's own rows are set by hand afterwards."""
    dice = Dice(2024, "luoyang children")
    rows: list[Row] = []
    numbers = count(1)
    for venue, (latitude, longitude, number) in HOMES.items():
        until = len(rows) + number
        while len(rows) < until:
            twins = 2 if dice.chance(0.12) and len(rows) + 1 < until else 1
            rows += _family(dice, venue, latitude, longitude, [next(numbers) for _ in range(twins)])
    return _told(rows)


def _family(dice: Dice, venue: str, latitude: float, longitude: float, numbers: list[int]) -> list[Row]:
    surname = dice.pick(SURNAMES)
    others = [name for name in HOMES if name != venue]
    submitted = date(2024, 6, 10) + timedelta(days=dice.whole(0, 17))
    shared: Row = {
        "employer": (dice.pick(EMPLOYERS),),
        "priority": dice.weighted((("单亲", 0.08), ("困难", 0.07), ("农民工", 0.25), ("一般", 0.6))),
        "choices": (venue, *dice.some(others, dice.whole(0, 2))),
        "stay": "whole" if dice.chance(0.08) else "weeks" if dice.chance(0.06) else "steady",
        "guardian": adult_name(dice, dice.chance(0.6), surname),
        "phone": phone(numbers[0]),
        "pickup": dice.pick(("奶奶", "爷爷", "外婆", "母亲", "父亲")),
        "latitude": round(latitude + dice.around(0, 0.012), 4),
        "longitude": round(longitude + dice.around(0, 0.014), 4),
        "submitted_at": f"{submitted} {dice.whole(8, 17):02}:{dice.whole(0, 59):02}",
    }
    if len(numbers) > 1:
        shared |= {"family": f"{surname}家{numbers[0]}", "siblings": "must" if dice.chance(0.6) else "prefer"}
    elif dice.chance(0.12):
        shared["weeks"] = dice.pick((("1",), ("1", "2"), ("2", "3")))
    return [_child(dice, shared, surname, number) for number in numbers]


def _child(dice: Dice, shared: Row, surname: str, number: int) -> Row:
    gender: Gender = "girl" if dice.chance(0.5) else "boy"
    birth = FIRST.replace(year=FIRST.year - dice.whole(6, 12)) - timedelta(days=dice.whole(1, 360))
    return {
        "id": f"LY{number:03}",
        "name": child_name(dice, gender, surname),
        "gender": gender,
        "birth_date": birth,
        "grade": min(6, age_on(birth, FIRST) - 6),
        "interests": tuple(dice.some(("豫剧", "唐三彩", "剪纸", "机器人", "情景剧"), dice.whole(0, 2))),
        "allergies": dice.pick(("花生", "海鲜", "牛奶")) if dice.chance(0.05) else "",
        **shared,
    }


def _told(rows: list[Row]) -> list[Row]:
    """What the README tells of: an aide, friends, two to be kept apart, a late one."""
    plain = [row for row in rows if "family" not in row and "weeks" not in row]
    a, b, c, d, e, late = plain[0], plain[1], plain[2], plain[5], plain[8], plain[20]
    a["friends"], b["friends"] = (b["id"],), (a["id"],)
    c["apart"] = (d["id"],)
    e |= {"needs": ("aide",), "medical": "听力障碍，需有人陪同", "stay": "whole"}
    late["submitted_at"] = "2024-07-03 09:12"
    return rows


def _points(children: list[Row]) -> list[Row]:
    """The Xigong venue has its own order: points for years of service, for all who name it."""
    dice = Dice(2024, "luoyang points")
    return [
        {"child": row["id"], "venue": "西工", "points": dice.whole(20, 99)}
        for row in children
        if "西工" in row["choices"]
    ]


def _courses() -> list[Row]:
    return table(
        "id name min_per_week max_per_week max_per_season length room_feature kits joint teacher energy"
        " after",
        ("阅读", "经典阅读", 2, 5, None, 1, None, None, None, False, "quiet", None),
        ("户外", "户外游戏", 2, 5, None, 1, None, None, None, False, "active", None),
        ("作业", "作业辅导", 2, 5, None, 1, None, None, None, False, "quiet", None),
        ("豫剧", "豫剧", 0, 2, None, 1, "舞台", None, 40, True, "active", None),
        ("唐三彩", "唐三彩彩绘", 0, 1, None, 2, None, 2, None, True, "quiet", None),
        ("剪纸", "剪纸", 1, 2, None, 1, None, None, None, True, "quiet", None),
        ("机器人", "机器人", 0, 2, 4, 1, None, 1, None, True, "quiet", None),
        ("情景剧", "情景剧与角色扮演", 1, 2, None, 1, None, None, None, True, "active", None),
        ("安全", "安全自护", 0, 1, 2, 1, None, None, 40, True, "quiet", None),
        ("急救", "急救小课堂", 0, 1, 1, 1, None, 2, None, True, "active", "安全"),
    )


def _staff() -> list[Row]:
    """For each class a homeroom and a life teacher and three volunteers; specialists travel."""
    dice = Dice(2024, "luoyang staff")
    rows: list[Row] = []
    for number, class_ in enumerate(CLASSES, 1):
        posts = (
            ("T", "teacher", "homeroom", None),
            ("L", "teacher", "life", None),
            ("X", "volunteer", "volunteer", "student"),
            ("M", "volunteer", "volunteer", "model_worker"),
            ("R", "volunteer", "volunteer", "community"),
        )
        for letter, kind, role, type_ in posts:
            rows.append(
                {
                    "id": f"{letter}{number:02}",
                    "name": adult_name(dice, dice.chance(0.7)),
                    "kind": kind,
                    "roles": (role,),
                    "venues": (class_["venue"],),
                    "cleared_until": "2025-06-30",
                    "volunteer_type": type_,
                    "qualifications": ("first_aid",) if letter in "TM" and number % 2 else (),
                    "birth_date": "2004-03-12" if letter == "X" else None,
                    "fee_per_shift": 80 if kind == "teacher" else None,
                }
            )
    taught = (
        ("豫剧",),
        ("唐三彩", "剪纸"),
        ("剪纸",),
        ("机器人",),
        ("情景剧",),
        ("情景剧", "豫剧"),
        ("安全", "急救"),
    )
    for number, courses in enumerate(taught, 1):
        rows.append(
            {
                "id": f"S{number:02}",
                "name": adult_name(dice, dice.chance(0.6)),
                "kind": "teacher",
                "roles": ("specialist",),
                "courses": courses,
                "provider": "洛阳青少年社工站" if number % 2 else "河洛文化传习所",
                "max_sessions_per_day": 4,
                "cleared_until": "2025-06-30",
                "fee_per_session": 180,
            }
        )
    return rows


def _availability() -> list[Row]:
    """Students come every day, model workers on Tuesdays and Thursdays, neighbours on the other days."""
    days = {"X": (), "M": (2, 4), "R": (1, 3, 5)}
    rows = [
        {"person": f"{letter}{number:02}", "from_": FIRST, "to": LAST, "weekdays": weekdays_, "status": "yes"}
        for number in range(1, len(CLASSES) + 1)
        for letter, weekdays_ in days.items()
    ]
    # the White Horse class's student sits examinations for two days
    rows += table(
        "person from_ to status",
        ("X03", "2024-07-18", "2024-07-19", "no"),
        ("S04", "2024-07-15", "2024-07-16", "no"),
        ("T02", "2024-07-29", "2024-07-29", "no"),
    )
    return rows


def _needs() -> list[Row]:
    return table(
        "id role setting shifts per_class children_per_adult qualification strength",
        ("班主任", "homeroom", "class", (), 1, None, None, "must"),
        ("生活老师", "life", "class", ("中午",), 1, None, None, "must"),
        ("志愿者", "volunteer", "class", ("上午", "下午"), 1, None, None, "soft"),
        ("师生比", None, "class", ("上午", "下午"), None, 8, None, "soft"),
        ("外出领队", "homeroom", "trip", (), 1, None, None, "must"),
    )


def _locks(children: list[Row]) -> list[Row]:
    """Decisions made by hand: a place, a class's own teacher, a course's first day, a day without one."""
    promised = next(
        row["id"]
        for row in children
        if row["choices"][0] == "老城"
        and "family" not in row
        and "weeks" not in row
        and row["stay"] == "steady"
    )
    return table(
        "id kind child person class_ date shift period course role reason owner",
        ("D1", "place", promised, None, "老城1", *[None] * 5, "家访时已答应", "邵敏"),
        ("D2", "no_duty", None, "T03", "西工1", "2024-07-30", "下午", *[None] * 3, "参加培训", "万海波"),
        ("D3", "session", *[None] * 2, "涧西1", "2024-07-17", None, "第1节", "安全", None, "首课", "贾秀兰"),
        ("D4", "no_session", *[None] * 3, "2024-08-02", None, "第4节", None, None, "结业汇报演出", "邵敏"),
        ("D5", "duty", None, "M01", "涧西1", "2024-07-16", "上午", None, None, "volunteer", "讲堂", "贾秀兰"),
    )  # fmt: skip


def write() -> None:
    """Write the example."""
    write_folder(season(), "luoyang-2024")
