"""The children of `examples/beijing-2016`: 89 of the centre, 35 of the museum, 24 of the street."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from rows import Row

from scheduler.samples.dice import Dice
from scheduler.samples.people import SURNAMES, Gender, adult_name, child_name, phone

FIRST = date(2016, 7, 18)
UNITS = ("公交集团", "环卫集团", "第二毛纺厂", "北京站", "友谊医院", "首钢", "自来水集团", "同仁堂")
MUSEUM = "北京汽车博物馆"

# Ages on 18 July and how many of each: five more six- and seven-year-olds want the centre than the
# Elephant class has seats, and some of their families would take the street's class instead.
CENTRE_AGES = {6: 17, 7: 16, 8: 14, 9: 14, 10: 10, 11: 10, 12: 8}
MUSEUM_AGES = {6: 5, 7: 5, 8: 6, 9: 6, 10: 5, 11: 4, 12: 4}
STREET_AGES = {6: 4, 7: 4, 8: 4, 9: 4, 10: 3, 11: 3, 12: 2}

Place = tuple[float, float]
CENTRE, MUSEUM_AT, STREET = (39.886, 116.384), (39.828, 116.301), (39.858, 116.287)

CENTRE_INTERESTS = ("京剧", "鼻烟壶", "心理", "手工", "模型")
MUSEUM_INTERESTS = ("汽车", "国情", "讲解员")


def children() -> list[Row]:
    """Every child, first those of the centre, youngest first."""
    dice = Dice(2016, "beijing children")
    numbers = count(1)
    centre = [_child(dice, next(numbers), age, CENTRE) for age in _ages(CENTRE_AGES)]
    museum = [_child(dice, next(numbers), age, MUSEUM_AT) for age in _ages(MUSEUM_AGES)]
    street = [_child(dice, next(numbers), age, STREET) for age in _ages(STREET_AGES)]
    for row in centre:
        row |= {"choices": ("中心",), "interests": tuple(dice.some(CENTRE_INTERESTS, dice.whole(0, 2)))}
    for row in museum:
        row |= {"choices": ("汽博",), "employer": (MUSEUM,)}
        row["interests"] = tuple(dice.some(MUSEUM_INTERESTS, dice.whole(0, 2)))
    for row in street:
        row |= {"choices": ("丰台",), "interests": tuple(dice.some(CENTRE_INTERESTS, dice.whole(0, 1)))}
    _tell(centre, museum, street)
    left_out = [_child(dice, next(numbers), age, CENTRE) | {"choices": ("中心",)} for age in (7, 9)]
    left_out[0]["consent"] = False
    left_out[1]["status"] = "withdrawn"
    return [*centre, *museum, *street, *left_out]


def _ages(numbers: dict[int, int]) -> list[int]:
    return [age for age, number in numbers.items() for _ in range(number)]


def _child(dice: Dice, number: int, age: int, near: Place) -> Row:
    gender: Gender = "girl" if dice.chance(0.5) else "boy"
    surname = dice.pick(SURNAMES)
    submitted = date(2016, 6, 13) + timedelta(days=dice.whole(0, 16))
    return {
        "id": f"K{number:03}",
        "name": child_name(dice, gender, surname),
        "gender": gender,
        "birth_date": FIRST.replace(year=FIRST.year - age) - timedelta(days=dice.whole(5, 350)),
        "grade": min(6, age - 6),
        "employer": (dice.pick(UNITS),),
        "priority": dice.weighted((("单亲", 0.06), ("困难", 0.06), ("务工", 0.2), ("其他", 0.68))),
        "allergies": dice.pick(("花生", "牛奶", "海鲜", "芒果")) if dice.chance(0.05) else "",
        "guardian": adult_name(dice, dice.chance(0.6), surname),
        "phone": phone(number),
        "pickup": dice.pick(("母亲", "父亲", "奶奶", "外公", "姥姥")),
        "latitude": round(near[0] + dice.around(0, 0.02), 4),
        "longitude": round(near[1] + dice.around(0, 0.025), 4),
        "submitted_at": f"{submitted} {dice.whole(8, 17):02}:{dice.whole(0, 59):02}",
    }


def _tell(centre: list[Row], museum: list[Row], street: list[Row]) -> None:
    """What the README tells of; places in the lists go by age, youngest first."""
    elephants = centre[:33]
    for row in (elephants[4], elephants[11], elephants[19], elephants[25], elephants[30]):
        row["choices"] = ("中心", "丰台")  # would accept the street's class
    for row in (elephants[7], elephants[28]):
        row["submitted_at"] = "2016-07-02 20:15"  # late: last in their rank
    elephants[9]["choices"] = ("中心一班", "丰台")  # names the Elephant class itself
    for row, weeks in (
        (elephants[2], ("1", "2")),
        (elephants[16], ("3", "4")),
        (centre[40], ("1",)),
        (centre[70], ("2", "3", "4")),
        (street[5], ("1", "2")),
        (museum[20], ("1", "2", "3")),
    ):
        row["weeks"] = weeks
    centre[35]["stay"] = centre[60]["stay"] = "whole"
    street[9]["stay"] = "weeks"

    _family("周家", "must", elephants[0], centre[45])
    _family("冯家", "must", elephants[21], centre[80])
    _family("许家", "prefer", centre[50], centre[51])
    _family("彭家", "must", street[1], street[15])
    _family("钟家", "indifferent", museum[2], museum[30])
    _family("汪家", "prefer", elephants[14], street[20])

    for a, b in (
        (elephants[1], elephants[3]),
        (centre[36], centre[48]),
        (centre[62], centre[77]),
        (museum[4], museum[9]),
        (street[3], street[6]),
    ):
        a["friends"], b["friends"] = (b["id"],), (a["id"],)
    # kept apart: only the street's class takes both ages, so one of each pair must stay away from it
    elephants[19]["apart"] = (street[7]["id"],)
    centre[33]["apart"] = (elephants[4]["id"],)

    elephants[5]["allergies"] = "花生（严重，书包内备肾上腺素笔）"
    centre[55]["medical"] = "哮喘，书包内备喷雾"
    museum[12]["medical"] = "晕车，请坐前排"
    for row in street[22:24]:
        row["choices"] = ()  # any fitting class within 6 km


def _family(name: str, wish: str, *members: Row) -> None:
    """Make children one family: one surname, home, guardian and priority."""
    first = members[0]
    shared = ("employer", "priority", "guardian", "phone", "pickup", "latitude", "longitude", "submitted_at")
    for row in members:
        row |= {key: first[key] for key in shared}
        row |= {"family": name, "siblings": wish, "name": name[0] + row["name"][1:]}
    for row in members:
        row["guardian"] = name[0] + row["guardian"][1:]
