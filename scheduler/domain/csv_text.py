"""Texts as CSV files hold them: none that a spreadsheet program would take for a formula.

A CSV file cannot say that a cell is text, and what parents write into a form may begin like a formula
(`=HYPERLINK(...)`, `+cmd|...`). An apostrophe before it keeps it a text; read back, it is gone.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_HARMLESS = re.compile(r"-(\d+(\.\d+)?)?")
"""A negative number, or the dash of a cell left out on purpose."""


def guarded(text: str) -> str:
    """A cell's text as it is written: with an apostrophe before what begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def unguarded(text: str) -> str:
    """A cell's text as it was meant; undoes `guarded` for every text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
