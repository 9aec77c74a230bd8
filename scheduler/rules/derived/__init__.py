"""The rules of derived values, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule
from scheduler.rules.derived.absences import Absences
from scheduler.rules.derived.changes import Changes
from scheduler.rules.derived.choice import Choice
from scheduler.rules.derived.draw_settings import DrawSettings
from scheduler.rules.derived.envy import Envied
from scheduler.rules.derived.gaps import Gaps
from scheduler.rules.derived.open_classes import OpenClasses
from scheduler.rules.derived.revision import Revision
from scheduler.rules.derived.score import Score
from scheduler.rules.derived.staff_reserve import StaffReserve
from scheduler.rules.derived.stages import Stages
from scheduler.rules.derived.waitlist import Waitlist
from scheduler.rules.derived.withheld import Withheld

RULES: tuple[type[Rule], ...] = (
    Revision,
    Changes,
    Absences,
    Stages,
    DrawSettings,
    OpenClasses,
    Withheld,
    StaffReserve,
    Choice,
    Waitlist,
    Envied,
    Gaps,
    Score,
)
