"""What a relaxation does not see of homeroom teachers: the only one must be able to be there always.

A relaxation shares a class out among teachers none of whom could keep it alone, at the price of one. But as
long as nobody is missing, either there are two teachers or more, or the only one is one of those who can be
there in every shift: whichever shift is looked at, it is one of these. (A disjunction: Balas, Disjunctive
programming, Annals of Discrete Mathematics 5, 1979.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from scheduler.domain.plan import Duty
from scheduler.solver.rows import ENDLESS, Row
from scheduler.solver.staffing.model.settled import Settled
from scheduler.solver.staffing.model.task import Built
from scheduler.variables.model import Variable
from scheduler.variables.staffing import Missing, Staffing

Slot = tuple[date, str]


def only_teachers(built: Built, settled: Settled) -> Iterator[Row]:
    """For each shift of a class: teachers, what is missing, and who could be the only teacher and is there in
    that shift come to two at least. Where the rule that counts teachers was stated; every roster holds them.
    """
    asks: dict[str, dict[Slot, Missing]] = defaultdict(dict)
    for row in built.missing:
        if row.post.class_ in built.x.kept and _asks_for_one(row):
            asks[row.post.class_][row.post.date, row.post.shift] = row
    duties: dict[str, dict[str, dict[Slot, Duty]]] = defaultdict(lambda: defaultdict(dict))
    for duty in built.x.on_duty:
        if duty.role == "homeroom" and duty.class_ in asks:
            duties[duty.class_][duty.person][duty.date, duty.shift] = duty
    for class_, asked in asks.items():
        if len(asked) < 2:  # nobody at all is missing twice then
            continue
        every = [*built.x.kept[class_].values(), *(row.amount for row in asked.values())]
        able = [
            own for person, own in duties[class_].items() if _can_keep(built.x, settled, person, own, asked)
        ]
        for slot in asked:
            there = [built.x.on_duty[own[slot]] for own in able]
            yield _at_least_two([*every, *there])


def _asks_for_one(row: Missing) -> bool:
    """Whether somebody is missing wherever there is no homeroom teacher."""
    return row.ask.roles == ("homeroom",) and row.ask.number > 0


def _can_keep(
    x: Staffing, settled: Settled, person: str, own: Collection[Slot], asked: Collection[Slot]
) -> bool:
    """Whether somebody might be on duty in all the shifts, as far as their offer and their limits go."""
    if not all(slot in own for slot in asked):
        return False
    row, stands, week_of = x.scenario.person[person], settled.shifts(person), x.scenario.week_of
    days = {day for day, _ in asked}
    within = _within(len(days), len(stands), row.max_days)
    for week in {week_of(day) for day in days}:
        number, known = (sum(week_of(day) == week for day in some) for some in (days, stands))
        within = within and _within(number, known, row.max_days_per_week)
    for day in days:
        number = sum(when == day for when, _ in asked)
        within = within and _within(number, len(stands.get(day, ())), row.max_shifts_per_day)
    return within


def _within(number: int, stands: int, limit: int | None) -> bool:
    """Whether so many are within a limit, beyond which there may be as many as stand."""
    return limit is None or number <= max(limit, stands)


def _at_least_two(parts: list[Variable]) -> Row:
    known = sum(part for part in parts if isinstance(part, int))
    terms = tuple((part.index, 1) for part in parts if not isinstance(part, int))
    return Row((), terms, 2 - known, ENDLESS)
