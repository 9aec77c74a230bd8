"""Units: one child, or the children of a family that must be together; and what a unit prefers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.choices import position
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child
from scheduler.domain.tables.children import Siblings

Outcome = Mapping[str, str]
"""A child's class by week; a week without one is absent."""

Worth = tuple[tuple[int, int], ...]
"""What an outcome is worth to a child, one entry a comparison that counts on its own: (weeks, -positions)."""


@dataclass(frozen=True)
class Unit:
    """The children that are placed, and claim, together."""

    members: tuple[str, ...]


def sibling_wish(scenario: Scenario, family: tuple[Child, ...]) -> Siblings:
    """The wish that holds for a family: the strictest among its children."""
    wishes = {row.siblings for row in family}
    return "must" if "must" in wishes else "prefer" if "prefer" in wishes else "indifferent"


def families(scenario: Scenario) -> dict[str, tuple[Child, ...]]:
    """Families of at least two processed children, by name."""
    return {name: rows for name, rows in sorted(scenario.families.items()) if len(rows) > 1}


def units(scenario: Scenario) -> tuple[Unit, ...]:
    """All units of the processed children, by their first member's id."""
    bound = [
        tuple(row.id for row in rows)
        for rows in families(scenario).values()
        if sibling_wish(scenario, rows) == "must"
    ]
    taken = {child for members in bound for child in members}
    single: list[tuple[str, ...]] = [(row.id,) for row in scenario.processed if row.id not in taken]
    return tuple(Unit(members) for members in sorted(bound + single))


def worth(scenario: Scenario, child: str, outcome: Outcome) -> Worth:
    """What an outcome is worth to a child: `steady` and `whole` count more weeks, then better choices;
    `weeks` each week on its own. Compare with `compare`."""
    row = scenario.child[child]
    weeks = {week: (1, -(position(row, scenario.class_[class_]) or 0)) for week, class_ in outcome.items()}
    if row.stay == "weeks":
        return tuple(weeks.get(week, (0, 0)) for week in scenario.wanted_weeks(child))
    return ((len(weeks), sum(minus for _, minus in weeks.values())),)


def compare(old: Worth, new: Worth) -> int | None:
    """1 if the new worth is better in one entry and worse in none, 0 if equal, -1 if worse so, None if the
    two cannot be compared."""
    better = any(n > o for o, n in zip(old, new, strict=True))
    worse = any(n < o for o, n in zip(old, new, strict=True))
    if better and worse:
        return None
    return 1 if better else -1 if worse else 0


def prefers(old: tuple[Worth, ...], new: tuple[Worth, ...]) -> bool:
    """Whether a unit prefers the new worths of its members: none is worse off and one is better."""
    verdicts = [compare(o, n) for o, n in zip(old, new, strict=True)]
    return all(v is not None and v >= 0 for v in verdicts) and any(v == 1 for v in verdicts)
