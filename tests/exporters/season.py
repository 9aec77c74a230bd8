"""A hand-made season with something of everything, and a hand-made plan for it."""

from __future__ import annotations

from typing import Any

from scheduler.domain.plan import Plan, Score
from scheduler.domain.scenario import Scenario
from scheduler.rules import Violation
from scheduler.rules.report import Finding, Report
from tests.seasons import season

KEY = bytes(range(32))

# what must never be seen under publish/, nor on another family's page
ALLERGY, MEDICAL = "花生过敏canary", "哮喘canary"
PHONES = [f"1390000000{i}" for i in range(1, 10)]

_CHILDREN: list[dict[str, Any]] = [
    # two siblings who must be together, the elder with an allergy
    {
        "id": "K1",
        "name": "王小明",
        "birth_date": "2008-03-05",
        "family": "F1",
        "siblings": "must",
        "choices": ["象", "鹿"],
        "priority": "single",
        "allergies": ALLERGY,
        "phone": PHONES[0],
        "gender": "boy",
        "guardian": "王强",
        "pickup": "王强、外婆",
        "employer": ["一厂"],
    },
    {
        "id": "K2",
        "name": "王小红",
        "birth_date": "2009-05-06",
        "family": "F1",
        "siblings": "must",
        "choices": ["象", "鹿"],
        "phone": PHONES[1],
        "gender": "girl",
        "guardian": "王强",
        "medical": MEDICAL,
    },
    # two children of one name
    {
        "id": "K3",
        "name": "李伟",
        "birth_date": "2008-01-01",
        "choices": ["象"],
        "phone": PHONES[2],
        "guardian": "李军",
    },
    {"id": "K4", "name": "李伟", "birth_date": "2009-01-01", "choices": ["象", "V2"], "phone": PHONES[3]},
    # one who waits for everything, one who needs an aide, one who comes for the second week alone
    {"id": "K5", "name": "赵倩", "birth_date": "2008-07-07", "choices": ["象"], "phone": PHONES[4]},
    {"id": "K6", "name": "孙一", "birth_date": "2009-08-08", "needs": ["aide"], "phone": PHONES[5]},
    {
        "id": "K7",
        "name": "周小鱼",
        "birth_date": "2008-09-09",
        "weeks": ["2"],
        "choices": ["V2"],
        "phone": PHONES[6],
    },
    {
        "id": "K8",
        "name": "吴三",
        "birth_date": "2009-10-10",
        "choices": ["V2"],
        "phone": PHONES[7],
        "stay": "weeks",
    },
    # listed, never processed
    {"id": "K9", "name": "郑退出", "status": "withdrawn", "phone": PHONES[8]},
    {"id": "K10", "name": "冯未同意", "consent": False},
]


