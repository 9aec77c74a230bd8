"""Dates, moments and times as people write them; what could be read in two ways is never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from scheduler.readers.headers import plain

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's count of days (serial numbers from March 1900 on)."""

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(上午|下午|晚上|中午|am|pm)?\s*(\d{1,2})\s*(?:[:点时]\s*(\d{1,2})?\s*分?)(?::(\d{1,2})(?:\.\d+)?)?\s*(am|pm)?"
)
_CLOCK_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_AFTERNOON = ("下午", "晚上", "pm")


@dataclass(frozen=True)
class Bad:
    """Why a cell cannot be read: the problem's id and parameters."""

    id: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def read_date(value: object) -> date | Bad:
    """A day; an hour beside it is dropped."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (bool, time, timedelta)):
        return Bad("not_a_date")
    if isinstance(value, (int, float)):
        return _date_of_number(value)
    text = plain(str(value))
    found, rest = _leading_date(text)
    if isinstance(found, Bad) or not rest or isinstance(_clock(rest), time):
        return found
    return Bad("not_a_date")


def read_moment(value: object) -> datetime | Bad:
    """A day and a time; midnight where no hour is given."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if not isinstance(value, str):
        day = read_date(value)
        return day if isinstance(day, Bad) else datetime.combine(day, time())
    found, rest = _leading_date(plain(value))
    if isinstance(found, Bad):
        return found
    clock = _clock(rest) if rest else time()
    return datetime.combine(found, clock) if isinstance(clock, time) else Bad("not_a_moment")


def read_time(value: object) -> time | Bad:
    """A time of day, to the minute."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, timedelta):
        return _from_minutes(round(value.total_seconds() / 60))
    if isinstance(value, (bool, date)):
        return Bad("not_a_time")
    if isinstance(value, float) and 0 <= value < 2:
        return _from_minutes(round(value * 24 * 60))
    text = plain(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    digits = _CLOCK_DIGITS.fullmatch(text)
    if digits:
        return _at(int(digits[1]), int(digits[2]))
    if re.fullmatch(r"0?\.\d+", text):
        return _from_minutes(round(float(text) * 24 * 60))
    return _clock(text)


def _leading_date(text: str) -> tuple[date | Bad, str]:
    """The date a text begins with, and what stands behind it."""
    match = _YEAR_FIRST.match(text)
    digits = _DIGITS.fullmatch(text)
    if match or digits:
        year, month, day = (int(part) for part in (match or digits).groups())  # type: ignore[union-attr]
        rest = text[match.end() :].strip() if match else ""
        return _real(year, month, day), rest[1:] if rest[:1] in ("T", "t") else rest
    last = _YEAR_LAST.match(text)
    if last:
        return _year_last(int(last[1]), int(last[2]), last[3]), text[last.end() :].strip()
    if re.fullmatch(r"\d{4,6}(\.\d+)?", text):
        return _date_of_number(float(text)), ""
    return Bad("not_a_date"), ""


def _year_last(first: int, second: int, year: str) -> date | Bad:
    """A date whose year stands last: read only where it can be read in one way."""
    if len(year) == 2:
        readings = [f"20{year}-{first:02}-{second:02}", f"20{year}-{second:02}-{first:02}"]
        readings = [text for text in readings if not isinstance(_real(*map(int, text.split("-"))), Bad)]
        return Bad(
            "date_ambiguous", {"readings": " / ".join(readings or [f"20{year}-{first:02}-{second:02}"])}
        )
    if first > 12 or first == second:
        return _real(int(year), second, first)
    if second > 12:
        return _real(int(year), first, second)
    readings = [f"{year}-{first:02}-{second:02}", f"{year}-{second:02}-{first:02}"]
    return Bad("date_ambiguous", {"readings": " / ".join(readings)})


def _real(year: int, month: int, day: int) -> date | Bad:
    try:
        return date(year, month, day)
    except ValueError:
        return Bad("no_such_date", {"near": _nearest(year, month)})


def _nearest(year: int, month: int) -> str:
    """The last day of the month meant, for the fix of 30 February."""
    year, month = min(max(year, 1900), 2200), min(max(month, 1), 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def _date_of_number(number: float) -> date | Bad:
    text = str(int(number))
    digits = _DIGITS.fullmatch(text)
    if digits:
        return _real(*(int(part) for part in digits.groups()))
    if 1 <= number < 80_000:  # up to the year 2119
        return Bad("date_is_number", {"near": (EXCEL_EPOCH + timedelta(days=int(number))).isoformat()})
    return Bad("not_a_date")


def _clock(text: str) -> time | Bad:
    match = _TIME.fullmatch(text.casefold())
    if not match:
        return Bad("not_a_time")
    hour, half = int(match[2]), match[1] or match[5] or ""
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in ("上午", "am") and hour == 12:
        hour = 0
    return _at(hour, int(match[3] or 0), int(match[4] or 0))


def _at(hour: int, minute: int, second: int = 0) -> time | Bad:
    if hour > 23 or minute > 59 or second > 59:
        return Bad("time_out_of_day")
    return time(hour, minute, second)


def _from_minutes(total: int) -> time | Bad:
    return time(total // 60, total % 60) if 0 <= total < 24 * 60 else Bad("time_out_of_day")
