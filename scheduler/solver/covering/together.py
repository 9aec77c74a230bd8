"""What somebody who takes over sessions can besides take over of the duties: the rules of staffing, asked of
whole solutions, and what they bar stated in the model. The timetable's own rules know nothing of duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scheduler.domain.absence import Left
from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules import Rulebook
from scheduler.rules.moves import Lesson, Move, Post
from scheduler.solver.cpsat import CpModel
from scheduler.solver.goals import Solution
from scheduler.variables.model import Variable

Item = tuple[tuple[Move, ...], Variable]
"""The rows of a meeting with its new teacher, or a duty: as moves, and whether it is so."""


class Together:
    """The meetings and duties that people could take over, and the rules that look at both."""

    def __init__(
        self, model: CpModel, scenario: Scenario, standing: Plan, left: Left, duties: Mapping[Duty, Variable]
    ) -> None:
        """Beside what stands: no row of it belongs to a meeting left open."""
        self._model, self._scenario, self._standing, self._left = model, scenario, standing, left
        self._rules = Rulebook(scenario.settings).of_stage("staffing", hard=True)
        self._duties = duties
        self._own: dict[str, Plan] = {}

    def refine(self, chosen: Mapping[tuple[Session, Session], Variable], solution: Solution) -> bool:
        """State what a solution breaks of the rules of staffing; whether it breaks any."""
        found = [
            barred
            for person, items in self._taken(chosen, solution).items()
            for barred in self._barred(person, items)
        ]
        for items in found:
            self._model.require(self._model.total(held for _, held in items) <= len(items) - 1)
        return bool(found)

    def _taken(
        self, chosen: Mapping[tuple[Session, Session], Variable], solution: Solution
    ) -> dict[str, list[Item]]:
        """What each new teacher takes over: meetings first, as they come in the plan, then duties."""
        taken: dict[str, list[Item]] = {}
        ways = {row: (way, held) for (row, way), held in chosen.items() if solution[held]}
        for rows in self._left.meetings:
            held = [ways[row] for row in rows if row in ways]
            if held and held[0][0].teacher is not None:
                moves = tuple(Lesson(way) for way, _ in held)
                taken.setdefault(held[0][0].teacher, []).append((moves, held[0][1]))
        for duty, variable in self._duties.items():
            if duty.person in taken and solution[variable]:
                taken[duty.person].append(((Post(duty),), variable))
        return taken

    def _barred(self, person: str, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """The smallest sets found of these that nobody can take together beside what they do already."""
        kept: list[Item] = []
        for item in items:
            if not self._clashes(person, kept, item):
                kept.append(item)
                continue
            beside = kept
            for one in kept:
                fewer = [other for other in beside if other is not one]
                if self._clashes(person, fewer, item):
                    beside = fewer
            yield [*beside, item]

    def _clashes(self, person: str, beside: Iterable[Item], item: Item) -> bool:
        if person not in self._own:
            standing = self._standing
            own = {"sessions": standing.sessions_by(person), "duties": standing.duties_of(person)}
            self._own[person] = standing.with_(**own)
        part = self._own[person]
        for moves, _ in beside:
            for move in moves:
                part = move.applied_to(part)
        for move in item[0]:
            if any(True for rule in self._rules for _ in rule.blockers(self._scenario, part, move)):
                return True
            part = move.applied_to(part)
        return False
