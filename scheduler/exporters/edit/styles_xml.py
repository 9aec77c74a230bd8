"""The cell formats of a workbook: which of them show dates, and new ones that do, made from others."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

_FORMATS = re.compile(r"<((?:\w+:)?)cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<(?:\w+:)?xf\b[^>]*/>|<((?:\w+:)?)xf\b[^>]*>.*?</\1xf>", re.DOTALL)
_NUMBER = re.compile(r"<(?:\w+:)?numFmt\b[^>]*/>")


class Styles:
    """A workbook's formats; those asked for in vain are added."""

    def __init__(self, data: bytes) -> None:
        """Read the part of styles as it stands."""
        self._text = data.decode()
        match = _FORMATS.search(self._text)
        self._prefix = match[1] if match else ""
        self._formats = [found[0] for found in _FORMAT.finditer(match[2])] if match else []
        self._codes = {
            int(_attribute(found[0], "numFmtId") or 0): _attribute(found[0], "formatCode")
            for found in _NUMBER.finditer(self._text)
        }
        self._added: dict[tuple[int, str], int] = {}
        self._old = len(self._formats)
        self._new_codes: dict[str, int] = {}

    def fit_for(self, value: object, style: int) -> int:
        """A style that looks like this one and shows the value: a date needs a format of dates."""
        code = _code_for(value)
        if code is None or not self._formats or self._is_date(style):
            return style
        if (style, code) not in self._added:
            base = self._formats[style] if style < len(self._formats) else self._formats[0]
            self._added[style, code] = len(self._formats)
            self._formats.append(_with_number(base, self._number_of(code)))
        return self._added[style, code]

    def bytes(self) -> bytes | None:
        """The part with what was added; None where nothing was."""
        if len(self._formats) == self._old:
            return None
        text = self._text
        match = _FORMATS.search(text)
        assert match is not None
        end = match.end() - len(f"</{self._prefix}cellXfs>")
        text = text[:end] + "".join(self._formats[self._old :]) + text[end:]
        text = _FORMATS.sub(lambda m: _counted(m[0], "cellXfs", len(self._formats)), text, count=1)
        return self._with_codes(text).encode()

    def _with_codes(self, text: str) -> str:
        if not self._new_codes:
            return text
        p = self._prefix
        new = "".join(
            f'<{p}numFmt numFmtId="{number}" formatCode="{code}"/>'
            for code, number in self._new_codes.items()
        )
        if f"</{p}numFmts>" in text:
            text = text.replace(f"</{p}numFmts>", f"{new}</{p}numFmts>", 1)
            count = len(_NUMBER.findall(text))
            return re.sub(rf"<{p}numFmts\b[^>]*>", lambda m: _counted(m[0], "numFmts", count), text, count=1)
        text = re.sub(rf"<{p}numFmts\b[^>]*/>", "", text)  # an empty one
        whole = f'<{p}numFmts count="{len(self._new_codes)}">{new}</{p}numFmts>'
        return re.sub(rf"(<{p}styleSheet\b[^>]*>)", lambda m: m[0] + whole, text, count=1)

    def _is_date(self, style: int) -> bool:
        if style >= len(self._formats):
            return False
        number = int(_attribute(self._formats[style], "numFmtId") or 0)
        return is_date_format(self._codes.get(number) or BUILTIN_FORMATS.get(number, "General"))

    def _number_of(self, code: str) -> int:
        known = next((number for number, text in self._codes.items() if text == code), None)
        if known is not None:
            return known
        number = max([163, *self._codes]) + 1
        self._codes[number] = code
        self._new_codes[code] = number
        return number


def _code_for(value: object) -> str | None:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "hh:mm" if isinstance(value, time) else None


def _with_number(format: str, number: int) -> str:
    bare = re.sub(r'\s(numFmtId|applyNumberFormat)="[^"]*"', "", format)
    return re.sub(r"^(<(?:\w+:)?xf)", rf'\1 numFmtId="{number}" applyNumberFormat="1"', bare)


def _counted(tag: str, name: str, count: int) -> str:
    return re.sub(rf'(<(?:\w+:)?{name}\b[^>]*?\bcount=")\d+(")', rf"\g<1>{count}\2", tag, count=1)


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return match[1] if match else ""
