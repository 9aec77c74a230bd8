"""What a part of the proposal comes to."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.plan import Plan


@dataclass(frozen=True)
class Part:
    """The plan with some of the posts taken; `proven`: nothing better can be had with all else as it is."""

    plan: Plan
    proven: bool
