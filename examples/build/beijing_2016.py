"""`examples/beijing-2016`: a coordinator's workbook of summer 2016 (see its README).

People are invented; places, class sizes, courses and dates are those the unions reported.
"""

from __future__ import annotations

from datetime import date

from beijing_2016_children import children
from beijing_2016_staff import availability, staff
from rows import EXAMPLES, Row, scenario, table, weekdays

from scheduler.domain.book import Book, Sheet
from scheduler.domain.scenario import Scenario
from scheduler.exporters.guide import guided_workbook
from scheduler.exporters.tables import book_of

FIRST = date(2016, 7, 18)


def season() -> Scenario:
    """The service centre, the Automobile Museum and a street's class, 18 July to 12 August 2016."""
    return scenario(
        {
            "season": "2016年北京暑期托管班",
            "deadline": "2016-06-30 18:00",
            "lottery_seed": "20160701",
            "max_distance_km": 6,
        },
        days=_days(),
        shifts=table("id start end", ("上午", "08:00", "12:30"), ("下午", "12:30", "17:30")),
        periods=table(
            "id start end shift kind",
            ("入园", "08:00", "08:45", "上午", "care"),
            ("第1节", "08:45", "09:35", "上午", "course"),
            ("第2节", "09:50", "10:40", "上午", "course"),
            ("户外", "10:50", "11:30", "上午", "care"),
            ("午餐", "11:30", "12:30", "上午", "care"),
            ("午休", "12:30", "14:15", "下午", "care"),
            ("第3节", "14:30", "15:20", "下午", "course"),
            ("自由活动", "15:20", "16:10", "下午", "care"),
            ("离园", "16:10", "17:30", "下午", "care"),
        ),
        venues=_venues(),
        rooms=_rooms(),
        classes=_classes(),
        priorities=table(
            "id name rank",
            ("单亲", "单亲家庭", 1),
            ("困难", "困难职工家庭", 1),
            ("务工", "外来务工人员家庭", 2),
            ("其他", "其他职工家庭", 3),
        ),
        children=children(),
        courses=_courses(),
        trips=_trips(),
        staff=staff(),
        availability=availability(),
        needs=_needs(),
    )


def _days() -> list[Row]:
    rows = weekdays(FIRST, 4)
    rows[0]["note"] = "开班式"
    rows[-1]["note"] = "结业汇报"
    return rows


def _venues() -> list[Row]:
    """Coordinates are those of the neighbourhood; the museum takes in its own employees' children only."""
    return table(
        "id name mode operator district address latitude longitude capacity contact phone only_for",
        ("中心", "职工服务中心", "joint", "北京市职工服务中心", "西城区", None, 39.8862, 116.3841, 88,
         "田颖", "010-00000101", ()),
        ("汽博", "北京汽车博物馆", "employer", "北京汽车博物馆", "丰台区", "南四环西路126号", 39.8283,
         116.3006, 35, "姚建新", "010-00000102", ("北京汽车博物馆",)),
        ("丰台", "丰台街道职工之家", "community", "丰台街道总工会", "丰台区", None, 39.8581, 116.2872, 28,
         "孔桂兰", "010-00000103", ()),
    )  # fmt: skip


def _rooms() -> list[Row]:
    return table(
        "id venue name capacity features",
        ("中心201", "中心", "201室", 30, ()),
        ("中心202", "中心", "202室", 32, ()),
        ("中心203", "中心", "203室", 32, ()),
        ("中心礼堂", "中心", "礼堂", 120, ("舞台",)),
        ("汽博教室", "汽博", "教育活动室", 40, ("展厅",)),
        ("丰台教室", "丰台", "多功能室", 32, ("舞台",)),
    )


