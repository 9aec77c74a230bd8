"""What differs between two plans, told decision by decision."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.plan import Change, Duty, Plan, Session


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every decision that differs, sorted by kind and reference: a child's week, a class's slot, a trip, a
    person's shift. `from` and `to` are null where there was, or is, nothing."""
    found = [
        *_differences("class", _open(old), _open(new)),
        *_differences("placement", _seats(old), _seats(new)),
        *_differences("session", _sessions(old), _sessions(new)),
        *_differences("trip", _trips(old), _trips(new)),
        *_differences("duty", _duties(old), _duties(new)),
    ]
    return tuple(sorted(found, key=lambda change: (change.kind, change.ref)))


def _differences(kind: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
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
