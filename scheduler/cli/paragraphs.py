"""Sentences broken at the terminal's width, the rest of each indented beneath its beginning."""

from __future__ import annotations

import os

from rich.console import Console as Rich
from rich.padding import Padding
from rich.text import Text

from scheduler.cli.console import PIPED_WIDTH

INDENT = 2
"""Columns of one step of depth."""

HANGING = 2
"""Columns by which what goes over is indented more."""


def paragraph(text: str, depth: int) -> None:
    """A sentence of the result. Into a pipe or a file it goes in one line, as wide as it is."""
    rich = Rich(highlight=False, markup=False, emoji=False)
    if not rich.is_terminal and "COLUMNS" not in os.environ:
        rich.width = max(PIPED_WIDTH, 4 * len(text))
    first = INDENT * depth
    room = max(20, rich.width - first - HANGING)
    lines = Text(text).wrap(rich, room)
    for number, line in enumerate(lines):
        line.rstrip()
        left = first + (HANGING if number else 0)
        rich.print(Padding(line, (0, 0, 0, left), expand=False))
