"""The outlook of a plan, from prices to confirmed gains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import floor, inf
from typing import TypeVar

from scheduler.domain.demand import adults_asked, class_asks
from scheduler.domain.history import begun
from scheduler.domain.outlook import Gain, GainKind, Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.solver.door import Clock, Limits
from scheduler.solver.outlook.candidates import Candidate, Possibilities
from scheduler.solver.outlook.fairness import fairness
from scheduler.solver.outlook.program import Program, Worth
from scheduler.solver.outlook.season import placed_from_now
from scheduler.solver.outlook.trials import Trial, as_used, place, slack, with_change, withheld_after

T = TypeVar("T")

LISTED: dict[GainKind, int] = {"class": 6, "open": 6, "adults": 6, "seat": 6, "venue_seat": 4}
"""Most gains of each kind that are reckoned and listed."""

TRIALS = 10
"""Most gains that are confirmed by placing the children again."""

RECKONING, COMPARING = 0.35, 0.4
"""Of the time: what the bounds may take, and of what is then left, the comparison of the two policies."""

SHORTEST_TRIAL, COLUMNS_A_SECOND = 0.5, 8000
"""No trial is begun with fewer seconds, nor with fewer than so many columns need to be set up."""


def outlook(scenario: Scenario, plan: Plan, limits: Limits) -> Outlook:
    """What would help a season most, as a plan leaves it, and what fairness costs it.

    The prices of the linear relaxation name the candidates, solving it with each change made bounds what it
    can give, and placing the children again under the plan's policy confirms the top ones, as time allows.
    Nothing is solved twice for weeks that have begun. Raises nothing for want of time: what was not tried is
    told as such.
    """
    proofs = plan.stages if plan.input_sha256 in ("", scenario.sha256) else ()  # of another input: no proofs
    return _Search(scenario.ruled_by(plan.policy), plan.with_(stages=proofs), limits).done()


@dataclass(frozen=True)
class _Reckoned:
    """A candidate with the child-weeks it is thought to give, and the most it can."""

    candidate: Candidate
    about: int
    most: int


class _Search:
    def __init__(self, scenario: Scenario, plan: Plan, limits: Limits) -> None:
        self._scenario = scenario
        self._plan = plan
        self._limits = limits
        self._clock = Clock(limits)
        self._past = begun(scenario, plan)
        self._placed = placed_from_now(scenario, plan)
        self._shortest = SHORTEST_TRIAL
        self._wanted = sum(len(set(scenario.wanted_weeks(row.id)) - self._past) for row in scenario.processed)

    def done(self) -> Outlook:
        possible = Possibilities(self._scenario, self._plan)
        program = Program(possible.scenario, self._plan, possible.unoffered)
        self._shortest = max(SHORTEST_TRIAL, program.size / COLUMNS_A_SECOND)
        worth = program.solve(self._reckoning(self._clock.left))
        if worth is None:
            return Outlook(
                wanted=self._wanted,
                placed=self._placed,
                best=self._best(self._wanted),
                ceiling=self._wanted,
                reckoned=False,
            )
        best, ceiling = self._best(worth.bound), max(self._placed, min(self._wanted, worth.bound))
        found = self._reckoned(possible, program, worth)
        compared = None
        if self._has_time:
            limits = self._short(COMPARING * self._clock.left)
            compared = fairness(self._scenario, self._plan, best, ceiling, limits)
            self._clock.spend(limits.seconds)
        return Outlook(
            wanted=self._wanted,
            placed=self._placed,
            best=best,
            ceiling=ceiling,
            gains=tuple(self._confirmed(found)),
            fairness=compared,
        )

    def _best(self, bound: int) -> int:
        """Child-weeks that no plan of this policy exceeds: by the plan's own proof, where it is of this very
        input, or by the relaxation."""
        bounds = [self._wanted, bound]
        levels = {level.name: level for stage in self._plan.stages for level in stage.levels}
        placed = levels.get("placed")
        if placed is not None and placed.value == len(self._plan.placements):
            bounds.append(self._placed + slack(placed))
        return max(self._placed, min(bounds))

    # ---- bounds ---------------------------------------------------------------------------------

    def _reckoned(self, possible: Possibilities, program: Program, worth: Worth) -> list[_Reckoned]:
        """The candidates that can give anything, best first."""
        by_kind: dict[GainKind, list[Candidate]] = defaultdict(list)
        for candidate in possible.candidates(program, worth):
            by_kind[candidate.kind].append(candidate)
        found: list[_Reckoned] = []
        until = (1 - RECKONING) * self._clock.left
        missing = self._wanted - self._placed
        # claims keep plans of `fair` below the relaxation: what is gained is then reckoned from its optimum
        start = worth.value if self._plan.policy == "fair" else float(self._best(worth.bound))
        for candidate in _in_turns([by_kind[kind][: LISTED[kind]] for kind in LISTED]):
            kept = candidate
            eased = self._eased(program, candidate, until)
            narrow = possible.narrowed(candidate) if eased is not None else None
            if eased is not None and narrow is not None:
                same = self._eased(program, narrow, until)
                if same is not None and same.value > eased.value - 0.01:
                    kept, eased = narrow, same
            more = candidate.bound if eased is None else eased.value - worth.value
            most = floor(min(missing, worth.value + more + 1e-4 - self._placed))
            hope = min(more, candidate.guess) if eased is None else more
            about = min(most, max(floor(worth.value + hope - start + 1e-4), possible.left_out(kept)))
            if about > 0:
                found.append(_Reckoned(kept, about, most))
        return sorted(found, key=lambda row: -row.about)

    def _eased(self, program: Program, candidate: Candidate, until: float) -> Worth | None:
        """The relaxation with a change made, while there is time."""
        if self._clock.left <= until or self._limits.stop.requested:
            return None
        return program.solve(self._reckoning(self._clock.left - until), candidate.relief)

    def _reckoning(self, seconds: float) -> float:
        """Seconds for one relaxation; what must be repeatable looks at no clock."""
        return inf if self._limits.reproducible else seconds

    # ---- trials ---------------------------------------------------------------------------------

    def _confirmed(self, found: list[_Reckoned]) -> Iterator[Gain]:
        """Every gain; the top ones of each kind in turns tried, as time allows."""
        ordered = list(_in_turns([[row for row in found if row.candidate.kind == kind] for kind in LISTED]))
        gains: list[Gain] = []
        for number, reckoned in enumerate(ordered):
            trial = None
            left = min(TRIALS, len(ordered), floor(self._clock.left / self._shortest) + number) - number
            if left > 0 and self._has_time:
                season = with_change(self._scenario, reckoned.candidate)
                withheld = withheld_after(self._plan, reckoned.candidate)
                limits = self._short(self._clock.left / left)
                trial = place(season, self._plan, withheld, limits)
                self._clock.spend(limits.seconds)
            gains.append(self._gain(reckoned, trial))
        order = list(LISTED)
        useful = (gain for gain in gains if not _stays_empty(gain))
        yield from sorted(useful, key=lambda gain: (order.index(gain.kind), *_rank(gain)))

    @property
    def _has_time(self) -> bool:
        return self._clock.left >= self._shortest and not self._limits.stop.requested

    def _short(self, seconds: float) -> Limits:
        return replace(self._limits, seconds=seconds, report=lambda progress: None)

    def _gain(self, reckoned: _Reckoned, trial: Trial | None) -> Gain:
        most = reckoned.most
        gain = self._told(reckoned.candidate, reckoned.about, most)
        if trial is None:
            return gain
        proven = trial.is_best(self._placed + most)
        if not proven and trial.placed < self._placed:
            return gain  # a search that ended below what is there already says nothing
        more = trial.placed - self._placed
        most = more if proven else min(most, max(more, trial.most - self._placed))
        candidate = as_used(self._scenario, trial, reckoned.candidate) if more > 0 else reckoned.candidate
        gain = self._told(candidate, reckoned.about, most)
        return gain.model_copy(update={"found": more, "proven": proven, **self._detail(candidate, trial)})

    def _told(self, candidate: Candidate, about: int, most: int) -> Gain:
        row = candidate.row
        return Gain.model_validate(
            {
                "kind": candidate.kind,
                "venue": candidate.venue,
                "class": self._known_class(candidate),
                **({name: getattr(row, name) for name in _AGES} if row is not None else {}),
                "weeks": candidate.weeks,
                "more": candidate.more,
                "room_needs": candidate.room_needs,
                "venue_needs": candidate.venue_needs,
                "about": about,
                "most": most,
            }
        )

    def _known_class(self, candidate: Candidate) -> str | None:
        row = candidate.row
        return row.id if row is not None and row.id in self._scenario.class_ else None

    def _detail(self, candidate: Candidate, trial: Trial) -> dict[str, int]:
        """What the class would be like; who gains is for later levels to say, which no trial reaches."""
        row = candidate.row
        if row is None or candidate.kind not in ("class", "open", "adults"):
            return {}
        came = max((len(trial.plan.children_in(row.id, week)) for week in candidate.weeks), default=0)
        found = {"came": came, "adults": _adults(trial, row.id, candidate.weeks)}
        if candidate.kind == "open":
            found["missing"] = max(0, row.min_children - came)
        return found


_AGES = ("min_age", "max_age", "min_grade", "max_grade")


def _adults(trial: Trial, class_: str, weeks: Iterable[str]) -> int:
    """Most adults that a class asks for at once in these weeks."""
    scenario, plan = trial.scenario, trial.plan
    return max(
        (
            adults_asked(class_asks(scenario, plan, class_, day, shift))
            for week in weeks
            for day in scenario.days_in(week)
            for shift in scenario.held(class_, day)
        ),
        default=0,
    )


def _stays_empty(gain: Gain) -> bool:
    """Whether what a new class gives is the room it takes at the venue: its other classes have the seats."""
    return gain.kind == "class" and gain.came == 0


def _rank(gain: Gain) -> tuple[int, int, int, str, str]:
    """Confirmed ones first, by what they give; the others by what they can."""
    return (
        not gain.confirmed,
        -(gain.found if gain.found is not None else gain.about),
        gain.more,
        gain.venue,
        gain.class_ or "",
    )


def _in_turns(rows: Iterable[Iterable[T]]) -> Iterator[T]:
    """The first of each, then the second of each, and so on."""
    for turn in zip_longest(*rows):
        yield from (item for item in turn if item is not None)