def _classes() -> list[Row]:
    return table(
        "id name venue room min_age max_age min_children capacity",
        ("中心一班", "大象班", "中心", "中心201", 6, 7, 15, 28),
        ("中心二班", "长颈鹿班", "中心", "中心202", 8, 9, 15, 30),
        ("中心三班", "海豚班", "中心", "中心203", 10, 12, 15, 30),
        ("汽博一班", "小车迷班", "汽博", "汽博教室", 6, 12, 15, 35),
        ("丰台一班", "向日葵班", "丰台", "丰台教室", 6, 12, 10, 28),
    )


def _courses() -> list[Row]:
    """Each venue's teachers bring their own; reading, games and homework need nobody but who is on duty."""
    return table(
        "id name min_per_week max_per_week length room_feature teacher energy provider",
        ("京剧", "京剧", 0, 2, 1, "舞台", True, "active", "梨园小社"),
        ("鼻烟壶", "内画鼻烟壶", 0, 1, 2, None, True, "quiet", "内画工坊"),
        ("心理", "儿童心理", 0, 1, 1, None, True, "quiet", "阳光社工"),
        ("手工", "手工", 0, 2, 1, None, True, "quiet", "内画工坊"),
        ("模型", "建筑模型", 0, 1, 2, None, True, "quiet", "小小建筑师"),
        ("汽车", "汽车科普", 0, 3, 1, "展厅", True, "active", "北京汽车博物馆"),
        ("国情", "国情教育", 0, 2, 1, None, True, "quiet", "北京汽车博物馆"),
        ("讲解员", "小小讲解员", 0, 3, 1, "展厅", True, "active", "北京汽车博物馆"),
        ("阅读", "阅读", 1, 3, 1, None, False, "quiet", None),
        ("游戏", "集体游戏", 1, 3, 1, None, False, "active", None),
        ("作业", "暑假作业", 1, 3, 1, None, False, "quiet", None),
    )


def _trips() -> list[Row]:
    """Three trips, each on two days: three buses carry the centre on one and the others on the other."""
    return table(
        "id name destination dates shifts buses seats_per_bus children_per_adult",
        ("科技馆", "参观科技馆", "中国科学技术馆", ("2016-07-21", "2016-07-28"), ("上午",), 3, 45, 12),
        ("首博", "参观首都博物馆", "首都博物馆", ("2016-07-26", "2016-08-02"), ("上午",), 3, 45, 12),
        ("植物园", "游北京植物园", "北京植物园", ("2016-08-05", "2016-08-09"), ("上午", "下午"), 3, 45, 12),
    )


def _needs() -> list[Row]:
    return table(
        "id role setting per_class children_per_adult strength",
        ("班主任", "homeroom", "class", 1, None, "must"),
        ("志愿者", "volunteer", "class", 2, None, "must"),
        ("师生比", None, "class", None, 15, "soft"),
        ("外出领队", "homeroom", "trip", 1, None, "must"),
        ("外出志愿者", "volunteer", "trip", 2, None, "must"),
    )


def _with_names(book: Book, season: Scenario) -> Book:
    """Choices by name, as families write them; a unique name is as good as an id."""
    names = {row.id: row.name for row in (*season.venues, *season.classes)}

    def worded(sheet: Sheet) -> Sheet:
        if "志愿" not in sheet.header:
            return sheet
        at = sheet.header.index("志愿")
        rows = []
        for number, cells in sheet.rows:
            chosen = ";".join(names[id] for id in str(cells[at] or "").split(";") if id)
            rows.append((number, (*cells[:at], chosen or None, *cells[at + 1 :])))
        return Sheet(sheet.name, sheet.file, sheet.header, tuple(rows), sheet.header_row)

    return Book(book.path, tuple(worded(sheet) for sheet in book.sheets))


def write() -> None:
    """Write the example."""
    folder = EXAMPLES / "beijing-2016"
    folder.mkdir(exist_ok=True)
    given = season()
    book = _with_names(book_of(given, "zh"), given)
    (folder / "beijing-2016.xlsx").write_bytes(guided_workbook("zh", book))
