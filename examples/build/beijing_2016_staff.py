"""The adults of `examples/beijing-2016`: just enough of them, but for one afternoon."""

from __future__ import annotations

from datetime import date

from rows import Row, table

from scheduler.samples.dice import Dice
from scheduler.samples.people import adult_name

FIRST, LAST = date(2016, 7, 18), date(2016, 8, 12)
CLEARED = date(2017, 6, 30)

# Each class asks for two volunteers in both shifts of a day: six a day at the centre, so thirty days a week.
# Fifteen volunteers with two fixed weekdays each make thirty, six on every day; each line of five covers
# every weekday twice, so it can stay with one class all summer. Every post can be filled but one: on
# Wednesday 3 August one of the six has an examination in the afternoon.
CENTRE_DAYS = (
    (1, 2), (2, 3), (3, 4), (4, 5), (1, 5),
    (1, 3), (3, 5), (2, 5), (2, 4), (1, 4),
    (1, 3), (1, 3), (2, 4), (2, 5), (4, 5),
)  # fmt: skip
AWAY = ("V07", date(2016, 8, 3), "下午")

# Ten of the museum's employees on one day each, five neighbours of the street on two: two a day.
MUSEUM_DAYS = ((1,), (1,), (2,), (2,), (3,), (3,), (4,), (4,), (5,), (5,))
STREET_DAYS = ((1, 2), (2, 3), (3, 4), (4, 5), (1, 5))

SPECIALISTS = table(
    "id courses venues provider days_off",
    ("S01", ("京剧",), ("中心", "丰台"), "梨园小社", (1,)),
    ("S02", ("鼻烟壶", "手工"), ("中心", "丰台"), "内画工坊", (5,)),
    ("S03", ("心理",), ("中心", "丰台"), "阳光社工", ()),
    ("S04", ("模型",), ("中心", "丰台"), "小小建筑师", (2,)),
    ("S05", ("手工",), ("中心", "丰台"), "内画工坊", ()),
    ("S06", ("汽车",), ("汽博",), "北京汽车博物馆", ()),
    ("S07", ("国情",), ("汽博",), "北京汽车博物馆", ()),
    ("S08", ("讲解员",), ("汽博",), "北京汽车博物馆", ()),
)
HOMEROOMS = table(
    "id venues",
    ("T01", ("中心",)),
    ("T02", ("中心",)),
    ("T03", ("中心",)),
    ("T04", ("汽博",)),
    ("T05", ("丰台",)),
)
TYPES = ("student", "student", "model_worker", "community", "employee")
PARENTS = {"V05": ("K034",), "V10": ("K066",), "V14": ("K003",)}
"""Volunteers of the centre whose own child attends it: never on duty in that child's class."""


def staff() -> list[Row]:
    """Teachers, specialists and volunteers; two more who are not scheduled, and say why."""
    dice = Dice(2016, "beijing staff")
    homeroom = {"kind": "teacher", "roles": ("homeroom",), "provider": "市总工会服务中心"}
    rows: list[Row] = [{**row, **homeroom} for row in HOMEROOMS]
    for row in SPECIALISTS:
        given = {key: value for key, value in row.items() if key != "days_off"}
        rows.append({**given, "kind": "teacher", "roles": ("specialist",), "max_sessions_per_day": 4})
    rows += [
        _volunteer(f"V{number:02}", "中心", TYPES[number % len(TYPES)], "")
        for number in range(1, len(CENTRE_DAYS) + 1)
    ]
    rows += [
        _volunteer(f"Q{number:02}", "汽博", "employee", "北京汽车博物馆")
        for number in range(1, len(MUSEUM_DAYS) + 1)
    ]
    rows += [
        _volunteer(f"F{number:02}", "丰台", "community", "") for number in range(1, len(STREET_DAYS) + 1)
    ]
    for row in rows:
        woman = dice.chance(0.6)
        row |= {
            "name": adult_name(dice, woman),
            "gender": "female" if woman else "male",
            "cleared_until": CLEARED,
            "qualifications": ("first_aid",) if dice.chance(0.3) else (),
        }
    return [*rows, *_not_scheduled()]


def _volunteer(id: str, venue: str, type_: str, employer: str) -> Row:
    return {
        "id": id,
        "venues": (venue,),
        "kind": "volunteer",
        "roles": ("volunteer",),
        "volunteer_type": type_,
        "employer": employer,
        "own_children": PARENTS.get(id, ()),
    }


def _not_scheduled() -> list[Row]:
    """A pupil of 16, who may help but never counts, and one whose background check has not come back."""
    return table(
        "id name kind roles venues volunteer_type birth_date cleared_until",
        ("V16", "史一诺", "volunteer", ("volunteer",), ("中心",), "student", date(2000, 2, 11), CLEARED),
        ("F06", "熊桂英", "volunteer", ("volunteer",), ("丰台",), "community", date(1958, 10, 3), None),
    )


def availability() -> list[Row]:
    """Fixed weekdays, and one examination."""
    rows: list[Row] = []
    for letter, all_days in (("V", CENTRE_DAYS), ("Q", MUSEUM_DAYS), ("F", STREET_DAYS)):
        for number, days in enumerate(all_days, 1):
            rows.append(_said(f"{letter}{number:02}", days, "yes"))
    rows.append(_said("V16", (3,), "yes"))
    rows.append(_said("F06", (1, 3, 5), "yes"))
    rows += [_said(row["id"], row["days_off"], "no") for row in SPECIALISTS if row["days_off"]]
    person, day, shift = AWAY
    rows.append({"person": person, "from_": day, "to": day, "shifts": (shift,), "status": "no"})
    return rows


def _said(person: str, days: tuple[int, ...], status: str) -> Row:
    return {"person": person, "from_": FIRST, "to": LAST, "weekdays": days, "status": status}
