"""The calendar of a synthetic season: settings, days, shifts, periods, priorities."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from scheduler.domain.tables import Day, Period, Priority, Settings, Shift
from scheduler.samples.size import Size

FIRST_MONDAY = date(2024, 7, 8)
DEADLINE = datetime(2024, 6, 14, 18)
MAX_DISTANCE_KM = 8.0


def settings(size: Size, seed: int) -> Settings:
    """The settings of a season."""
    return Settings(
        season=f"sample-{size.children}-{seed}",
        lottery_seed=str(seed),
        deadline=DEADLINE,
        max_distance_km=MAX_DISTANCE_KM,
    )


def weeks(size: Size) -> tuple[str, ...]:
    """The names of the weeks: 1, 2, ..."""
    return tuple(str(number) for number in range(1, size.weeks + 1))


def last_day(size: Size) -> date:
    """The last Friday."""
    return FIRST_MONDAY + timedelta(days=7 * size.weeks - 3)


def days(size: Size) -> tuple[Day, ...]:
    """Monday to Friday of every week."""
    return tuple(
        Day(date=FIRST_MONDAY + timedelta(days=7 * number + weekday), week=week)
        for number, week in enumerate(weeks(size))
        for weekday in range(5)
    )


def shifts() -> tuple[Shift, ...]:
    """Morning, noon and afternoon."""
    return (
        Shift(id="AM", start=time(8), end=time(12)),
        Shift(id="NOON", start=time(12), end=time(14)),
        Shift(id="PM", start=time(14), end=time(17, 30)),
    )


def periods() -> tuple[Period, ...]:
    """Five course periods between arrival, lunch, nap and pick-up."""
    return (
        Period(id="arrival", start=time(8), end=time(8, 40), shift="AM", kind="care"),
        Period(id="P1", start=time(8, 40), end=time(9, 30), shift="AM"),
        Period(id="P2", start=time(9, 40), end=time(10, 30), shift="AM"),
        Period(id="P3", start=time(10, 50), end=time(11, 40), shift="AM"),
        Period(id="lunch", start=time(12), end=time(12, 40), shift="NOON", kind="care"),
        Period(id="nap", start=time(12, 40), end=time(14), shift="NOON", kind="care"),
        Period(id="P4", start=time(14, 10), end=time(15), shift="PM"),
        Period(id="P5", start=time(15, 10), end=time(16), shift="PM"),
        Period(id="pickup", start=time(16), end=time(17, 30), shift="PM", kind="care"),
    )


def priorities() -> tuple[Priority, ...]:
    """Help goes first to hardship and single-parent families, then to migrant workers' children."""
    return (
        Priority(id="hardship", name="困难职工家庭", rank=1),
        Priority(id="single_parent", name="单亲家庭", rank=1),
        Priority(id="migrant", name="农民工子女", rank=2),
        Priority(id="ordinary", name="其他职工家庭", rank=3),
    )
