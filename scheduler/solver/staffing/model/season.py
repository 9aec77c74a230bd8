"""A whole season as one model, and a roster in it that is made better piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Row, Rows, Terms
from scheduler.solver.staffing.model.excerpts import Excerpts
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.task import Task

Cell = tuple[str, str]
"""A venue in a week."""

COMPLETING = 60.0
"""Deterministic seconds to find what follows from a roster; it is reckoned rather than searched for."""


class Season:
    """The model with every duty that may be decided, and the values of a roster in it."""

    def __init__(self, task: Task) -> None:
        """Build the hard rules and what the posts miss."""
        self.task = task
        self.built = task.build()
        self.goals = tuple(task.goals(self.built))
        self.rows = Rows(self.built.model)
        self.duty_of = {
            variable.index: duty
            for duty, variable in self.built.x.on_duty.items()
            if not isinstance(variable, int)
        }
        self.decisions = frozenset(self.duty_of)
        self.cells = self._cells()
        self.values: list[int] = []
        self._excerpts: Excerpts | None = None

    # ---- values ---------------------------------------------------------------------------------

    def begin(self, roster: Roster | None, goal: Goal | None = None) -> bool:
        """Take over a roster (None: any that holds the hard rules) with all that follows from it, the goal
        least; whether that could be done."""
        model = self.built.model
        if goal is not None:
            self.rows.read()
        start = (
            {}
            if roster is None
            else {
                variable: int(duty in roster)
                for duty, variable in self.built.x.on_duty.items()
                if not isinstance(variable, int)
            }
        )
        # what posts miss follows from the roster too: left loose, it would be held at more than it is
        goals = self.goals if goal is None else (*self.goals, goal)
        least = model.total(one.expression for one in goals)
        found = model.completed(start, seconds=COMPLETING, least=least)
        count = len(model.cp.proto.variables)
        if found is start or len(found) < count:  # given back as it was: nothing whole follows from it
            return False
        values = [0] * count
        for variable, value in found.items():
            values[variable.index] = value
        self.values, self._excerpts = values, None
        return True

    @property
    def roster(self) -> Roster:
        """The duties that hold now, those that stand included."""
        values, on_duty = self.values, self.built.x.on_duty
        return frozenset(
            duty for duty, one in on_duty.items() if (one if isinstance(one, int) else values[one.index])
        )

    def value(self, goal: Goal) -> int:
        """What a goal comes to now, in the model's own units."""
        constant, terms = goal.cost
        return constant + sum(factor * self.values[one] for one, factor in terms)

    def anew(
        self,
        piece: Iterable[int],
        terms: Mapping[int, int],
        held: Sequence[Mapping[int, int]],
        limits: Limits,
        clock: Clock,
        seconds: float,
        *,
        extra: Iterable[Row] = (),
        near: float = 0.0,
        within: float = 0.0,
    ) -> int:
        """Decide a piece anew in what was last begun with: see `Excerpts.anew`."""
        excerpts = self._excerpts
        if excerpts is None:
            excerpts = Excerpts(self.built.model, self.rows, self.decisions, self.values)
            self._excerpts = excerpts
        better = excerpts.anew(
            piece, terms, held, limits, clock, seconds, extra=extra, near=near, within=within
        )
        if better:
            self.values = excerpts.values.tolist()
        return better

    # ---- pieces ---------------------------------------------------------------------------------

    def of(self, cells: Iterable[Cell]) -> list[int]:
        """The decisions of some cells."""
        return [one for cell in cells for one in self.cells.get(cell, ())]

    def around(self, venue: str) -> list[str]:
        """All venues with decisions, nearest first, the venue itself at the head."""
        return self.task.scenario.nearest_first(venue, {name for name, _ in self.cells})

    def bunch(self, venue: str, weeks: Sequence[str], most: int) -> list[Cell]:
        """The cells of a venue and its next ones in some weeks, so many decisions at most."""
        found: list[Cell] = []
        size = 0
        for name in self.around(venue):
            here = [(name, week) for week in weeks]
            size += sum(len(self.cells.get(cell, ())) for cell in here)
            if found and size > most:
                break
            found += here
        return found

    def _cells(self) -> dict[Cell, list[int]]:
        week_of = self.task.scenario.week_of
        found: dict[Cell, list[int]] = defaultdict(list)
        for one, duty in self.duty_of.items():
            found[duty.venue, week_of(duty.date)].append(one)
        return dict(found)


class Beside:
    """A bound reckoned by a thread of its own while the search goes on; when reproducible, at the end."""

    def __init__(self, relaxation: Relaxation, terms: Terms, limits: Limits, seconds: float) -> None:
        """Begin."""
        self._relaxation, self._terms, self._limits, self._seconds = relaxation, terms, limits, seconds
        self._future: Future[float] | None = None
        if not limits.reproducible:
            self._pool = ThreadPoolExecutor(1)
            self._future = self._pool.submit(self._reckon)

    def bound(self) -> float:
        """The bound, when it is there."""
        if self._future is None:
            return self._reckon()
        found = self._future.result()
        self._pool.shutdown()
        return found

    def _reckon(self) -> float:
        return self._relaxation.least(self._terms, self._limits, self._seconds).bound
