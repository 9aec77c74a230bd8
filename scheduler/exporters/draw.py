"""The published draw: standings, draws and cut-offs of every class-week, and nothing that names a person."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from scheduler.domain.draw import gives_away, line
from scheduler.domain.plan import Plan
from scheduler.domain.refusals import Refusal, Refusals
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standing, Standings
from scheduler.domain.units import units
from scheduler.exporters.keys import tokens
from scheduler.locale import LANGUAGES, catalogue

DRAW, SCRIPT = "draw.json", "verify_draw.py"

Order = tuple[int, str]
"""A standing at a venue as it is published: its group, the first being 1, and under `ties=draw` the draw."""


def may_be_published(scenario: Scenario) -> bool:
    """Whether no child's id points at a person: whoever knows an id can find its line in a draw."""
    return not any(gives_away(row) for row in scenario.processed)


def lines(scenario: Scenario, key: bytes) -> dict[str, str]:
    """The line of every processed child, by id."""
    season = scenario.settings.season
    numbers = tokens(key, season, "draw", (row.id for row in scenario.processed))
    return {child: line(number, season, child) for child, number in numbers.items()}


def rule_in_words() -> dict[str, str]:
    """How the seed becomes the draws, in every language."""
    return {language: catalogue(language)("draw.rule") for language in LANGUAGES}


def draw_json(scenario: Scenario, plan: Plan, key: bytes) -> bytes:
    """The text of `publish/draw.json`."""
    return _text(Published(scenario, plan, lines(scenario, key)).data()).encode()


class Published:
    """What is published of a plan's draw; children are their lines."""

    def __init__(self, scenario: Scenario, plan: Plan, lines: Mapping[str, str]) -> None:
        """Read a plan; rows that make no sense are passed over."""
        self._scenario, self._plan, self._lines = scenario, plan, lines
        self._refusals = Refusals(scenario, plan)
        self._standings = Standings(scenario)
        self._members = {child: unit.members for unit in units(scenario) for child in unit.members}
        self._seated: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._waiting: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        known = frozenset(scenario.class_)
        for row in plan.placements:
            if row.child in lines and row.class_ in known:
                self._seated[row.class_, row.week].append(row.child)
        for waiting in plan.waitlist:
            if waiting.child in lines and waiting.class_ in known:
                self._waiting[waiting.class_, waiting.week].append((waiting.position, waiting.child))

    def data(self) -> dict[str, Any]:
        """Everything, by key."""
        settings = self._scenario.settings
        return {
            "format": 1,
            "season": settings.season,
            "lottery_seed": settings.lottery_seed,
            "policy": self._plan.policy,
            "ties": settings.ties,
            "revision": self._plan.revision,
            "rule": rule_in_words(),
            "children": {line: self._scenario.draws[child] for child, line in self._lines.items()},
            "families": sorted(
                [self._lines[child] for child in members]
                for child, members in self._members.items()
                if len(members) > 1 and child == members[0]
            ),
            "by_hand": sorted(self._lines[child] for child in self._refusals.by_hand),
            "standings": {venue: dict(sorted(found.items())) for venue, found in self._groups.items()},
            "venues": list(self._venues()),
            "class_weeks": [self._class_week(class_, week) for class_, week in self._class_weeks],
        }

    @property
    def _class_weeks(self) -> list[tuple[str, str]]:
        weeks = {week: number for number, week in enumerate(self._scenario.weeks)}
        return sorted({*self._seated, *self._waiting}, key=lambda key: (weeks.get(key[1], -1), key))

    def _venues(self) -> Iterator[dict[str, Any]]:
        """Every limit on the children of a venue at one time."""
        for row in sorted(self._scenario.venues, key=lambda row: row.id):
            for week in self._scenario.weeks if row.capacity is not None else ():
                for classes in filter(None, self._scenario.held_together(row.id, week)):
                    yield {"venue": row.id, "week": week, "seats": row.capacity, "classes": list(classes)}

    def _class_week(self, class_: str, week: str) -> dict[str, Any]:
        seated = sorted(self._seated[class_, week], key=lambda child: self._order(child, class_))
        drawn = [child for child in seated if child not in self._refusals.by_hand]
        last = self._order(drawn[-1], class_) if drawn else None
        return {
            "class": class_,
            "name": self._scenario.class_[class_].name,
            "venue": self._scenario.class_[class_].venue,
            "week": week,
            "open": self._refusals.is_open(class_, week),
            "seats": self._scenario.seats(class_),
            "least": self._refusals.least(class_, week),
            "cutoff": None if last is None else {"group": last[0], "draw": last[1]},
            "seated": [self._lines[child] for child in seated],
            "refused": [
                self._refused(child, class_, week) for _, child in sorted(self._waiting[class_, week])
            ],
        }

    def _refused(self, child: str, class_: str, week: str) -> dict[str, Any]:
        found: Refusal = self._refusals.of(child, week, class_)
        row: dict[str, Any] = {"child": self._lines[child], "because": found.ground}
        if found.witnesses:
            row["at"] = [
                {"blocker": it.blocker, "place": it.place, "week": it.week, "asks": dict(it.asks)}
                for it in found.witnesses
            ]
        return row

    # ---- standings ----------------------------------------------------------------------------------

    def _order(self, child: str, class_: str) -> tuple[int, str, str]:
        """Where a child's unit stands at a class's venue, then the child by its own draw."""
        groups, drawn = self._groups[self._scenario.class_[class_].venue], self._scenario.draws
        strict = self._scenario.settings.ties == "draw"
        best = min(
            (groups[self._lines[member]], drawn[member] if strict else "") for member in self._members[child]
        )
        return (*best, drawn[child])

    @cached_property
    def _groups(self) -> dict[str, dict[str, int]]:
        """Groups of equal standing at every venue, the draw aside, of those listed and their siblings."""
        listed: dict[str, set[str]] = defaultdict(set)
        for class_, week in {*self._seated, *self._waiting}:
            children = [*self._seated[class_, week], *(child for _, child in self._waiting[class_, week])]
            for child in children:
                listed[self._scenario.class_[class_].venue].update(self._members[child])
        return {venue: self._group(venue, children) for venue, children in sorted(listed.items())}

    def _group(self, venue: str, children: set[str]) -> dict[str, int]:
        cut = -1 if self._scenario.settings.ties == "draw" else None
        standings: dict[str, Standing] = {
            child: self._standings.of(child, venue)[:cut] for child in sorted(children)
        }
        groups = {standing: number for number, standing in enumerate(sorted(set(standings.values())), 1)}
        return {self._lines[child]: groups[standing] for child, standing in standings.items()}


def _text(data: Mapping[str, Any]) -> str:
    """JSON with one child, family, limit or class-week a line."""
    parts = [f" {json.dumps(key)}: {_rows(data[key])}" for key in sorted(data)]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_plain(row)}" for row in value) + "\n ]"
    if isinstance(value, dict) and value:
        rows = (f"  {_plain(key)}: {_plain(row)}" for key, row in sorted(value.items()))
        return "{\n" + ",\n".join(rows) + "\n }"
    return _plain(value)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
