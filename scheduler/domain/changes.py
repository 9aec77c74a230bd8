"""What differs between two plans, told decision by decision, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.choices import position
from scheduler.domain.plan import Change, ChangeKind, Duty, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Child
from scheduler.domain.units import sibling_wish

KINDS: tuple[ChangeKind, ...] = ("class", "placement", "session", "trip", "duty")


def changes(scenario: Scenario, old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every decision that differs, sorted by kind and reference: a class's week, a child's week, a class's
    slot, a trip, a person's shift. `from` and `to` are null where there was, or is, nothing; `reason` is the
    id of a sentence, as far as lists and plans alone tell it."""
    before, after = decisions(old), decisions(new)
    found = [row for kind in KINDS for row in _differences(kind, before[kind], after[kind])]
    told = (row.model_copy(update={"reason": _reason(scenario, old, new, row)}) for row in found)
    return tuple(sorted(told, key=lambda change: (change.kind, change.ref)))


def decisions(plan: Plan) -> dict[ChangeKind, dict[str, str]]:
    """All that a plan decides, by kind and by the reference that a change would have."""
    return {
        "class": _open(plan),
        "placement": _seats(plan),
        "session": _sessions(plan),
        "trip": _trips(plan),
        "duty": _duties(plan),
    }


# ---- what differs ------------------------------------------------------------------------------------


def _differences(kind: ChangeKind, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for ref in sorted(old.keys() | new.keys()):
        if old.get(ref) != new.get(ref):
            yield Change.model_validate({"kind": kind, "ref": ref, "from": old.get(ref), "to": new.get(ref)})


def _open(plan: Plan) -> dict[str, str]:
    return {f"class:{row.class_}/{row.week}": "open" for row in plan.open_classes}


def _seats(plan: Plan) -> dict[str, str]:
    return {f"child:{row.child}/{row.week}": row.class_ for row in plan.placements}


def _sessions(plan: Plan) -> dict[str, str]:
    return {f"class:{row.class_}/{row.date.isoformat()}/{row.period}": _taught(row) for row in plan.sessions}


def _taught(row: Session) -> str:
    return "/".join([row.course, row.teacher or "-", row.room or "-"])


def _trips(plan: Plan) -> dict[str, str]:
    return {f"class:{row.class_}/{row.date.isoformat()}": row.trip for row in plan.trips}


def _duties(plan: Plan) -> dict[str, str]:
    return {f"person:{row.person}/{row.date.isoformat()}/{row.shift}": _post(row) for row in plan.duties}


def _post(row: Duty) -> str:
    return f"{row.class_ or row.venue}/{row.role}"


# ---- why ---------------------------------------------------------------------------------------------


def _reason(scenario: Scenario, old: Plan, new: Plan, change: Change) -> str:
    thing, *where = change.ref.partition(":")[2].rsplit("/", {"session": 2, "duty": 2}.get(change.kind, 1))
    if change.kind == "class":
        return "opened" if change.to else "idle"
    if change.kind == "placement":
        return _why_seated(scenario, old, new, thing, where[0], change)
    day = date.fromisoformat(where[0])
    if change.kind == "duty":
        class_ = (change.from_ or "").rpartition("/")[0]
        return _why_worked(scenario, new, class_, day, thing if change.from_ else None)
    teacher = (change.from_ or "").rsplit("/", 2)[1] if change.kind == "session" and change.from_ else None
    return _why_worked(scenario, new, thing, day, teacher)


def _why_seated(scenario: Scenario, old: Plan, new: Plan, child: str, week: str, change: Change) -> str:
    if not scenario.is_processed(child):
        return "withdrawn"
    row = scenario.child[child]
    if change.to is None:
        return _why_left_out(scenario, new, row, week, change.from_ or "")
    if change.from_ is None:
        known = old.weeks_of(child) or old.waits(child)
        return "seated" if known else "joined"
    if change.from_ not in scenario.class_ or (change.from_, week) not in new.running:
        return "class_closed"
    if change.to not in scenario.class_:  # a plan edited by hand
        return "moved"
    before, after = (position(row, scenario.class_[name]) or 0 for name in (change.from_, change.to))
    return "better_choice" if after < before else "moved"


def _why_left_out(scenario: Scenario, new: Plan, child: Child, week: str, class_: str) -> str:
    """Why a child has no place in a week any more: itself, its class, those it is bound to, or others."""
    wanted = week in scenario.wanted_weeks(child.id)
    if not wanted or (class_ in scenario.class_ and position(child, scenario.class_[class_]) is None):
        return "wish_changed"
    if (class_, week) not in new.running:
        return "class_closed"
    family = [row for row in scenario.family_of(child.id) if row.id != child.id]
    bound = sibling_wish(scenario, (child, *family)) == "must"
    if bound and any(week in scenario.wanted_weeks(row.id) for row in family):
        return "with_siblings"
    return "lost"


def _why_worked(scenario: Scenario, new: Plan, class_: str, day: date, person: str | None) -> str:
    """Why a session, trip or duty is another: its class does not run, or who had it cannot come."""
    if class_ and class_ not in scenario.class_ and class_ not in scenario.venue:
        return "class_closed"
    if (
        class_ in scenario.class_
        and day in scenario.day
        and (class_, scenario.week_of(day)) not in new.running
    ):
        return "class_closed"
    if person is not None and not _can_come(scenario, person, day):
        return "absent"
    return "rearranged"


def _can_come(scenario: Scenario, person: str, day: date) -> bool:
    return (
        person in scenario.person
        and scenario.is_cleared(person, day)
        and any(scenario.availability_of(person, day, shift) != "no" for shift in scenario.shift)
    )
