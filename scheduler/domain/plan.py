"""The plan: all that is decided, exactly as `plan.json` holds it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date as Date
from functools import cached_property
from hashlib import sha256
from typing import Literal

from pydantic import Field

from scheduler.domain.grouping import grouped
from scheduler.domain.plan_rows import (
    Away,
    Change,
    ChangeKind,
    Duty,
    Envy,
    Gap,
    Level,
    OpenClass,
    Outing,
    Placement,
    Record,
    Score,
    Seating,
    Session,
    Stage,
    Waiting,
)
from scheduler.domain.tables.settings import Policy, Ties

__all__ = [
    "Away",
    "Change",
    "ChangeKind",
    "Duty",
    "Envy",
    "Gap",
    "Level",
    "OpenClass",
    "Outing",
    "Placement",
    "Plan",
    "Record",
    "Score",
    "Seating",
    "Session",
    "Stage",
    "Waiting",
]


class Plan(Record):
    """A season's decisions. Frozen; rows are sorted, so equal decisions are equal bytes."""

    format: Literal[1] = 1
    season: str = ""
    input_sha256: str = ""
    program: str = ""
    created: str | None = None
    policy: Policy = "fair"
    ties: Ties = "places"
    lottery_seed: str = "0"
    seed: int = 0
    revision: int = Field(default=1, ge=1)
    previous_sha256: str | None = None
    as_of: Date | None = None
    changes: tuple[Change, ...] = ()
    absences: tuple[Away, ...] = ()
    """Who was covered by `cover`: nobody is proposed as a substitute while away. A solve begins without."""
    stages: tuple[Stage, ...] = ()
    open_classes: tuple[OpenClass, ...] = ()
    withheld: tuple[OpenClass, ...] = ()
    withheld_unknown: bool = False
    """Whether the time was too short to reckon what the adults can carry; nothing new is withheld then."""
    placements: tuple[Placement, ...] = ()
    waitlist: tuple[Waiting, ...] = ()
    envy: tuple[Envy, ...] = ()
    sessions: tuple[Session, ...] = ()
    trips: tuple[Outing, ...] = ()
    duties: tuple[Duty, ...] = ()
    gaps: tuple[Gap, ...] = ()
    score: dict[str, Score] = Field(default_factory=dict)

    def with_(self, **changes: object) -> Plan:
        """The plan with some parts replaced."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return Plan(**{**kept, **changes})

    # ---- as a file ------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The canonical text of `plan.json`: sorted keys and rows, one row a line; `absences` only where any
        are told."""
        parts = []
        for key in sorted(type(self).model_fields):
            if key == "absences" and not self.absences:
                continue
            # part by part: a province's rows as plain dictionaries would all be held at once
            value = self.model_dump(mode="json", by_alias=True, include={key})[key]
            if isinstance(value, list) and key not in ("stages", "changes"):
                rows = sorted(_text(row) for row in value)
                body = "[\n" + ",\n".join(f"    {row}" for row in rows) + "\n  ]" if rows else "[]"
            elif isinstance(value, list):
                body = "[\n" + ",\n".join(f"    {_text(row)}" for row in value) + "\n  ]" if value else "[]"
            else:
                body = _text(value)
            parts.append(f"  {_text(key)}: {body}")
        return "{\n" + ",\n".join(parts) + "\n}\n"

    @cached_property
    def sha256(self) -> str:
        """Digest of the canonical text."""
        return sha256(self.to_json().encode()).hexdigest()

    # ---- questions ------------------------------------------------------------------------------

    @cached_property
    def running(self) -> frozenset[tuple[str, str]]:
        """The (class, week) pairs that run."""
        return frozenset((row.class_, row.week) for row in self.open_classes)

    @cached_property
    def kept_back(self) -> frozenset[tuple[str, str]]:
        """The (class, week) pairs that were withheld before placement: they offered no seat."""
        return frozenset((row.class_, row.week) for row in self.withheld)

    def class_of(self, child: str, week: str) -> str | None:
        """The class a child is in that week."""
        return self.weeks_of(child).get(week)

    def weeks_of(self, child: str) -> dict[str, str]:
        """A child's class by week."""
        return self._weeks_of.get(child, {})

    @cached_property
    def _weeks_of(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.placements:
            found[row.child][row.week] = row.class_
        return dict(found)

    def waits(self, child: str) -> bool:
        """Whether a child is in any waiting list."""
        return child in self._waiting

    @cached_property
    def _waiting(self) -> frozenset[str]:
        return frozenset(row.child for row in self.waitlist)

    def children_in(self, class_: str, week: str) -> tuple[str, ...]:
        """The children placed in a class that week, by id."""
        return self._children_in.get((class_, week), ())

    @cached_property
    def _children_in(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.placements:
            found[row.class_, row.week].add(row.child)
        return {key: tuple(sorted(children)) for key, children in found.items()}

    def sessions_of(self, class_: str, day: Date) -> tuple[Session, ...]:
        """A class's sessions on a day."""
        return self._sessions_of.get((class_, day), ())

    @cached_property
    def _sessions_of(self) -> dict[tuple[str, Date], tuple[Session, ...]]:
        return grouped(self.sessions, lambda row: (row.class_, row.date))

    def sessions_by(self, person: str) -> tuple[Session, ...]:
        """The sessions a person teaches."""
        return self._sessions_by.get(person, ())

    @cached_property
    def _sessions_by(self) -> dict[str, tuple[Session, ...]]:
        taught = (row for row in self.sessions if row.teacher is not None)
        return grouped(taught, lambda row: row.teacher or "")

    def outings_of(self, class_: str, day: Date) -> tuple[Outing, ...]:
        """A class's trips on a day."""
        return self._outings_of.get((class_, day), ())

    @cached_property
    def _outings_of(self) -> dict[tuple[str, Date], tuple[Outing, ...]]:
        return grouped(self.trips, lambda row: (row.class_, row.date))

    def outings_by(self, class_: str) -> tuple[Outing, ...]:
        """A class's trips."""
        return self._outings_by.get(class_, ())

    @cached_property
    def _outings_by(self) -> dict[str, tuple[Outing, ...]]:
        return grouped(self.trips, lambda row: row.class_)

    def duties_of(self, person: str) -> tuple[Duty, ...]:
        """A person's duties."""
        return self._duties_of.get(person, ())

    @cached_property
    def _duties_of(self) -> dict[str, tuple[Duty, ...]]:
        return grouped(self.duties, lambda row: row.person)

    def duties_at(self, venue: str) -> tuple[Duty, ...]:
        """The duties at a venue."""
        return self._duties_at.get(venue, ())

    @cached_property
    def _duties_at(self) -> dict[str, tuple[Duty, ...]]:
        return grouped(self.duties, lambda row: row.venue)

    def gaps_at(self, venue: str) -> tuple[Gap, ...]:
        """The unfilled posts at a venue."""
        return self._gaps_at.get(venue, ())

    @cached_property
    def _gaps_at(self) -> dict[str, tuple[Gap, ...]]:
        return grouped(self.gaps, lambda row: row.venue)

    def duties_in(self, class_: str, day: Date, shift: str) -> tuple[Duty, ...]:
        """The duties in a class on a day and shift."""
        return self._duties_in.get((class_, day, shift), ())

    @cached_property
    def _duties_in(self) -> dict[tuple[str, Date, str], tuple[Duty, ...]]:
        classes = (row for row in self.duties if row.class_ is not None)
        return grouped(classes, lambda row: (row.class_ or "", row.date, row.shift))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
