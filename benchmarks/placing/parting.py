"""From pools to classes, so that a plan of the pooled model can be checked as any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from benchmarks.placing.pooled import Pool, Pooled
from scheduler.domain.choices import position
from scheduler.domain.plan import OpenClass, Placement, Plan


def plan_of(pooled: Pooled, columns: Iterable[int]) -> Plan:
    """The plan of some columns, its pools parted into classes."""
    scenario = pooled.scenario
    in_pool: dict[tuple[int, str], list[str]] = defaultdict(list)
    for number in columns:
        for child, pool in pooled.columns[number].pools:
            in_pool[pool, pooled.columns[number].week].append(child)
    placements, running = [], []
    for (pool, week), children in sorted(in_pool.items()):
        for class_, group in _parted(pooled, pooled.pools[pool], week, sorted(children)).items():
            running.append(OpenClass(class_=class_, week=week))
            for child in group:
                locked = class_ in pooled.locks.classes_for(child, week)
                choice = 0 if locked else position(scenario.child[child], scenario.class_[class_]) or 0
                placements.append(Placement(child=child, week=week, class_=class_, choice=choice))
    settings = scenario.settings
    return Plan(
        season=settings.season,
        input_sha256=scenario.sha256,
        policy=settings.policy,
        ties=settings.ties,
        lottery_seed=settings.lottery_seed,
        open_classes=tuple(running),
        placements=tuple(placements),
    )


def _parted(pooled: Pooled, pool: Pool, week: str, children: list[str]) -> dict[str, list[str]]:
    """Children by class: friends together, foes apart, numbers and girls even, none below its minimum."""
    opened = sum((class_, week) in pooled.locks.opened for class_ in pool.classes)
    enough = len(children) // pool.minimum if pool.minimum else len(pool.classes)
    number = max(1, opened, min(len(pool.classes), enough))
    scenario = pooled.scenario
    classes = sorted(
        pool.classes, key=lambda c: ((c, week) not in pooled.locks.opened, -scenario.seats(c), c)
    )
    groups: dict[str, list[str]] = {class_: [] for class_ in classes[:number]}
    for circle in _circles(pooled, children):
        for group in _fitting(pooled, circle, groups):
            group += circle
            break
        else:
            for child in circle:
                next(_fitting(pooled, [child], groups)).append(child)
    return {class_: group for class_, group in groups.items() if group}


def _fitting(pooled: Pooled, circle: list[str], groups: dict[str, list[str]]) -> Iterable[list[str]]:
    """The classes with room and no foe, those with fewest children, then fewest girls, first."""
    scenario = pooled.scenario
    girls = [child for child in circle if scenario.child[child].gender == "girl"]

    def crowd(group: list[str]) -> tuple[int, int]:
        like = sum((scenario.child[child].gender == "girl") == bool(girls) for child in group)
        return like, len(group)

    for class_, group in sorted(groups.items(), key=lambda pair: crowd(pair[1])):
        hostile = any(scenario.are_apart(a, b) for a in circle for b in group)
        if len(group) + len(circle) <= scenario.seats(class_) and not hostile:
            yield group
    # foes who cannot be parted are for the checker to find
    yield from (g for c, g in groups.items() if len(circle) == 1 and len(g) < scenario.seats(c))


def _circles(pooled: Pooled, children: list[str]) -> list[list[str]]:
    """Friends, and friends of friends, who are all here; the largest circles first."""
    here, friends = set(children), defaultdict(set)
    for a, b in pooled.scenario.friendships:
        if a in here and b in here:
            friends[a].add(b)
            friends[b].add(a)
    found, seen = [], set[str]()
    for child in children:
        if child not in seen:
            circle, open_ = [], [child]
            seen.add(child)
            while open_:
                one = open_.pop()
                circle.append(one)
                for other in sorted(friends[one] - seen):
                    seen.add(other)
                    open_.append(other)
            found.append(circle)
    return sorted(found, key=len, reverse=True)
