"""The class-weeks of a season as the reserve sees them: what they ask for, and what they are worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scheduler.domain.reserve import Asked, ClassWeek, Reserve, Slot, needed
from scheduler.domain.tables.staff import Role


@dataclass(frozen=True)
class Block:
    """A class-week that asks for adults; `seats` are those that children could fill."""

    key: ClassWeek
    venue: str
    seats: int
    first_choices: int
    optional: bool
    promised: bool
    asks: Mapping[Slot, tuple[Asked, ...]] = field(hash=False)
    site_asks: Mapping[Slot, tuple[Asked, ...]] = field(hash=False)

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """Equal for blocks that any adult could serve as well as one another."""
        return (self.venue, self.key[1], tuple(sorted(self.asks.items())))

    def needed(self, share: float) -> float:
        """Adult-shifts in the class without which it is not carried."""
        return needed(_total(self.asks), share)

    def site_needed(self, share: float) -> float:
        """Adult-shifts at its venue without which it is not carried."""
        return needed(_total(self.site_asks), share)


@dataclass(frozen=True)
class Pool:
    """Classes of a venue and week that the same children could come to, and how many these are."""

    members: tuple[ClassWeek, ...]
    children: int


class Demand:
    """The blocks of the weeks given, by key, and the pools they lie in.

    `stretch` names, for each day, the first of the days that are reckoned together with it: itself, or in
    large seasons its week's first.
    """

    def __init__(
        self,
        reserve: Reserve,
        weeks: frozenset[str],
        promised: frozenset[ClassWeek],
        stretch: Mapping[date, date],
    ) -> None:
        """Read them off the scenario."""
        self.stretch = stretch
        self.slots: set[Slot] = set()
        kept = reserve.promised | promised
        self._children = {key: who for key, who in reserve.candidates.items() if key[1] in weeks}
        self._venue = {key: reserve.scenario.class_[key[0]].venue for key in self._children}
        self.blocks: dict[ClassWeek, Block] = {}
        for key, who in self._children.items():
            row = reserve.scenario.class_[key[0]]
            asks, site_asks = self._pooled(reserve.class_asks(*key)), self._pooled(reserve.venue_asks(*key))
            if asks or site_asks:
                self.blocks[key] = Block(
                    key=key,
                    venue=row.venue,
                    seats=min(reserve.scenario.seats(row.id), len(who)),
                    first_choices=reserve.first_choices(*key),
                    optional=row.optional,
                    promised=key in kept,
                    asks=asks,
                    site_asks=site_asks,
                )

    def _pooled(self, asks: Mapping[Slot, tuple[Asked, ...]]) -> Mapping[Slot, tuple[Asked, ...]]:
        """Asks by stretch and shift."""
        self.slots.update(asks)
        found: dict[Slot, Counter[tuple[Role, ...]]] = defaultdict(Counter)
        for (day, shift), rows in asks.items():
            for roles, number in rows:
                found[self.stretch[day], shift][roles] += number
        return {slot: tuple(sorted(numbers.items())) for slot, numbers in found.items()}

    def alike(self) -> Iterator[tuple[Block, ...]]:
        """The blocks in groups that adults serve as one."""
        groups: dict[tuple[object, ...], list[Block]] = defaultdict(list)
        for block in self.blocks.values():
            groups[block.shape].append(block)
        yield from (tuple(group) for _, group in groups.items())

    def pools(self) -> Iterator[Pool]:
        """Where more seats than children lie side by side."""
        groups: dict[tuple[object, ...], list[ClassWeek]] = defaultdict(list)
        for key, block in self.blocks.items():
            groups[block.venue, key[1], self._children[key]].append(key)
        for (_, _, children), members in groups.items():
            assert isinstance(children, tuple)
            if sum(self.blocks[key].seats for key in members) > len(children):
                yield Pool(tuple(members), len(children))

    @cached_property
    def posts(self) -> dict[str, dict[Slot, frozenset[tuple[Role, ...]]]]:
        """By venue and slot, the sets of roles that are asked for."""
        found: dict[str, dict[Slot, set[tuple[Role, ...]]]] = defaultdict(lambda: defaultdict(set))
        for block in self.blocks.values():
            for asks in (block.asks, block.site_asks):
                for slot, rows in asks.items():
                    found[block.venue][slot].update(roles for roles, _ in rows)
        return {
            venue: {slot: frozenset(roles) for slot, roles in sorted(slots.items())}
            for venue, slots in sorted(found.items())
        }

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that are asked for anywhere."""
        everywhere = (sets for slots in self.posts.values() for sets in slots.values())
        return frozenset(role for sets in everywhere for roles in sets for role in roles)


def _total(asks: Mapping[Slot, tuple[Asked, ...]]) -> int:
    return sum(number for rows in asks.values() for _, number in rows)
