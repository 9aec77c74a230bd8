"""Calendar arithmetic: ages, clock times, overlaps."""

from __future__ import annotations

from datetime import date, time


def age_on(birth: date, day: date) -> int:
    """Completed years on a day; who is born on 29 February ages on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def overlap(start: time, end: time, other_start: time, other_end: time) -> bool:
    """Whether two stretches of a day share a minute; touching ends do not."""
    return start < other_end and other_start < end
