"""One parser for each kind of column: the value of a cell, or why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from math import isfinite

from scheduler.domain.columns import Column, Kind
from scheduler.readers.dates import Bad, read_date, read_moment, read_time
from scheduler.readers.headers import folded, key_of, plain

ERRORS = frozenset(
    ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
SEPARATORS = re.compile(r"[;；,，、┋\n\r]")
MOST_EXACT = 10**15
"""Excel keeps 15 digits of a number; the last ones of a longer one are lost."""

_YES = frozenset("yes y true 1 t on ok 是 对 有 √ ✓ ✔ ☑ 同意 已同意 是的".split())  # noqa: SIM905
_NO = frozenset("no n false 0 f off 否 不 无 没有 × x ✗ ✘ ☐ 不同意 未同意 不是".split())  # noqa: SIM905
_NUMERALS = {text: i for i, text in enumerate("零一二三四五六七八九")} | {"十": 10, "两": 2}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_DAYS = ("一", "二", "三", "四", "五", "六", "日")
_WEEKDAYS = {
    **{str(i): i for i in range(1, 8)},
    **{name[:length]: i for i, name in enumerate(_ENGLISH_DAYS, 1) for length in (2, 3, 9)},
    **{prefix + day: i for i, day in enumerate(_CHINESE_DAYS, 1) for prefix in ("", "周", "星期", "礼拜")},
    **{prefix + "天": 7 for prefix in ("周", "星期", "礼拜")},
}
_BIDI = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")


@dataclass(frozen=True)
class Noted:
    """A value that was read, with a warning about it."""

    value: object
    id: str
    parameters: Mapping[str, object] = field(default_factory=dict)


Result = object
"""A value, a `Noted` value, or `Bad`."""


def read_cell(value: object, column: Column, name: str = "") -> Result:
    """The value of a filled cell of a column (`name` is its field), as the column's kind reads it."""
    if isinstance(value, str) and value.strip().upper() in ERRORS:
        return Bad("cell_error", {"error": value.strip().upper()})
    return _FIELDS.get(name, _KINDS[column.kind])(value, column)


def written(value: object) -> str:
    """A cell's value as its reader sees it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _id(value: object, column: Column) -> Result:
    if _digits_lost(value):
        return Bad("digits_lost")
    text = plain(written(value))
    if re.fullmatch(r"\d+\.0+", text):
        text = text.split(".")[0]
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text):
        return Bad("digits_lost")
    if SEPARATORS.search(text):
        return Bad("id_separator")
    return Bad("id_lost") if _LOST.search(text) else text


def _text(value: object, column: Column) -> Result:
    if _digits_lost(value):
        return Bad("digits_lost")
    text = unicodedata.normalize("NFC", _BIDI.sub("", written(value))).replace("\xa0", " ")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    return Noted(text, "characters_lost") if _LOST.search(text) else text


def _keyword(value: object, column: Column) -> Result:
    """A text that is compared with others: width and look-alikes do not part it from them."""
    return Bad("digits_lost") if _digits_lost(value) else plain(written(value))


def _phone(value: object, column: Column) -> Result:
    """A phone number; a plain mobile number loses its spaces, dashes and country code."""
    if isinstance(value, float) and value >= 10**11:
        value = int(value)
    text = plain(written(value))
    if re.search(r"\dE\+\d", text, re.IGNORECASE):
        return Bad("phone_rounded")
    bare = re.sub(r"[\s\-]", "", text)
    mobile = re.fullmatch(r"(?:\+?86|0086)?(1\d{10})", bare)
    if mobile:
        return mobile[1]
    digits = re.sub(r"\D", "", text)
    odd = len(digits) < 7 or (re.fullmatch(r"1\d+", bare) and len(bare) in (8, 9, 10, 12))
    return Noted(text, "phone_odd") if odd else text


def _number(value: object) -> float | int | Bad:
    """A plain number; what it might have been stands in the problem."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return Bad("not_a_number")
    if not isinstance(value, str):
        return value if isfinite(value) else Bad("not_a_number")
    text = plain(value).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if re.fullmatch(r"[+-]?\d+", text) and len(text) < 19:
        return int(text)
    if re.fullmatch(r"[+-]?(\d+\.\d*|\.\d+|\d+)(e[+-]?\d{1,3})?", text, re.IGNORECASE):
        number = float(text)
        return number if isfinite(number) else Bad("not_a_number")
    within = re.search(r"\d+(\.\d+)?", text)
    return Bad("number_with_words", {"near": within[0]}) if within else Bad("not_a_number")


def _integer(value: object, column: Column) -> Result:
    number = _number(value)
    if isinstance(number, Bad):
        return number
    if number != int(number):
        return Bad("not_whole")
    return _within(int(number), column)


