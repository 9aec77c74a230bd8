"""Invented families: children with ages, homes, employers, and choices that keep to what is near."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduler.domain.calendar import age_on
from scheduler.domain.tables import Child, Lock, Venue
from scheduler.domain.tables.children import Siblings, Stay
from scheduler.samples import season
from scheduler.samples.dice import Dice
from scheduler.samples.people import SURNAMES, Gender, adult_name, child_name, phone
from scheduler.samples.places import OLDEST, YOUNGEST, District, moved, neighbours, squared_km
from scheduler.samples.size import Size

PRIORITIES = (("hardship", 0.05), ("single_parent", 0.06), ("migrant", 0.17), ("ordinary", 0.6), (None, 0.12))
STAYS: tuple[tuple[Stay, float], ...] = (("steady", 0.82), ("whole", 0.07), ("weeks", 0.11))
SIBLINGS: tuple[tuple[Siblings, float], ...] = (("prefer", 0.65), ("must", 0.25), ("indifferent", 0.1))
ALLERGIES = ("花生", "牛奶", "海鲜", "鸡蛋", "芒果", "花粉")
MEDICAL = ("哮喘，书包内备喷雾", "癫痫史", "近视，需坐前排", "晕车")
INTERESTS = ("opera", "painting", "paper", "models", "robots", "psychology", "dance")
PICKUPS = ("奶奶", "爷爷", "外婆", "外公", "母亲", "父亲")
TWINS_SHARE = 0.13
"""Share of families that enrol two children."""

COMMUTERS_SHARE = 0.1
"""Share of families that name a venue of a neighbouring district: near a parent's work."""


@dataclass(frozen=True)
class Family:
    """What the children of one family share."""

    id: str
    surname: str
    district: District
    home: tuple[float, float]
    employer: tuple[str, ...]
    choices: tuple[str, ...]


def children(found: tuple[District, ...], size: Size, seed: int) -> tuple[Child, ...]:
    """Every child of a season."""
    dice = Dice(seed, "children")
    rows: list[Child] = []
    homes = [(district, class_.venue) for district in found for class_ in district.classes]
    ways_to_work = Dice(seed, "ways to work")
    while len(rows) < size.children:
        district, near = dice.pick(homes)
        family = _family(dice, f"F{len(rows) + 1:05}", district, near)
        if family.choices and ways_to_work.chance(COMMUTERS_SHARE):
            family = _commuting(ways_to_work, family, neighbours(found, district))
        members = 2 if dice.chance(TWINS_SHARE) and len(rows) + 1 < size.children else 1
        rows += _members(dice, family, len(rows), members, size)
    return tuple(_befriended(dice, rows))


def locks(rows: tuple[Child, ...], found: tuple[District, ...], seed: int) -> tuple[Lock, ...]:
    """A place promised by hand to one child in 150: in a class of its first venue that always runs."""
    dice = Dice(seed, "locks")
    venues = {venue.id: district for district in found for venue in district.venues}
    promised: list[Lock] = []
    used: set[str] = set()
    for row in rows:
        plain = row.consent and row.status == "enrolled" and not (row.apart or row.family or row.weeks)
        if not plain or not dice.chance(1 / 110) or not row.choices or row.choices[0] not in venues:
            continue
        age = _age(row.birth_date)
        fitting = [
            class_.id
            for class_ in venues[row.choices[0]].classes_at(row.choices[0])
            if (class_.min_age or 0) <= age <= (class_.max_age or 99) and not class_.optional
        ]
        if fitting and fitting[0] not in used:
            used.add(fitting[0])
            promised.append(
                Lock(
                    id=f"L{len(promised) + 1:03}",
                    kind="place",
                    child=row.id,
                    class_=fitting[0],
                    reason="已与家长商定",
                    owner="协调员",
                )
            )
    return tuple(promised)


def _family(dice: Dice, id: str, district: District, near: str) -> Family:
    venue = next(row for row in district.venues if row.id == near)
    home = moved((venue.latitude or 0, venue.longitude or 0), dice.around(0, 3), dice.around(0, 3))
    employer = dice.pick(district.employers)
    if venue.mode != "community" and dice.chance(0.7):
        employer = venue.operator
    both = dice.chance(0.25)
    employers = tuple(dict.fromkeys((employer, dice.pick(district.employers)) if both else (employer,)))
    return Family(
        id=id,
        surname=dice.pick(SURNAMES),
        district=district,
        home=home,
        employer=employers,
        choices=() if dice.chance(0.08) else _choices(dice, district, home, employers),
    )


def _choices(
    dice: Dice, district: District, home: tuple[float, float], employers: tuple[str, ...]
) -> tuple[str, ...]:
    """Up to three venues open to the family: near ones first, though not strictly, its employer's sooner."""
    open_ones = [row for row in district.venues if not row.only_for or set(row.only_for) & set(employers)]

    def pull(venue: Venue) -> float:
        own = 0.35 if venue.operator in employers else 1.0
        way = squared_km(home, (venue.latitude or 0, venue.longitude or 0))
        return own * (way + 0.5) * (0.5 + dice.around(0.5, 0.5))

    ranked = sorted((pull(row), row.id) for row in open_ones)
    return tuple(id for _, id in ranked[: dice.weighted(((1, 0.25), (2, 0.4), (3, 0.35)))])


