"""The fewest extra shifts that would close every gap of a plan, exactly.

Each venue and shift is a small covering problem of its own: nobody is in two places at once, and nobody who
is on duty moves. One adult may close several asks (a volunteer with first aid the number, the ratio and the
qualification). A shortest path over what is still short, class by class, finds the fewest adults, then
those of whom the least is asked (Dijkstra, 1959).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import combinations

from scheduler.domain.moments import Lack, Moment, moments
from scheduler.domain.plan import Plan
from scheduler.domain.programme import trip_of
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Extra
from scheduler.domain.tables.staff import DUTY_ROLES, Role

EASE: dict[Role, int] = {"volunteer": 0, "site": 1, "life": 2, "homeroom": 3}
"""Where several roles would do: the one that is found most easily."""


@dataclass(frozen=True, order=True)
class Short:
    """Adults that an ask is short of: those it counts, how many, and whether a must asks."""

    roles: tuple[Role, ...]
    qualification: str
    number: int
    must: bool

    def takes(self, role: Role, qualifications: tuple[str, ...]) -> bool:
        """Whether the ask counts such an adult."""
        return role in self.roles and (not self.qualification or self.qualification in qualifications)


Recruit = tuple[Role, tuple[str, ...]]
"""The role somebody new would have, and the qualifications."""
Cost = tuple[int, int, int]
"""Adults, qualifications asked of them, and how hard their roles are to find: the least in this order."""


def extras(scenario: Scenario, plan: Plan) -> tuple[Extra, ...]:
    """As few extra shifts as close every gap, by date, shift and venue."""
    return tuple(extra for moment in moments(scenario, plan) for extra in extras_at(scenario, plan, moment))


def extras_at(scenario: Scenario, plan: Plan, moment: Moment) -> Iterator[Extra]:
    """As few extra shifts as close the gaps of a venue in a shift."""
    lacks = moment.lacks(scenario, plan)
    if not lacks:
        return
    by_post: dict[str | None, list[Lack]] = defaultdict(list)
    for lack in lacks:
        by_post[lack.post.class_].append(lack)
    wide = tuple(sorted(_short(lack) for lack in by_post.pop(None, ())))
    classes = sorted(str(class_) for class_ in by_post)
    here = [post.class_ for post in moment.posts if post.class_ is not None]
    spare = next(
        (class_ for class_ in here if class_ not in by_post and not _away(scenario, plan, class_, moment)),
        None,
    )
    if wide and spare is not None:  # an adult whom only the venue asks for is on duty in some class
        classes.append(spare)
    given = tuple(
        (tuple(sorted(_short(lack) for lack in by_post[class_])), not _away(scenario, plan, class_, moment))
        for class_ in classes
    )
    places = (*classes, None)
    for place, recruits in zip(places, cover(given, wide), strict=True):
        open_ = list(wide) + ([_short(lack) for lack in by_post[place]] if place is not None else [])
        for role, qualifications in recruits:
            yield Extra.model_validate(
                {
                    "venue": moment.venue,
                    "class": place,
                    "date": moment.date,
                    "shift": moment.shift,
                    "role": role,
                    "qualifications": qualifications,
                    "must": any(short.must and short.takes(role, qualifications) for short in open_),
                }
            )


def _away(scenario: Scenario, plan: Plan, class_: str, moment: Moment) -> bool:
    """Whether a class is on a trip then: its adults are not the venue's."""
    return trip_of(scenario, plan, class_, moment.date, moment.shift) is not None


def _short(lack: Lack) -> Short:
    ask = lack.ask
    return Short(ask.roles, ask.qualification, lack.short, ask.strength == "must")


@lru_cache(maxsize=4096)
def cover(
    classes: tuple[tuple[tuple[Short, ...], bool], ...], wide: tuple[Short, ...]
) -> tuple[tuple[Recruit, ...], ...]:
    """The fewest recruits for each class, and last for the venue itself (role `site`).

    A class is what it is short of, and whether its adults count for the venue's asks (`wide`) too.
    """
    reached: dict[tuple[int, ...], tuple[Cost, tuple[tuple[Recruit, ...], ...]]]
    reached = {tuple(short.number for short in wide): ((0, 0, 0), ())}
    for shorts, counts_here in classes:
        roles = tuple(role for role in DUTY_ROLES if role != "site")
        reached = _through(reached, shorts, wide, roles, counts_here)
    reached = _through(reached, (), wide, ("site",), True)
    # an ask of the venue that nobody there counts for (all classes away) stays open
    return min((sum(left), found) for left, found in reached.items())[1][1]


def _through(
    reached: dict[tuple[int, ...], tuple[Cost, tuple[tuple[Recruit, ...], ...]]],
    own: tuple[Short, ...],
    wide: tuple[Short, ...],
    roles: tuple[Role, ...],
    counts_here: bool,
) -> dict[tuple[int, ...], tuple[Cost, tuple[tuple[Recruit, ...], ...]]]:
    """What the venue may still be short of once a class has all it asks for, each at its least cost."""
    shorts = (*own, *wide)
    kinds = tuple(_kinds(own, wide if counts_here else (), roles))
    heap: list[tuple[Cost, tuple[tuple[Recruit, ...], ...], tuple[Recruit, ...], tuple[int, ...]]] = []
    for left, (cost, before) in reached.items():
        heappush(heap, (cost, before, (), (*(short.number for short in own), *left)))
    seen: set[tuple[int, ...]] = set()
    found = {}
    while heap:
        cost, before, taken, state = heappop(heap)
        if state in seen:
            continue
        seen.add(state)
        if not any(state[: len(own)]):
            found[state[len(own) :]] = (cost, (*before, tuple(sorted(taken))))
        for role, qualifications in kinds:
            after = tuple(
                max(0, number - short.takes(role, qualifications))
                if index < len(own) or counts_here
                else number
                for index, (number, short) in enumerate(zip(state, shorts, strict=True))
            )
            if after != state:
                dearer = (cost[0] + 1, cost[1] + len(qualifications), cost[2] + EASE[role])
                heappush(heap, (dearer, before, (*taken, (role, qualifications)), after))
    return found


def _kinds(own: Iterable[Short], wide: Iterable[Short], roles: tuple[Role, ...]) -> Iterator[Recruit]:
    """Every kind of adult that some ask takes."""
    shorts = (*own, *wide)
    sought = sorted({short.qualification for short in shorts} - {""})
    for role in roles:
        for size in range(len(sought) + 1):
            for qualifications in combinations(sought, size):
                if any(short.takes(role, qualifications) for short in shorts):
                    yield role, qualifications