def _decimal(value: object, column: Column) -> Result:
    number = _number(value)
    return number if isinstance(number, Bad) else _within(float(number), column)


def _latitude(value: object, column: Column) -> Result:
    """A latitude; what can only be a longitude is told as such."""
    number = _number(value)
    if not isinstance(number, Bad) and 90 < abs(number) <= 180:
        return Bad("latitude_is_longitude")
    return _decimal(value, column)


def _within(number: float, column: Column) -> Result:
    low, high = column.minimum, column.maximum
    if low is not None and high is None and number < low:
        return Bad("below_least", {"low": f"{low:g}"})
    if low is not None and high is not None and not low <= number <= high:
        return Bad("out_of_range", {"low": f"{low:g}", "high": f"{high:g}"})
    return number


def _grade(value: object, column: Column) -> Result:
    """A grade from 0 (before school) to 12, as a number or as schools call it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _integer(value, column)
    text = key_of(str(value))
    if re.match(r"幼儿园|学前|大班|中班|小班|kindergarten|k$|幼小衔接", text):
        return 0
    school = re.fullmatch(
        r"(?:(小学|初中|高中|初|高)|grade|g)?([一二三四五六七八九]|十[一二]?|\d{1,2})(?:年级)?(?:\(?\d*\)?班)?",
        text,
    )
    if not school:
        return Bad("not_a_grade")
    number = _numeral(school[2])
    first = {"初": 6, "初中": 6, "高": 9, "高中": 9}.get(school[1] or "", 0)
    if first and number > 3:
        return Bad("not_a_grade")
    return _within(first + number, column)


def _numeral(text: str) -> int:
    if text.isdigit():
        return int(text)
    return sum(_NUMERALS[character] for character in text)


def _yes_no(value: object, column: Column) -> Result:
    if isinstance(value, bool):
        return value
    text = folded(written(value))
    if text in _YES or text in _NO:
        return text in _YES
    return Bad("not_yes_no")


def _date(value: object, column: Column) -> Result:
    return read_date(value)


def _moment(value: object, column: Column) -> Result:
    return read_moment(value)


def _time(value: object, column: Column) -> Result:
    return read_time(value)


def _choice(value: object, column: Column) -> Result:
    words = {key_of(word): option for option, words in column.options.items() for word in (option, *words)}
    text = key_of(written(value))
    if text in words:
        return words[text]
    options = "; ".join(" / ".join((option, *words[:1])) for option, words in column.options.items())
    near = get_close_matches(text, words, n=1, cutoff=0.6)
    if near:
        return Bad("not_an_option_near", {"options": options, "near": words[near[0]]})
    return Bad("not_an_option", {"options": options})


def _list_of(
    parse: Callable[[object, Column], Result], ranges: Callable[[str], list[str]] | None = None
) -> Callable[[object, Column], Result]:
    """A parser of lists, each value once; the first value that cannot be read is the list's problem."""

    def parse_list(value: object, column: Column) -> Result:
        if not isinstance(value, str):
            found = parse(value, column)
            return found if isinstance(found, Bad) else (found,)
        values: list[object] = []
        for part in SEPARATORS.split(value):
            for item in ranges(part) if ranges else [part]:
                if not folded(item):
                    continue
                found = parse(item, column)
                if isinstance(found, Bad):
                    return Bad(found.id, {**found.parameters, "part": plain(item)})
                values.append(found)
        return tuple(dict.fromkeys(values))

    return parse_list


def _weekday_range(text: str) -> list[str]:
    """The days of `周一至周五` or `1-5`; any other text alone."""
    ends = re.split(r"[-~–—至到]", plain(text))
    days = [_WEEKDAYS.get(key_of(end)) for end in ends]
    if len(days) == 2 and days[0] and days[1] and days[0] <= days[1]:
        return [str(day) for day in range(days[0], days[1] + 1)]
    return [text]


def _weekday(value: object, column: Column) -> Result:
    day = _WEEKDAYS.get(key_of(written(value)))
    return Bad("not_a_weekday") if day is None else day


_KINDS: dict[Kind, Callable[[object, Column], Result]] = {
    Kind.ID: _id,
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.GRADE: _grade,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.TIME: _time,
    Kind.CHOICE: _choice,
    Kind.IDS: _list_of(_id),
    Kind.TEXTS: _list_of(_keyword),
    Kind.DATES: _list_of(_date),
    Kind.WEEKDAYS: _list_of(_weekday, _weekday_range),
    Kind.CHOICES: _list_of(_choice),
}

_FIELDS: dict[str, Callable[[object, Column], Result]] = {
    # read for what they hold, or compared with a list of words
    "phone": _phone,
    "latitude": _latitude,
    "qualification": _keyword,
    "room_feature": _keyword,
}


def _digits_lost(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= MOST_EXACT
