"""What an invented season holds, in numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date

from scheduler.domain.demand import Ask, adults_asked, posts
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Person


def sizes(scenario: Scenario, plan: Plan) -> str:
    """Classes, people, sessions, posts, what they ask for, and the shifts volunteers can give at most."""
    asked: Counter[str] = Counter()
    found = tuple(posts(scenario, plan))
    for post in found:
        for ask in post.asks:
            asked[ask.strength] += ask.number
    helpers = sum(_helpers(post.asks) for post in found if post.class_ is not None)
    volunteers = [row for row in scenario.staff if row.kind == "volunteer"]
    parts = {
        "venues": len(scenario.venues),
        "children": len(scenario.children),
        "child-weeks": len(plan.placements),
        "teachers": len(scenario.staff) - len(volunteers),
        "volunteers": len(volunteers),
        "sessions": len(plan.sessions),
        "outings": len(plan.trips),
        "posts": len(found),
        "asks of must needs": asked["must"],
        "of soft ones": asked["soft"],
        "volunteers asked for": helpers,
        "shifts volunteers can give": sum(_gives(scenario, row) for row in volunteers),
    }
    return ", ".join(f"{name} {number:,}" for name, number in parts.items())


def _helpers(asks: tuple[Ask, ...]) -> int:
    """Adults asked for beyond the homeroom and life teachers."""
    return adults_asked(asks) - sum(ask.number for ask in asks if ask.roles in (("homeroom",), ("life",)))


def _gives(scenario: Scenario, row: Person) -> int:
    """The most shifts a person could work within availability, clearance and limits, wherever."""
    each = row.max_shifts_per_day or len(scenario.shift)
    by_week: dict[str, list[int]] = {}
    for day in scenario.open_days:
        by_week.setdefault(scenario.week_of(day), []).append(min(each, _offers(scenario, row.id, day)))
    most = row.max_days_per_week if row.max_days_per_week is not None else 7
    kept = [shifts for days in by_week.values() for shifts in sorted(days, reverse=True)[:most]]
    return sum(sorted(kept, reverse=True)[: row.max_days])


def _offers(scenario: Scenario, person: str, day: date) -> int:
    if not scenario.is_cleared(person, day) or scenario.is_minor(person, day):
        return 0
    return sum(scenario.availability_of(person, day, shift) != "no" for shift in scenario.shift)
