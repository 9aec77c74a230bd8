"""Progress of long work on stderr: the time it has taken, the stage, its best value, bound and gap."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console as Rich
from rich.status import Status
from rich.text import Text

from scheduler.locale import Catalogue
from scheduler.rules.wording import Wording
from scheduler.solver import Progress, Step


@contextmanager
def shown(words: Catalogue, *, quiet: bool) -> Iterator[Callable[[Progress | Step], None]]:
    """A receiver of progress that shows it while the block runs; on a terminal only, and unless quiet."""
    rich = Rich(stderr=True, highlight=False)
    if quiet or not rich.is_terminal:
        yield lambda progress: None
        return
    line = _Line(words)
    with Status(line, console=rich):
        yield line.show


class _Line:
    """The last thing heard, after the time since the beginning: long work without news is seen to go on."""

    def __init__(self, words: Catalogue) -> None:
        self._words, self._began = words, time.monotonic()
        self._said = words("cli.progress_reading")

    def show(self, progress: Progress | Step) -> None:
        self._said = sentence(self._words, progress)

    def __rich__(self) -> Text:
        # folded: at the end of a narrow line the last figure would otherwise give way to three dots
        return Text(f"{clock(time.monotonic() - self._began)} · {self._said}", overflow="fold")


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours where there are any: 7:05, 1:07:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def sentence(words: Catalogue, progress: Progress | Step) -> str:
    """Progress in a line."""
    if isinstance(progress, Step):
        return words(f"cli.progress_{progress.name}", n=progress.done or 0)
    value, bound = progress.value, progress.bound
    gap = None if value is None or bound is None else abs(value - bound) / max(1.0, abs(value))
    return words(
        "cli.progress",
        stage=words(f"stage.{progress.stage}"),
        level=Wording(words).level(progress.stage, progress.level),
        value=_figure(value),
        bound=_figure(bound),
        gap="–" if gap is None else f"{gap:.2%}",
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.10g}"
