"""The rules of derived values, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule
from scheduler.rules.derived.choice import Choice
from scheduler.rules.derived.envy import Envied
from scheduler.rules.derived.gaps import Gaps
from scheduler.rules.derived.open_classes import OpenClasses
from scheduler.rules.derived.score import Score
from scheduler.rules.derived.waitlist import Waitlist

RULES: tuple[type[Rule], ...] = (OpenClasses, Choice, Waitlist, Envied, Gaps, Score)
