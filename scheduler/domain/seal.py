"""The seal: what a list was before the seed of the draw was known, without a person in it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain.scenario import Scenario
from scheduler.domain.tables import Settings
from scheduler.domain.tables.settings import Policy, Ties

DECIDING: Mapping[str, frozenset[str]] = {
    "settings": frozenset({"lottery_seed", "language"}),
    "days": frozenset({"note"}),
    "shifts": frozenset(),
    "venues": frozenset({"name", "operator", "address", "contact", "phone"}),
    "rooms": frozenset({"name", "features"}),
    "classes": frozenset({"name"}),
    "children": frozenset({"name", "allergies", "medical", "guardian", "phone", "pickup"}),
    "priorities": frozenset({"name"}),
    "points": frozenset(),
    "closures": frozenset({"reason"}),
    "locks": frozenset({"reason", "owner"}),
}
"""The tables that decide who gets a place, each with the columns in it that do not. Courses, trips, adults
and their needs may still change between seal and draw."""

_PLACE_LOCKS = ("place", "keep_out", "open", "close")


class SealedTable(BaseModel):
    """A table's rows, and a digest of what in it decides: keyed, since small tables could be guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rows: int = Field(ge=0)
    digest: str


class Seal(BaseModel):
    """A sealed list, exactly as its file holds it; `lines` are those of the children processed, sorted."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    format: Literal[1] = 1
    season: str
    policy: Policy
    ties: Ties
    program: str
    sealed_at: str
    input_sha256: str
    children: int = Field(ge=0)
    tables: Mapping[str, SealedTable]
    lines: tuple[str, ...]
    rule: Mapping[str, str]

    def to_json(self) -> str:
        """The text of the file: sorted keys, one line a child."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@dataclass(frozen=True)
class TableChange:
    """A table that is no longer as sealed: its rows then and now; equal counts: some value changed."""

    table: str
    sealed: int
    rows: int


@dataclass(frozen=True)
class Fit:
    """How a list compares with its seal."""

    whole: bool
    """Not one value differs, the seed and the language of the outputs apart."""
    changes: tuple[TableChange, ...]
    """Tables that decide who gets a place and are no longer as sealed."""
    joined: int
    """Children processed that were not sealed."""
    left: int
    """Children sealed that are processed no more."""
    strange_key: bool
    """No line and no table is known: the season's key is another one."""

    @property
    def holds(self) -> bool:
        """Whether nothing changed that decides who gets a place."""
        return not (self.changes or self.joined or self.left)


def unseeded_sha256(scenario: Scenario) -> str:
    """Digest of the canonical scenario as it would be without a seed (`lottery_seed` at its default): the
    same before the seed is set and after."""
    settings = scenario.settings.model_copy(update={"lottery_seed": Settings().lottery_seed})
    return scenario.with_(settings=settings).sha256


def sealed_tables(scenario: Scenario, key: bytes) -> dict[str, SealedTable]:
    """Every table that decides, with its rows and their keyed digest."""
    found = {}
    for table, left_out in DECIDING.items():
        rows = [row.model_dump(mode="json", exclude=set(left_out)) for row in _rows(scenario, table)]
        texts = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        text = json.dumps([table, texts], ensure_ascii=False)
        found[table] = SealedTable(rows=len(rows), digest=hmac.new(key, text.encode(), sha256).hexdigest())
    return found


def fit(scenario: Scenario, seal: Seal, key: bytes, lines: Iterable[str]) -> Fit:
    """How a scenario, and the lines of its children, compare with a seal."""
    now, then = set(lines), set(seal.lines)
    tables = sealed_tables(scenario, key)
    changes = tuple(
        TableChange(table, seal.tables[table].rows if table in seal.tables else 0, found.rows)
        for table, found in tables.items()
        if seal.tables.get(table) != found
    )
    return Fit(
        whole=unseeded_sha256(scenario) == seal.input_sha256,
        changes=changes,
        joined=len(now - then),
        left=len(then - now),
        strange_key=len(changes) == len(tables) and now.isdisjoint(then),
    )


def _rows(scenario: Scenario, table: str) -> tuple[BaseModel, ...]:
    if table == "settings":
        return (scenario.settings,)
    if table == "locks":
        return tuple(row for row in scenario.locks if row.kind in _PLACE_LOCKS)
    rows: tuple[BaseModel, ...] = getattr(scenario, table)
    return rows