def scenario(**tables: Any) -> Scenario:  # noqa: ANN401 - rows of any table
    """Two weeks (three days, two days and a holiday), two venues, three classes, ten children."""
    cleared = {"cleared_until": "2030-01-01"}
    parts: dict[str, Any] = {
        "days": [
            {"date": "2016-07-18", "week": "1"},
            {"date": "2016-07-19", "week": "1"},
            {"date": "2016-07-20", "week": "1"},
            {"date": "2016-07-25", "week": "2"},
            {"date": "2016-07-26", "week": "2", "open": False, "note": "台风停课"},
            {"date": "2016-07-27", "week": "2"},
        ],
        "shifts": [
            {"id": "AM", "start": "08:00", "end": "12:00"},
            {"id": "PM", "start": "14:00", "end": "17:30"},
        ],
        "periods": [
            {"id": "P1", "start": "08:30", "end": "09:30", "shift": "AM"},
            {"id": "P2", "start": "09:45", "end": "10:45", "shift": "AM"},
            {"id": "午餐", "start": "11:00", "end": "12:00", "shift": "AM", "kind": "care"},
            {"id": "P3", "start": "14:00", "end": "15:00", "shift": "PM"},
            {"id": "P4", "start": "15:15", "end": "16:15", "shift": "PM"},
            {"id": "接送", "start": "16:30", "end": "17:30", "shift": "PM", "kind": "care"},
        ],
        "venues": [
            {
                "id": "V1",
                "name": "职工服务中心",
                "mode": "joint",
                "address": "虎坊路13号",
                "contact": "陈主任",
                "phone": "010-55550001",
                "district": "西城区",
                "operator": "市总工会服务中心",
                "latitude": 39.88,
                "longitude": 116.38,
            },
            {
                "id": "V2",
                "name": "汽车博物馆",
                "mode": "employer",
                "address": "南四环西路126号",
                "phone": "010-55550002",
                "only_for": [],
                "latitude": 39.83,
                "longitude": 116.29,
            },
        ],
        "rooms": [
            {"id": "R1", "venue": "V1", "name": "一号教室", "capacity": 30},
            {"id": "R2", "venue": "V1", "name": "二号教室", "capacity": 30},
            {"id": "R3", "venue": "V1", "name": "多功能厅", "features": ["舞台"]},
            {"id": "R4", "venue": "V2", "name": "培训室", "capacity": 35},
        ],
        "classes": [
            {
                "id": "象",
                "name": "大象班",
                "venue": "V1",
                "room": "R1",
                "capacity": 3,
                "min_age": 6,
                "max_age": 9,
            },
            {"id": "鹿", "name": "小鹿班", "venue": "V1", "room": "R2", "capacity": 10, "min_children": 5},
            {"id": "车", "name": "汽车班", "venue": "V2", "room": "R4", "capacity": 35},
        ],
        "priorities": [
            {"id": "single", "name": "单亲", "rank": 1},
            {"id": "other", "name": "其他", "rank": 2},
        ],
        "children": _CHILDREN,
        "courses": [
            {"id": "opera", "name": "京剧", "length": 2, "room_feature": "舞台", "energy": "quiet"},
            {"id": "bottle", "name": "鼻烟壶内画", "energy": "quiet"},
            {"id": "ball", "name": "球类", "teacher": False, "energy": "active"},
        ],
        "trips": [
            {
                "id": "museum",
                "name": "自然博物馆",
                "destination": "北京自然博物馆",
                "dates": ["2016-07-20"],
                "shifts": ["AM", "PM"],
                "buses": 1,
                "seats_per_bus": 20,
                "children_per_adult": 2,
            },
        ],
        "staff": [
            {
                "id": "T1",
                "name": "唐老师",
                "kind": "teacher",
                "roles": ["homeroom"],
                "fee_per_shift": 150,
                **cleared,
            },
            {"id": "T2", "name": "田老师", "kind": "teacher", "roles": ["homeroom", "life"], **cleared},
            {
                "id": "S1",
                "name": "宋老师",
                "kind": "teacher",
                "roles": ["specialist"],
                "courses": ["opera", "bottle"],
                "provider": "曙光社工",
                "fee_per_session": 300,
                **cleared,
            },
            {
                "id": "W1",
                "name": "吴志愿",
                "kind": "volunteer",
                "roles": ["volunteer"],
                "min_days": 5,
                "volunteer_type": "student",
                **cleared,
            },
            {"id": "W2", "name": "未核查", "kind": "volunteer", "roles": ["volunteer"]},
        ],
        "availability": [
            {"person": "W1", "from_": "2016-07-18", "to": "2016-07-22", "shifts": ["AM"], "status": "yes"},
        ],
        "needs": [
            {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
            {"id": "hands", "role": "volunteer", "per_class": 1},
            {"id": "aidkit", "qualification": "急救", "shifts": ["AM"]},
        ],
        "closures": [
            {"class_": "鹿", "from_": "2016-07-19", "to": "2016-07-19", "shifts": ["PM"], "reason": "消毒"},
        ],
    }
    return season({"season": "北京2016暑期"}, **{**parts, **tables})


def plan(**changes: Any) -> Plan:  # noqa: ANN401 - any part of a plan
    """Where everybody is: 象 is full in week 1, K5 waits for it in both weeks."""
    seats = [
        ("K1", "1", "象", 1),
        ("K2", "1", "象", 1),
        ("K3", "1", "象", 1),
        ("K4", "1", "车", 2),
        ("K6", "1", "鹿", 0),
        ("K8", "1", "车", 1),
        ("K1", "2", "鹿", 2),
        ("K2", "2", "鹿", 2),
        ("K3", "2", "象", 1),
        ("K7", "2", "车", 1),
    ]
    opera = {"course": "opera", "teacher": "S1", "room": "R3", "period": "P1"}
    week_1 = ["2016-07-18", "2016-07-19", "2016-07-20"]
    parts: dict[str, Any] = {
        "season": "北京2016暑期",
        "created": "2016-07-10T18:20:00+08:00",
        "program": "0.1.0",
        "revision": 3,
        "open_classes": [{"class": c, "week": w} for c in ("象", "鹿", "车") for w in ("1", "2")],
        "placements": [{"child": a, "week": w, "class": c, "choice": n} for a, w, c, n in seats],
        "waitlist": [
            {"class": "象", "week": "1", "child": "K5", "position": 1},
            {"class": "象", "week": "1", "child": "K4", "position": 2},
            {"class": "象", "week": "2", "child": "K5", "position": 1},
        ],
        "envy": [{"child": "K4", "week": "2", "class": "车", "reason": "兄弟姐妹须同去"}],
        "sessions": [
            {"class": "象", "date": "2016-07-18", **opera},
            {"class": "车", "date": "2016-07-19", "period": "P3", "course": "bottle", "teacher": "S1"},
            {"class": "象", "date": "2016-07-19", "period": "P4", "course": "ball"},
        ],
        "trips": [
            {
                "trip": "museum",
                "date": "2016-07-20",
                "class": "象",
                "seating": [{"bus": 1, "children": 3, "adults": 2}],
            },
        ],
        "duties": [
            *(
                {"person": "T1", "role": "homeroom", "class": "象", "venue": "V1", "date": d, "shift": s}
                for d in week_1
                for s in ("AM", "PM")
            ),
            *(
                {"person": "W1", "role": "volunteer", "class": "象", "venue": "V1", "date": d, "shift": "AM"}
                for d in week_1
            ),
            {
                "person": "T2",
                "role": "site",
                "class": None,
                "venue": "V2",
                "date": "2016-07-18",
                "shift": "AM",
            },
        ],
        "gaps": [
            {"need": "lead", "class": "鹿", "venue": "V1", "date": "2016-07-18", "shift": "AM", "missing": 1},
            {
                "need": "hands",
                "class": "鹿",
                "venue": "V1",
                "date": "2016-07-18",
                "shift": "AM",
                "missing": 1,
            },
            {"need": "aide", "class": "鹿", "venue": "V1", "date": "2016-07-18", "shift": "AM", "missing": 1},
            {
                "need": "aidkit",
                "class": "车",
                "venue": "V2",
                "date": "2016-07-18",
                "shift": "AM",
                "missing": 1,
            },
            {
                "need": "trip:museum",
                "class": "象",
                "venue": "V1",
                "date": "2016-07-20",
                "shift": "PM",
                "missing": 1,
            },
        ],
        "stages": [
            {
                "name": "placement",
                "status": "optimal",
                "seconds": 1.25,
                "levels": [
                    {"name": "claims", "value": 1, "bound": 1, "gap": 0},
                    {"name": "rank_1", "value": 2, "bound": 2, "gap": 0},
                ],
            },
            {
                "name": "timetable",
                "status": "feasible",
                "seconds": 3.5,
                "levels": [{"name": "soft", "value": 12.5, "bound": 12, "gap": 0.04}],
            },
            {"name": "staffing", "status": "stopped", "seconds": None, "levels": []},
        ],
        "changes": [{"kind": "placement", "ref": "child:K4", "from": "象", "to": "车", "reason": "名额"}],
        "score": {"friends_together": {"amount": 2, "cost": 4.0}},
        **changes,
    }
    return Plan(**parts)


def report() -> Report:
    """One soft finding, nothing broken."""
    found = Violation("friends_together", 2, "broken", {"child": "K3", "week": "1"}, ("child:K3",))
    return Report(
        (Finding(found, "placement", hard=False, cost=4.0),), {"friends_together": Score(amount=2, cost=4.0)}
    )


def broken_report() -> Report:
    """One hard finding."""
    seats = {"week": "1", "class_": "象", "children": 4, "seats": 3}
    found = Violation("class_capacity", 1, "broken", seats, ("class:象",))
    return Report((Finding(found, "placement", hard=True),))
