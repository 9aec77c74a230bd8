"""Progress of a solve on stderr: the stage, the best value, the bound and the gap."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console as Rich
from rich.status import Status

from scheduler.locale import Catalogue
from scheduler.rules.wording import Wording
from scheduler.solver import Progress


@contextmanager
def shown(words: Catalogue, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A receiver of progress that shows it while the block runs; on a terminal only, and unless quiet."""
    rich = Rich(stderr=True, highlight=False)
    if quiet or not rich.is_terminal:
        yield lambda progress: None
        return
    lock = threading.Lock()
    with Status(words("cli.progress_reading"), console=rich) as status:

        def show(progress: Progress) -> None:
            with lock:
                status.update(sentence(words, progress))

        yield show


def sentence(words: Catalogue, progress: Progress) -> str:
    """Progress in a line."""
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
