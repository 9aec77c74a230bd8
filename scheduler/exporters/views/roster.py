"""The children of a class as their venue must know them: health, phones, who picks them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.exporters.order import name_order
from scheduler.exporters.views.common import Names, weeks_listed


@dataclass(frozen=True)
class RosterChild:
    """A child as the venue must know it."""

    id: str
    name: str
    gender: str
    age: int | None
    grade: int | None
    weeks: tuple[str, ...]
    guardian: str
    phone: str
    pickup: str
    allergies: str
    medical: str
    needs: tuple[str, ...]

    @property
    def wants_care(self) -> bool:
        """Whether there is anything about its health or needs."""
        return bool(self.allergies or self.medical or self.needs)


def roster(
    scenario: Scenario, plan: Plan, class_: str, children: Iterable[str], names: Names
) -> tuple[RosterChild, ...]:
    """These children, by name; each with its weeks in the class."""
    found = []
    for child in children:
        row = scenario.child.get(child)
        if row is None:
            continue
        weeks = [week for week, held in plan.weeks_of(child).items() if held == class_]
        found.append(
            RosterChild(
                row.id,
                names.child(child),
                row.gender or "",
                scenario.age(child),
                row.grade,
                weeks_listed(scenario, weeks),
                row.guardian,
                row.phone,
                row.pickup,
                row.allergies,
                row.medical,
                row.needs,
            )
        )
    return tuple(sorted(found, key=lambda child: (name_order(child.name), child.id)))