def _commuting(dice: Dice, family: Family, nearby: tuple[District, ...]) -> Family:
    """A family one of whose parents works in a neighbouring district: a venue there that is open to everybody
    is the first or second of its choices."""
    there = [row.id for district in nearby for row in district.venues if not row.only_for]
    if not there:
        return family
    place = dice.whole(0, 1)
    kept = family.choices[:2]
    return replace(family, choices=(*kept[:place], dice.pick(there), *kept[place:]))


def _members(dice: Dice, family: Family, first: int, members: int, size: Size) -> list[Child]:
    wish = dice.weighted(SIBLINGS) if members > 1 else "prefer"
    priority = dice.weighted(PRIORITIES)
    stay, weeks = dice.weighted(STAYS), _weeks(dice, size)
    guardian = adult_name(dice, woman=dice.chance(0.6), surname=family.surname)
    call, pickup = phone(first), dice.pick(PICKUPS)
    submitted = _submitted(dice)
    consent, withdrawn = not dice.chance(0.012), dice.chance(0.01)
    rows = []
    for number in range(first, first + members):
        gender: Gender = "girl" if dice.chance(0.5) else "boy"
        birth = _birth(dice)
        rows.append(
            Child(
                id=f"K{number + 1:0{max(4, len(str(size.children)))}}",
                name=child_name(dice, gender, family.surname),
                gender=gender,
                birth_date=birth,
                grade=min(6, max(0, _age(birth) - 6)),
                family=family.id if members > 1 else "",
                employer=family.employer,
                priority=priority,
                weeks=weeks,
                choices=_own_choices(dice, family, _age(birth)) if members == 1 else family.choices,
                stay=stay,
                siblings=wish,
                interests=tuple(dice.some(INTERESTS, dice.whole(0, 3))),
                needs=("aide",) if dice.chance(0.007) else (),
                allergies=dice.pick(ALLERGIES) if dice.chance(0.06) else "",
                medical=dice.pick(MEDICAL) if dice.chance(0.03) else "",
                guardian=guardian,
                phone=call,
                pickup=pickup,
                district=family.district.name,
                latitude=family.home[0],
                longitude=family.home[1],
                submitted_at=submitted,
                status="withdrawn" if withdrawn else "enrolled",
                consent=consent,
            )
        )
    return rows


def _own_choices(dice: Dice, family: Family, age: int) -> tuple[str, ...]:
    """The family's choices; one family in eight names a class of its first venue, where one fits."""
    if not family.choices or not dice.chance(0.12):
        return family.choices
    fitting = [
        row.id
        for row in family.district.classes_at(family.choices[0])
        if (row.min_age or 0) <= age <= (row.max_age or 99)
    ]
    return (fitting[0], *family.choices[1:]) if fitting else family.choices


def _weeks(dice: Dice, size: Size) -> tuple[str, ...]:
    """Mostly every week (blank), else some weeks running."""
    names = season.weeks(size)
    if dice.chance(0.78) or len(names) == 1:
        return ()
    length = dice.whole(1, len(names) - 1)
    start = dice.whole(0, len(names) - length)
    return names[start : start + length]


def _birth(dice: Dice) -> date:
    age = dice.whole(YOUNGEST, OLDEST)
    return date(season.FIRST_MONDAY.year - age, 7, 8) - timedelta(days=dice.whole(1, 360))


def _age(birth: date | None) -> int:
    return age_on(birth, season.FIRST_MONDAY) if birth else YOUNGEST


def _submitted(dice: Dice) -> datetime:
    """In the fortnight before the deadline; one family in 25 is late."""
    days = dice.whole(1, 4) if dice.chance(0.04) else -dice.whole(1, 14)
    clock = timedelta(hours=dice.whole(-9, 3), minutes=dice.whole(0, 59))
    return season.DEADLINE + timedelta(days=days) + clock


def _befriended(dice: Dice, rows: list[Child]) -> list[Child]:
    """Some children of a district become friends, who name each other; a few are to be kept apart."""
    found = {row.id: row for row in rows}
    by_district: dict[str, list[str]] = {}
    for row in rows:
        by_district.setdefault(row.district, []).append(row.id)
    for ids in by_district.values():
        for index, id in enumerate(ids[::2]):
            row, other = found[id], found[ids[min(len(ids) - 1, 2 * index + dice.whole(1, 6))]]
            if row.id == other.id or (row.family and row.family == other.family):
                continue
            if dice.chance(0.14):
                found[row.id] = row.model_copy(update={"friends": (*row.friends, other.id)})
                found[other.id] = other.model_copy(update={"friends": (*other.friends, row.id)})
            elif dice.chance(0.008):
                found[row.id] = row.model_copy(update={"apart": (other.id,)})
    return list(found.values())
