"""What no timetable of a divided season costs less than: each district as if the others were not there.

A timetable of the season, looked at in one district only, is one of that district alone, which has all
specialists, kits, places and buses to itself. Soft rules count no less in the whole season than in its
districts together, with two exceptions, which are left out: shares are fair or not among all, and a child
that changes its district may get its wishes in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Thread

from scheduler.rules import Rulebook
from scheduler.rules.timetable.fair_shares import FairShares
from scheduler.solver.door import Clock, Limits, Part, Request, Stop
from scheduler.solver.linear import Linear
from scheduler.solver.rows import Rows
from scheduler.solver.timetable.bounding import Bounds
from scheduler.solver.timetable.build import build
from scheduler.solver.timetable.districts import PACE, District

MEANWHILE = 0.3
"""The part of the time that stating all districts a second time may take."""

LATE = 2.0
"""Seconds that the end of a bound's search may be waited for."""


class Apart:
    """The sum of what the districts cost at least, reckoned one by one beside something else."""

    def __init__(self, request: Request, parts: Sequence[District]) -> None:
        """Nothing is reckoned yet: 0 is a bound."""
        self._request, self._parts = request, parts
        self.least = 0.0
        self._stop = Stop()
        self._thread: Thread | None = None

    def is_worth_it(self, limits: Limits) -> bool:
        """Whether there is time to state all districts besides; not where runs are to repeat."""
        expected = PACE * sum(part.size for part in self._parts)
        return not limits.reproducible and expected <= MEANWHILE * limits.seconds

    def begin(self, limits: Limits, clock: Clock) -> None:
        """Begin, in a thread; not where a part of the season is to be decided beside what stands."""
        if self._request.part != Part() or self._request.shared:
            return
        limits.stop.call(self._stop.request)
        alone = replace(limits, workers=1, stop=self._stop)
        self._thread = Thread(target=lambda: self.reckon(alone, clock), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """No longer look for what is still to come."""
        if self._thread is not None:
            self._stop.request()
            self._thread.join(LATE)

    def reckon(self, limits: Limits, clock: Clock) -> None:
        """District after district; one that there is no time for adds nothing."""
        for number, part in enumerate(self._parts):
            if limits.stop.requested or clock.left <= 0:
                return
            seconds = clock.left / (len(self._parts) - number)
            self.least += least_of(self._request, part, replace(limits, seconds=seconds))


def least_of(request: Request, part: District, limits: Limits) -> float:
    """What a district costs at least, whatever the others do."""
    alone = _alone(request, part)
    built = build(alone)
    (goal,) = built.goals(alone)
    if isinstance(goal.expression, int):
        return goal.expression / goal.scale
    rows = Rows(built.model)
    bounds = Bounds(built, goal, rows, Linear(built.model, rows))
    bounds.first(limits, Clock(limits))
    return bounds.least


def _alone(request: Request, part: District) -> Request:
    """The same for a season that has no other classes."""
    scenario, plan = request.scenario, request.so_far
    own = {row.id for row in scenario.classes if row.venue in part.venues}
    elsewhere = {row.child for row in plan.placements if row.class_ not in own}
    settings = scenario.settings.model_copy(
        update={"weights": {**scenario.settings.weights, FairShares.id(): 0.0}}
    )
    children = tuple(
        row.model_copy(update={"interests": ()}) if row.id in elsewhere and row.interests else row
        for row in scenario.children
    )
    return replace(
        request,
        scenario=scenario.with_(settings=settings, children=children),
        rulebook=Rulebook(settings),
        so_far=plan.with_(
            open_classes=tuple(row for row in plan.open_classes if row.class_ in own),
            placements=tuple(row for row in plan.placements if row.class_ in own),
            sessions=(),
            trips=(),
        ),
        part=Part(venues=part.venues),
    )
